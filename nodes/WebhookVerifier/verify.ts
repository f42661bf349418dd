import type { IExecuteFunctions } from 'n8n-workflow';
import { verifyDelivery } from '../../lib/vendors/verify-delivery';
import type { LeadItem, Outcomes } from '../shared/each-item';
import { deskOf } from '../shared/webhook/context';
import { countOutcome } from '../shared/webhook/count';
import { openGate } from '../shared/webhook/gate';
import { additionsOf } from '../shared/webhook/items';
import { deliveryOf } from './delivery';

const OUTPUT = { verified: 0, refused: 1, challenge: 2 } as const;

/** One delivery through the gate; several items where the user wants one per event. */
export async function verifyItem(node: IExecuteFunctions, lead: LeadItem): Promise<Outcomes> {
	const desk = deskOf(node, lead.index);
	const gate = await openGate(desk);
	const now = Date.now();
	const outcome = await verifyDelivery(await deliveryOf(node, desk, lead), gate, now);
	await countOutcome(desk, outcome, now);
	const split = desk.read('options.splitEvents', false) === true;
	return additionsOf(outcome, gate.scheme, split).map((addition) => ({
		...addition,
		output: OUTPUT[outcome.kind],
	}));
}
