import type { IExecuteFunctions } from 'n8n-workflow';
import type { Store } from '../../lib/runtime/store/port';
import type { Answered } from './claim';
import { countAll, sourceOf, type Count, type Counted } from './counters';

const STATES = { new: 'new', done: 'duplicate', 'in-progress': 'in-progress' } as const;

/** A claim that was made stands, whether or not it can be counted. */
export async function countClaims(
	node: IExecuteFunctions,
	store: Store,
	{ asked, answers }: Answered,
) {
	const counts = asked.flatMap(({ lead }, index): Count[] => {
		const state = answers[index]?.state;
		return state ? [{ event: STATES[state], source: sourceOf(lead.json) }] : [];
	});
	await countSafely(node, store, counts);
}

export async function countSafely(
	node: IExecuteFunctions,
	store: Store,
	counts: readonly (Count & { readonly event: Counted })[],
) {
	await countAll(store, counts).catch((error: Error) =>
		node.logger.warn(`${node.getNode().name}: not counted: ${error.message}`),
	);
}
