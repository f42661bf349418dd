import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Execution, N8nRest } from '../sandbox/host/rest';
import { core, MADE, placedFork, to, type Node } from './fork';
import { inN8n } from './in-n8n';
import type { Table } from './table';

const ITEMS = 1_000;
const COMPANIES = 100;
const ROUNDS = 3;

const OURS = 'Waterfall Enrich';
const THEIRS = 'HTTP Request';
const BAREST = 'Edit Fields';

/** 1,000 leads in one execution of a real n8n: asked for, and then again when every answer is kept. */
export async function bench(): Promise<Table[]> {
	const vendor = await startVendor();
	try {
		return [await inN8n(async (rest) => await compare(rest, vendor))];
	} finally {
		vendor.server.close();
	}
}

interface Vendor {
	readonly server: Server;
	readonly url: string;
	calls(): number;
}

/** Knows the title of everybody and the industry of every company, and no phone number. */
async function startVendor(): Promise<Vendor> {
	let calls = 0;
	const server = createServer((request, response) => {
		calls += 1;
		const known = !request.url?.startsWith('/phones');
		response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
		response.end(JSON.stringify(known ? { title: 'Director', industry: 'Logistics' } : {}));
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	return { server, url: `http://127.0.0.1:${port}`, calls: () => calls };
}

function nodesUnderTest(url: string): Node[] {
	const step = (name: string, path: string, mapping: Readonly<Record<string, string>>) => ({
		provider: 'customHttp',
		name,
		authentication: 'none',
		url: `${url}/${path}/{identity.email}`,
		mapping: { values: Object.entries(mapping).map(([field, value]) => ({ field, value })) },
	});
	const people = { 'person.title': 'title', 'company.industry': 'industry' };
	const steps = [
		step('People', 'people', people),
		step('Phones', 'phones', { 'identity.phone': 'phone' }),
	];
	return [
		{
			name: OURS,
			type: 'n8n-nodes-lead-handoff.waterfallEnrich',
			typeVersion: 1.1,
			parameters: {
				profile: 'full',
				providers: ['custom:none'],
				wanted: ['person.title', 'company.industry', 'identity.phone'],
				steps: { values: steps },
			},
		},
		core(THEIRS, 'httpRequest', 4.2, {
			url: `=${url}/people/{{ $json.lead.identity.email }}`,
			options: {},
		}),
		core(BAREST, 'set', 3.4, {
			mode: 'manual',
			includeOtherFields: true,
			assignments: {
				assignments: [
					{
						id: '1',
						name: 'lead.person.title',
						value: '={{ $json.lead.person.title ?? "Director" }}',
						type: 'string',
					},
				],
			},
			options: {},
		}),
	];
}

/** A workflow that makes leads whom nobody has seen, and gives the same to each of the nodes. */
async function workflowOf(rest: N8nRest, nodes: readonly Node[], round: number): Promise<string> {
	const source =
		"{ system: 'form', event: 'webform_submitted', occurredAt: '2026-11-01T10:00:00Z', receivedAt: '2026-11-01T10:00:01Z' }";
	const lead = `{ schemaVersion: 1, identity: { email: 'p' + n + '@r${round}c' + (n % ${COMPANIES}) + '.com', emailKind: 'business' }, person: { firstName: 'Some', lastName: 'One' }, company: { domain: 'r${round}c' + (n % ${COMPANIES}) + '.com' }, attribution: {}, consent: {}, activities: [], custom: {}, source: ${source} }`;
	const items = `={{ { items: Array.from({ length: ${ITEMS} }, (_, n) => ({ lead: ${lead} })) } }}`;
	const { id } = await rest.createWorkflow({
		name: 'Bench',
		nodes: placedFork(items, nodes),
		connections: { ...MADE, Items: to(...nodes.map(({ name }) => name)) },
		settings: { executionOrder: 'v1' },
	});
	return id;
}

const runOf = ({ data }: Execution, name: string) => data.resultData.runData[name]?.[0];

function timeOf(execution: Execution, name: string): number {
	const run = runOf(execution, name);
	const items = run?.data?.['main']?.reduce((sum, output) => sum + (output?.length ?? 0), 0) ?? 0;
	if (items === ITEMS) return run?.executionTime ?? Number.NaN;
	const reason = execution.data.resultData.error?.message ?? 'no error';
	throw new Error(`${name} put out ${items} items, not ${ITEMS}: ${reason}`);
}

const median = (values: readonly number[]) =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function compare(rest: N8nRest, vendor: Vendor): Promise<Table> {
	const names = [OURS, THEIRS, BAREST];
	const times = new Map(
		names.map((name) => [name, { asked: [] as number[], kept: [] as number[] }]),
	);
	const calls = { asked: 0, kept: 0 };
	for (let round = 0; round < ROUNDS; round += 1) {
		const nodes = nodesUnderTest(vendor.url);
		const turned = [...nodes.slice(round), ...nodes.slice(0, round)];
		const workflowId = await workflowOf(rest, turned, round);
		for (const pass of ['asked', 'kept'] as const) {
			const before = vendor.calls();
			const id = await rest.runWorkflow(workflowId, 'Start');
			const execution = await rest.waitForExecution({ id, timeoutMs: 240_000 });
			for (const [name, taken] of times) taken[pass].push(timeOf(execution, name));
			calls[pass] += vendor.calls() - before;
		}
		await rest.deleteExecutions(workflowId);
	}
	const perItem = (ms: number) => ((ms * 1_000) / ITEMS).toFixed(0);
	const theirs = median(times.get(THEIRS)?.kept ?? []);
	return {
		title: `${ITEMS.toLocaleString('en')} leads of ${COMPANIES} companies in one execution of n8n, two steps`,
		columns: ['node', 'asked, ms', 'µs an item', 'kept, ms', 'µs an item', 'of HTTP Request'],
		rows: [...times].map(([name, { asked, kept }]) => [
			name,
			median(asked),
			perItem(median(asked)),
			median(kept),
			perItem(median(kept)),
			`${(median(kept) / theirs).toFixed(2)}x`,
		]),
		note: `The node's own time, as n8n stores it; the median of ${ROUNDS} rounds. Calls of the vendor in all rounds: ${calls.asked} at first, ${calls.kept} when every answer is kept (${ROUNDS * ITEMS} of them HTTP Request's, each time). SQLite.`,
	};
}
