import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { PipelineError } from '../../lib/domain/errors';
import { lineFor } from '../../lib/runtime/store/turns';
import type { LeadItem, Outcome } from '../shared/each-item';
import { readNamespace } from '../shared/read-lead';
import { openStore } from '../shared/store';

/** Gives the turns of all items to those who wait for them. */
export async function leave(
	node: IExecuteFunctions,
	leads: readonly LeadItem[],
): Promise<Array<Outcome | Error>> {
	const asked = leads.map(({ json }) => heldBy(json));
	const store = await openStore(node);
	// Items of one entity share its turn: it is given back once.
	const given = new Map<string, Promise<boolean>>();
	const giveBack = async ({ id, key }: { readonly id: string; readonly key: string }) => {
		const name = JSON.stringify([id, key]);
		const answer = given.get(name) ?? lineFor(store, { key, id }, Date.now).leave();
		given.set(name, answer);
		return await answer;
	};
	return await Promise.all(
		asked.map(async (held, index): Promise<Outcome | Error> => {
			if (held instanceof Error) return held;
			const left = await Promise.all(held.map(giveBack));
			const order = { ...(leads[index]?.json['order'] as IDataObject) };
			return left.every(Boolean)
				? { output: 0, add: { order: { ...order, outcome: 'left' } }, note: 'gave up its turn' }
				: { output: 0, add: { order: { ...order, outcome: 'not-held' } }, note: NOT_HELD };
		}),
	);
}

const NOT_HELD = 'its turn was over before: given back earlier, or longer than the longest hold';

const Order = z.object({
	executionId: z.string(),
	held: z.array(z.object({ key: z.string() })).min(1),
});

function heldBy(json: IDataObject) {
	try {
		const { success, data } = Order.safeParse(readNamespace(json, 'order', 'Dedupe (Enter)'));
		if (success) return data.held.map(({ key }) => ({ key, id: data.executionId }));
		return new PipelineError(
			'INVALID_INPUT',
			"The item has no turn: only items from the output 'Entered' of Dedupe (Enter) can leave",
		);
	} catch (error) {
		return error as Error;
	}
}
