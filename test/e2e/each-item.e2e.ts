import { team } from '../../sandbox/team';
import { readTemplate } from '../../sandbox/templates';
import { lead } from '../leads';
import { runChain, type Item } from './chain';
import { openMemory } from './memory';
import { openHost, type TestHost } from './world';

type OnError = 'continueErrorOutput' | 'continueRegularOutput' | 'stopWorkflow';

const template = readTemplate('01-lead-to-meeting');

/** Route takes a lead of which nothing is known too: here it fails for want of owners. */
const INSTEAD: Readonly<Record<string, object>> = {
	Route: { ownersSource: 'json', ownersJson: '={{ $json.owners }}' },
};

/** A node as the template has it. */
const nodeOf = (name: string, onError: OnError) => {
	const node = template.nodes.find((one) => one.name === name);
	if (!node) throw new Error(`the template has no node "${name}"`);
	const parameters = { ...node.parameters, ...INSTEAD[name] };
	return { ...node, parameters, onError };
};

const [rep] = team;
const route = {
	owner: { ...rep, crmOwnerId: rep?.hubspotOwnerId },
	sla: { dueAt: '2030-01-07T15:00:00.000Z' },
};

/** A lead that every node of the pipeline can work on. */
const good = (id: string) => ({
	id,
	headers: { 'x-kept': id },
	verification: { eventId: id },
	dedupe: { key: id },
	score: { value: 90, rules: [] },
	route,
	owners: team.map(({ name, email, timezone }) => ({ name, email, timezone })),
	lead: lead({ identity: { email: `${id}@northwind-analytics.com` } }),
});

/** One that none can: the input of the second place in every test. */
const bad = { id: 'second', headers: { 'x-kept': 'second' }, note: 'has no lead' };
const items = [good('first'), bad, good('third')];

const ids = (output: readonly Item[] | undefined) => output?.map(({ json }) => json['id']);
const places = (output: readonly Item[] | undefined) => output?.map(({ pairedItem }) => pairedItem);

describe('an item that fails among others', () => {
	let host: TestHost;

	beforeAll(async () => {
		host = await openHost();
	});

	beforeEach(() => {
		host.world.reset();
		openMemory(host.userFolder).forget();
	});

	describe.each([
		['Dedupe', 'deduped', 'INVALID_INPUT'],
		['Waterfall Enrich', 'enriched', 'INVALID_INPUT'],
		['Score', 'scored', 'INVALID_INPUT'],
		['Route', 'routed', 'CONFIG_INVALID'],
		['CRM Upsert', 'crm-written', 'INVALID_INPUT'],
		['Schedule Meeting', 'scheduled', 'INVALID_INPUT'],
	])('%s', (name, stage, code) => {
		it('has it on the error output, whole, and the others where they belong', async () => {
			const run = await runChain(host, items, [nodeOf(name, 'continueErrorOutput')]);
			const outputs = run.outputs(name);
			const failed = outputs.at(-1);
			const done = outputs.slice(0, -1).flat();

			expect(run.status).toBe('success');
			expect(ids(done)).toEqual(['first', 'third']);
			expect(places(done)).toEqual([0, 2]);
			for (const { json } of done) expect(json).not.toHaveProperty('error');
			expect(places(failed)).toEqual([1]);
			expect(failed?.[0]?.json).toMatchObject({
				...bad,
				error: expect.stringMatching(/./),
				details: { code, stage, message: expect.stringMatching(/./), retryable: false },
			});
		});

		it('under Continue: keeps its place on the first output', async () => {
			const run = await runChain(host, items, [nodeOf(name, 'continueRegularOutput')]);
			const [first] = run.outputs(name);
			const failed = first?.find(({ pairedItem }) => pairedItem === 1);
			expect(run.status).toBe('success');
			expect(failed?.json).toMatchObject({ ...bad, details: { code, stage } });
			expect(places(run.outputs(name).flat())?.sort()).toEqual([0, 1, 2]);
		});

		it('by default: stops the run, and names the item', async () => {
			const run = await runChain(host, items, [nodeOf(name, 'stopWorkflow')]);
			expect(run.status).toBe('error');
			expect(run.error).toContain('[item 1]');
		});
	});
});
