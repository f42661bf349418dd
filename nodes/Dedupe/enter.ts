import type { IExecuteFunctions } from 'n8n-workflow';
import {
	endTurns,
	ownTurns,
	takeTurns,
	turnsBeat,
	type Turn,
} from '../../lib/runtime/store/take-turns';
import type { LeadItem, Outcome } from '../shared/each-item';
import { openStore } from '../shared/store';
import { keepAlive, whenExecutionEnds } from './at-end';
import { entityReader, type Entity } from './entity';
import { orError } from './or-error';

interface EnterOptions {
	readonly waitSeconds?: number;
	readonly longestHoldMinutes?: number;
}

/** Waits until no other execution has a turn of an item's entities, first come first served. */
export async function enter(
	node: IExecuteFunctions,
	leads: readonly LeadItem[],
): Promise<Array<Outcome | Error>> {
	const { waitSeconds = 60, longestHoldMinutes = 10 } = node.getNodeParameter(
		'options',
		0,
		{},
	) as EnterOptions;
	const started = Date.now();
	const entitiesOf = entityReader(node, 'turn');
	const entities = leads.map((lead) => orError(() => entitiesOf(lead)));
	const wanted = entities.map((one) => (one instanceof Error ? one : one.map(({ key }) => key)));
	const lists = wanted.flatMap((keys) => (keys instanceof Error ? [] : [keys]));
	const store = await openStore(node);
	const taken = await takeTurns(store, {
		keys: lists.flat(),
		subjects: subjectsOf(entities),
		id: node.getExecutionId(),
		until: started + waitSeconds * 1000,
		signal: node.getExecutionCancelSignal(),
	});

	const hasAll = (keys: readonly string[]) => keys.every((key) => taken.has(key));
	const needed = new Set(lists.filter(hasAll).flat());
	const [held, spare] = split([...taken.values()], ({ key }) => needed.has(key));
	await endTurns(ownTurns(spare));
	if (held.length > 0) {
		keepAlive(node, turnsBeat(held, started + longestHoldMinutes * 60_000));
		whenExecutionEnds(node, async () => await endTurns(held));
	}
	const waitedMs = Date.now() - started;
	return wanted.map((keys) => {
		if (keys instanceof Error) return keys;
		return hasAll(keys) ? entered(node, keys, { taken, waitedMs }) : timedOut(keys, waitedMs);
	});
}

const subjectsOf = (entities: ReadonlyArray<readonly Entity[] | Error>) =>
	new Map(
		entities
			.flatMap((one) => (one instanceof Error ? [] : one))
			.flatMap(({ key, subject }) => (subject ? [[key, subject] as const] : [])),
	);

function entered(
	node: IExecuteFunctions,
	keys: readonly string[],
	{ taken, waitedMs }: { readonly taken: ReadonlyMap<string, Turn>; readonly waitedMs: number },
): Outcome {
	const held = keys.map((key) => ({ key, number: taken.get(key)?.number ?? 0 }));
	const order = { outcome: 'entered', waitedMs, executionId: node.getExecutionId(), held };
	return { output: 0, add: { order }, note: `has the turn, after ${waitedMs} ms` };
}

const timedOut = (keys: readonly string[], waitedMs: number): Outcome => ({
	output: 1,
	add: { order: { outcome: 'timed-out', waitedMs, entities: [...keys] } },
	note: `another event of this entity was still being worked on after ${waitedMs} ms`,
});

function split<Item>(all: readonly Item[], isFirst: (one: Item) => boolean): [Item[], Item[]] {
	return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}
