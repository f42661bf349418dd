import { countDelivery, countOf } from '../../../lib/vendors/delivery-counts';
import type { Outcome } from '../../../lib/vendors/verify-delivery';
import { openCountStore } from '../store';
import { textOf, type Desk } from './context';

/** What counts and reports call the sender of a node: its own name for it, or the id of the scheme. */
export const sourceOf = (desk: Desk, scheme: string) => textOf(desk, 'options.source') || scheme;

/** A number is never worth a lead: without a store, nothing is counted and the delivery goes on. */
export async function countOutcome(desk: Desk, outcome: Outcome, now: number): Promise<void> {
	const source = sourceOf(desk, outcome.verification.scheme);
	try {
		countDelivery(await openCountStore(desk.node), { source, now, ...countOf(outcome) });
	} catch (error) {
		const { message } = error instanceof Error ? error : new Error(String(error));
		desk.node.logger.warn(`${desk.node.getNode().name}: delivery not counted: ${message}`);
	}
}
