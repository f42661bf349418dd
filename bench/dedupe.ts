import type { Credential, Execution, N8nRest } from '../sandbox/host/rest';
import { startRedis } from '../test/runtime/store/redis-server';
import { core, MADE, placedFork, to, type Node } from './fork';
import { inN8n } from './in-n8n';
import type { Table } from './table';

const ITEMS = 9_000;
const ROUNDS = 3;
/** n8n's node asks for room for all items of a pass, seen or not, beside what it remembers. */
const HISTORY = 2 * ITEMS;
const HISTORY_TOO_SMALL = 10_000;

const THEIRS = 'Remove Duplicates';
const CHAIN = 'Redis nodes';
const OURS = [
	'SQLite, fields',
	'SQLite, own value',
	'SQLite, expression',
	'Redis, fields',
	'Redis, own value',
];

/** 9,000 items in one execution of a real n8n, through Dedupe and through n8n's own node. */
export async function bench(): Promise<Table[]> {
	const redis = await startRedis();
	try {
		return await inN8n(async (rest) => {
			const data = { host: '127.0.0.1', port: redis.port, database: 0, ssl: false };
			const credential = await rest.createCredential({ name: 'Redis', type: 'redis', data });
			const nodes = nodesUnderTest(credential);
			return [speed(await passes(rest, nodes)), await twins(rest, nodes), await room(rest)];
		});
	} finally {
		await redis.stop();
	}
}

function nodesUnderTest({ id, name }: Credential): Node[] {
	const fields = { recipe: 'fields', fields: 'id' };
	const ownValue = { recipe: 'custom', ownValue: '={{ $json.id }}' };
	const expression = { recipe: 'custom', ownValue: "={{ 'n8n:' + $json.id }}" };
	const shared = { store: 'redis' };
	const credentials = { redis: { id, name } };
	return [
		dedupe('SQLite, fields', fields),
		dedupe('SQLite, own value', ownValue),
		dedupe('SQLite, expression', expression),
		{ ...dedupe('Redis, fields', { ...fields, ...shared }), credentials },
		{ ...dedupe('Redis, own value', { ...ownValue, ...shared }), credentials },
		removeDuplicates(HISTORY),
		...redisChain({ redis: { id, name } }),
	];
}

/**
 * What users build without an atomic claim: ask for the key, let pass what has none, set it. All that
 * such a chain remembers is that it has seen the key. The first node bears the name of the chain.
 */
const CHAIN_REST = ['With Its Key', 'Unknown', 'Remember'];

function redisChain(credentials: NonNullable<Node['credentials']>): Node[] {
	const key = "={{ $workflow.id + ':' + $json.id }}";
	const get = { operation: 'get', key, keyType: 'string', propertyName: 'seen', options: {} };
	const isNew = {
		id: '1',
		leftValue: '={{ $json.seen }}',
		rightValue: '',
		operator: { type: 'string', operation: 'notExists', singleValue: true },
	};
	const options = { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 };
	const conditions = { options, conditions: [isNew], combinator: 'and' };
	// The Redis node gives back what it has found and nothing of the item.
	const merge = { mode: 'combine', combineBy: 'combineByPosition', options: {} };
	const set = { operation: 'set', key, value: '1', keyType: 'string', expire: true };
	return [
		{ ...core(CHAIN, 'redis', 1, get), credentials },
		core('With Its Key', 'merge', 3.1, merge),
		core('Unknown', 'if', 2.2, { conditions, looseTypeValidation: true, options: {} }),
		{ ...core('Remember', 'redis', 1, { ...set, ttl: 86_400 }), credentials },
	];
}

/** All share the workflow's scope, but never a claim: they differ in the key or in the store. */
const dedupe = (name: string, parameters: object): Node => ({
	name,
	type: 'n8n-nodes-lead-handoff.dedupe',
	typeVersion: 1,
	parameters: { operation: 'claim', ...parameters },
});

const removeDuplicates = (historySize: number): Node =>
	core(THEIRS, 'removeDuplicates', 2, {
		operation: 'removeItemsSeenInPreviousExecutions',
		logic: 'removeItemsWithAlreadySeenKeyValues',
		dedupeValue: '={{ $json.id }}',
		options: { historySize },
	});

/** A workflow that makes items, and gives the same to each of the nodes. */
async function workflowOf(rest: N8nRest, nodes: readonly Node[], copies = 1): Promise<string> {
	const id = `'lead-' + Math.floor(n / ${copies})`;
	const items = `={{ { items: Array.from({ length: ${ITEMS} }, (_, n) => ({ id: ${id} })) } }}`;
	const merged = (index: number) => ({ node: 'With Its Key', type: 'main', index });
	const forked = nodes.map(({ name }) => name).filter((name) => !CHAIN_REST.includes(name));
	const hasChain = forked.includes(CHAIN);
	const { id: workflowId } = await rest.createWorkflow({
		name: 'Bench',
		nodes: placedFork(items, nodes),
		connections: {
			...MADE,
			Items: hasChain ? { main: [[...to(...forked).main.flat(), merged(0)]] } : to(...forked),
			...(hasChain && {
				[CHAIN]: { main: [[merged(1)]] },
				'With Its Key': to('Unknown'),
				Unknown: to('Remember'),
			}),
		},
		settings: { executionOrder: 'v1' },
	});
	return workflowId;
}

async function runOnce(rest: N8nRest, workflowId: string): Promise<Execution> {
	const id = await rest.runWorkflow(workflowId, 'Start');
	// An n8n that evaluates for longer than its sockets live resets the one that asks how far it is.
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await rest.waitForExecution({ id, timeoutMs: 240_000 });
		} catch (error) {
			if (attempt === 5 || !(error instanceof TypeError)) throw error;
		}
	}
}

/** Milliseconds by node, one per round. */
type Times = ReadonlyMap<string, { readonly fresh: number[]; readonly seen: number[] }>;

/** A new workflow each round, which remembers nothing; the nodes take turns at being the first. */
async function passes(rest: N8nRest, nodes: readonly Node[]): Promise<Times> {
	const measured = nodes.map(({ name }) => name).filter((name) => !CHAIN_REST.includes(name));
	const times = new Map(
		measured.map((name) => [name, { fresh: [] as number[], seen: [] as number[] }]),
	);
	for (let round = 0; round < ROUNDS; round += 1) {
		const turned = [...nodes.slice(round % nodes.length), ...nodes.slice(0, round % nodes.length)];
		const workflowId = await workflowOf(rest, turned);
		for (const pass of ['fresh', 'seen'] as const) {
			const execution = await runOnce(rest, workflowId);
			for (const [name, taken] of times) {
				expectPassed(execution, name, pass === 'fresh' ? ITEMS : 0);
				taken[pass].push(timeOf(execution, name));
			}
		}
		await rest.deleteExecutions(workflowId);
	}
	return times;
}

const runOf = ({ data }: Execution, name: string) => data.resultData.runData[name]?.[0];

/** Of a chain, all its nodes. */
const timeOf = (execution: Execution, name: string) =>
	(name === CHAIN ? [name, ...CHAIN_REST] : [name])
		.map((one) => runOf(execution, one)?.executionTime ?? 0)
		.reduce((sum, ms) => sum + ms, 0);

const passed = (execution: Execution, name: string) =>
	runOf(execution, name === CHAIN ? 'Unknown' : name)?.data?.['main']?.[0]?.length ?? 0;

function expectPassed(execution: Execution, name: string, amount: number) {
	if (passed(execution, name) === amount) return;
	const reason = execution.data.resultData.error?.message ?? 'no error';
	throw new Error(`${name} let ${passed(execution, name)} items pass, not ${amount}: ${reason}`);
}

function speed(times: Times): Table {
	const medians = [...times].map(([name, { fresh, seen }]) => ({
		name,
		fresh: median(fresh),
		seen: median(seen),
	}));
	const theirs = medians.find(({ name }) => name === THEIRS) ?? { fresh: 0, seen: 0 };
	const ratio = (a: number, b: number) => `${(a / b).toFixed(2)}x`;
	const perItem = (ms: number) => ((ms * 1000) / ITEMS).toFixed(1);
	return {
		title: `${ITEMS.toLocaleString('en')} items in one execution of n8n`,
		columns: ['node', 'new, ms', 'µs an item', 'faster', 'seen, ms', 'µs an item', 'faster'],
		rows: medians.map(({ name, fresh, seen }) => [
			OURS.includes(name) ? `Dedupe, ${name}` : name,
			fresh,
			perItem(fresh),
			ratio(theirs.fresh, fresh),
			seen,
			perItem(seen),
			ratio(theirs.seen, seen),
		]),
		note: `The node's own time, as n8n stores it with the execution; the median of ${ROUNDS} rounds. Faster: Remove Duplicates' time by the node's. Aim: 10x.`,
	};
}

const median = (values: readonly number[]) =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Each id twice in one batch. */
async function twins(rest: N8nRest, nodes: readonly Node[]): Promise<Table> {
	const execution = await runOnce(rest, await workflowOf(rest, nodes, 2));
	return {
		title: `${ITEMS / 2} ids, each twice in one batch`,
		columns: ['node', 'items let through', 'of one id'],
		rows: nodes
			.map(({ name }) => name)
			.filter((name) => !CHAIN_REST.includes(name))
			.map((name) => [
				OURS.includes(name) ? `Dedupe, ${name}` : name,
				passed(execution, name),
				(passed(execution, name) * 2) / ITEMS,
			]),
		note: 'Aim: one of each id.',
	};
}

/** What n8n's node does when its history has room for all ids, but not for the same ids again. */
async function room(rest: N8nRest): Promise<Table> {
	const workflowId = await workflowOf(rest, [removeDuplicates(HISTORY_TOO_SMALL)]);
	const rows: Array<Array<string | number>> = [];
	const errors: string[] = [];
	for (const pass of ['new', 'seen']) {
		const { status, data } = await runOnce(rest, workflowId);
		rows.push([pass, status]);
		if (data.resultData.error) errors.push(data.resultData.error.message);
	}
	return {
		title: `${THEIRS}, history size ${HISTORY_TOO_SMALL.toLocaleString('en')}, ${ITEMS.toLocaleString('en')} items twice`,
		columns: ['pass', 'status'],
		rows,
		note: errors.join('\n'),
	};
}
