import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Scheme } from '../../lib/domain/signature/scheme';
import { verifyDelivery, type Outcome as Verified } from '../../lib/vendors/verify-delivery';
import type { LeadItem, Outcome, Outcomes } from '../shared/each-item';
import { deskOf } from '../shared/webhook/context';
import { openGate } from '../shared/webhook/gate';
import { responseTo } from '../shared/webhook/response';
import { deliveryOf } from './delivery';

const OUTPUT = { verified: 0, refused: 1, challenge: 2 } as const;

/** One delivery through the gate; several items where the user wants one per event. */
export async function verifyItem(node: IExecuteFunctions, lead: LeadItem): Promise<Outcomes> {
	const desk = deskOf(node, lead.index);
	const gate = await openGate(desk);
	const outcome = await verifyDelivery(await deliveryOf(node, desk, lead), gate, Date.now());
	const response = responseTo(outcome, gate.scheme);
	const more = {
		...(response && { response }),
		...(outcome.kind === 'verified' && outcome.record !== undefined && { record: outcome.record }),
	};
	if (outcome.kind === 'verified' && desk.read('options.splitEvents', false) === true)
		return eventItems(outcome, gate.scheme, more);
	const verification = { ...outcome.verification, ...more } as unknown as IDataObject;
	return {
		output: OUTPUT[outcome.kind],
		add: { verification },
		note: noteOf(outcome, gate.scheme),
	};
}

/** Each with its event as the body, and without the raw bytes of all. */
function eventItems(
	{ events }: Extract<Verified, { kind: 'verified' }>,
	{ title }: Scheme,
	more: object,
): Outcome[] {
	return events.map(({ data, verification }) => ({
		output: OUTPUT.verified,
		add: {
			verification: { ...verification, ...more } as unknown as IDataObject,
			...(data !== undefined && { body: data as IDataObject }),
		},
		note: `signed by ${title}`,
		...(events.length > 1 && { binary: false as const }),
	}));
}

function noteOf({ kind, verification }: Verified, { title }: Scheme): string {
	if (kind === 'challenge') return `${title} checks the subscription`;
	return kind === 'verified' ? `signed by ${title}` : (verification.explanation ?? 'refused');
}
