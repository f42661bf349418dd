import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { dataIn } from '../../lib/domain/signature/json';
import type { Delivery } from '../../lib/domain/signature/received';
import { refusal } from '../../lib/domain/signature/verification';
import {
	verifyDelivery,
	type Gate,
	type Outcome as Judged,
} from '../../lib/vendors/verify-delivery';
import type { LeadItem, Outcomes } from '../shared/each-item';
import { deskOf, type Desk } from '../shared/webhook/context';
import { countOutcome } from '../shared/webhook/count';
import { openGate } from '../shared/webhook/gate';
import { additionsOf } from '../shared/webhook/items';
import { deliveryOf, hasNoBytes } from './delivery';

const OUTPUT = { verified: 0, refused: 1, challenge: 2 } as const;

/** One delivery through the gate; several items where the user wants one per event. */
export async function verifyItem(node: IExecuteFunctions, lead: LeadItem): Promise<Outcomes> {
	const desk = deskOf(node, lead.index);
	const gate = await openGate(desk);
	const now = Date.now();
	const { delivery, outcome } = await judged(node, lead, { desk, gate, now });
	await countOutcome(desk, outcome, now);
	const split = desk.read('options.splitEvents', false) === true;
	// What was signed goes on, whatever n8n made of it: the type by which it reads a body is not signed.
	const body = outcome.kind === 'verified' && delivery ? dataIn(delivery.body) : undefined;
	return additionsOf(outcome, gate.scheme, split).map(({ add, ...addition }) => ({
		...addition,
		add: { ...(body && { body: body as IDataObject }), ...add },
		output: OUTPUT[outcome.kind],
	}));
}

interface Bench {
	readonly desk: Desk;
	readonly gate: Gate;
	readonly now: number;
}

async function judged(
	node: IExecuteFunctions,
	lead: LeadItem,
	{ desk, gate, now }: Bench,
): Promise<{ readonly delivery?: Delivery; readonly outcome: Judged }> {
	if (hasNoBytes(lead)) {
		const verification = refusal(gate.scheme, now, { reason: 'BODY_NOT_SIGNED' });
		return { outcome: { kind: 'refused', verification } };
	}
	const delivery = await deliveryOf(node, desk, lead);
	return { delivery, outcome: await verifyDelivery(delivery, gate, now) };
}
