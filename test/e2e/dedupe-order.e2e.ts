import type { Template } from '../../sandbox/host/rest';
import { runChain, type Item } from './chain';
import { openMemory } from './memory';
import { openHost, type TestHost } from './world';

const dedupe = (name: string, parameters: object): Template['nodes'][number] => ({
	name,
	type: 'n8n-nodes-lead-handoff.dedupe',
	typeVersion: 1,
	parameters: { ...parameters },
	onError: 'continueErrorOutput',
});

const claim = (ownValue: string, options: object = {}) =>
	dedupe('Claim', {
		operation: 'claim',
		recipe: 'custom',
		ownValue,
		options: { scope: 'instance', ...options },
	});

const order = (name: string, operation: string, parameters: object = {}) =>
	dedupe(name, { resource: 'order', operation, entity: '={{ $json.lead }}', ...parameters });

const column = (output: readonly Item[] | undefined, space: string, name: string) =>
	output?.map(({ json }) => Object(json[space])[name] as unknown);

describe('Dedupe in n8n, beyond the claim', () => {
	let host: TestHost;

	beforeAll(async () => {
		host = await openHost();
	});

	beforeEach(() => openMemory(host.userFolder).forget());

	it('reads a plain path as the expression reads it', async () => {
		const values = ['a', ' b ', '', 0, -1.5, 1e21, true, false, null, [1, 2], { c: 1 }, '={{ 1 }}'];
		const items = values.map((key, id) => ({ id, body: { 'the key': [{ key }] } }));
		items.push({ id: 99, body: { 'the key': [] } });
		const keysOf = async (ownValue: string) => {
			openMemory(host.userFolder).forget();
			const run = await runChain(host, items, [claim(ownValue)]);
			const outputs = run.outputs('Claim');
			return outputs.map((output) => [
				output.map(({ json }) => json['id']),
				column(output, 'dedupe', 'key'),
				column(output, 'details', 'message'),
			]);
		};
		const plain = await keysOf('={{ $json.body["the key"][0].key }}');
		expect(plain).toEqual(await keysOf('={{ ($json.body["the key"])[0].key }}'));
		expect(plain[0]?.[1]).toContain('-1.5');
	});

	it('completes by itself when the run has succeeded, releases when it has failed', async () => {
		const claimed = (key: string) => [{ key }];
		const byItself = claim('={{ $json.key }}', { atEnd: 'complete' });
		const stop: Template['nodes'][number] = {
			name: 'Stop',
			type: 'n8n-nodes-base.stopAndError',
			typeVersion: 1,
			parameters: { errorMessage: 'broken' },
		};
		expect((await runChain(host, claimed('good'), [byItself])).status).toBe('success');
		expect((await runChain(host, claimed('bad'), [byItself, stop])).status).toBe('error');
		const good = await runChain(host, claimed('good'), [byItself]);
		const bad = await runChain(host, claimed('bad'), [byItself]);
		expect(column(good.outputs('Claim')[1], 'dedupe', 'firstResult')).toEqual([
			{ executionId: expect.stringMatching(/^\d+$/) as string },
		]);
		expect(column(bad.outputs('Claim')[0], 'dedupe', 'takeovers')).toEqual([0]);
	});

	it('releases by its id what a broken run has left', async () => {
		const broken = await runChain(host, [{ key: 'left' }], [claim('={{ $json.key }}')]);
		const [late] = (await runChain(host, [{ key: 'left' }], [claim('={{ $json.key }}')]))
			.outputs('Claim')
			.slice(2);
		const [executionId] = column(late, 'dedupe', 'executionId') ?? [];
		expect(broken.outputs('Claim')[0]).toHaveLength(1);
		const release = dedupe('Release', { operation: 'releaseExecution' });
		const failed = [{ execution: { id: executionId } }, { execution: {} }];
		const [released, empty] = (await runChain(host, failed, [release])).outputs('Release');
		expect(column(released, 'dedupe', 'released')).toEqual([1]);
		expect(column(empty, 'details', 'code')).toEqual(['INVALID_INPUT']);
		const again = await runChain(host, [{ key: 'left' }], [claim('={{ $json.key }}')]);
		expect(column(again.outputs('Claim')[0], 'dedupe', 'outcome')).toEqual(['new']);
	});

	it('enters and leaves the turn of a lead', async () => {
		const items = [{ lead: 'ada' }, { lead: ['bob', 'ada'] }, { lead: '' }];
		const run = await runChain(host, items, [order('Enter', 'enter'), order('Leave', 'leave')]);
		const [entered, timedOut, failed] = run.outputs('Enter');
		expect(column(entered, 'order', 'outcome')).toEqual(['entered', 'entered']);
		expect([timedOut, column(failed, 'details', 'code')]).toEqual([[], ['INVALID_INPUT']]);
		expect(column(run.outputs('Leave')[0], 'order', 'outcome')).toEqual(['left', 'left']);
	});

	it('gives the turn back when a run ends without leaving', async () => {
		const enter = order('Enter', 'enter', { options: { scope: 'instance', waitSeconds: 0 } });
		for (let run = 0; run < 2; run += 1) {
			const { outputs } = await runChain(host, [{ lead: 'ada' }], [enter]);
			expect(column(outputs('Enter')[0], 'order', 'outcome')).toEqual(['entered']);
		}
	});

	it('marks late events', async () => {
		const events = ['10:00', '09:59', '10:01', 'noon'].map((time) => ({
			lead: 'ada',
			at: `2026-11-23T${time}:00Z`,
		}));
		const check = order('Check', 'checkSequence', { position: '={{ $json.at }}' });
		const run = await runChain(host, events, [check]);
		const [inOrder, late, failed] = run.outputs('Check');
		expect(column(inOrder, 'sequence', 'place')).toEqual(['first', 'next']);
		expect(column(late, 'sequence', 'behind')).toEqual([60_000]);
		expect(column(failed, 'details', 'code')).toEqual(['INVALID_INPUT']);
	});

	it('gives its counts', async () => {
		const events = [1, 2, 1].map((key) => ({ key, verification: { scheme: 'counted' } }));
		const run = await runChain(host, events, [
			claim('={{ $json.key }}'),
			dedupe('Counts', { operation: 'counts', days: 1 }),
		]);
		const rows = run.outputs('Counts')[0]?.map(({ json }) => json) ?? [];
		expect(rows).toMatchObject([
			{ source: 'counted', received: 3, new: 2, inProgress: 1, duplicateRate: 0.3333 },
		]);
	});
});
