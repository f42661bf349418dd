import type { Template } from '../../sandbox/host/rest';
import { runChain, type Item } from './chain';
import { openMemory } from './memory';
import { openHost, type TestHost } from './world';

const dedupe = (
	name: string,
	operation: 'claim' | 'complete' | 'release',
	parameters: object = {},
): Template['nodes'][number] => ({
	name,
	type: 'n8n-nodes-lead-handoff.dedupe',
	typeVersion: 1,
	parameters: { operation, ...parameters },
	onError: 'continueErrorOutput',
});

const claim = dedupe('Claim', 'claim', { recipe: 'custom', ownValue: '={{ $json.key }}' });
const claimAgain = { ...claim, name: 'Claim Again' };
const complete = dedupe('Complete', 'complete', {
	result: '={{ { by: $json.id } }}',
});
const release = dedupe('Release', 'release');

const ids = (output: readonly Item[] | undefined) => output?.map(({ json }) => json['id']);
const states = (output: readonly Item[] | undefined) =>
	output?.map(({ json }) => Object(json['dedupe'])['outcome']);

describe('Dedupe in n8n', () => {
	let host: TestHost;

	beforeAll(async () => {
		host = await openHost();
	});

	beforeEach(() => openMemory(host.userFolder).forget());

	it('claims a key once in a batch, and fails alone what has none', async () => {
		const items = [
			{ id: 1, key: 'a' },
			{ id: 2, key: '' },
			{ id: 3, key: 'b' },
			{ id: 4, key: 'a' },
		];
		const run = await runChain(host, items, [claim]);
		const [fresh, duplicate, inProgress, failed] = run.outputs('Claim');
		expect(ids(fresh)).toEqual([1, 3]);
		expect(ids(duplicate)).toEqual([]);
		expect(ids(inProgress)).toEqual([4]);
		expect(failed?.map(({ json, pairedItem }) => ({ ...json, pairedItem }))).toMatchObject([
			{ id: 2, key: '', pairedItem: 1, details: { code: 'INVALID_INPUT', stage: 'deduped' } },
		]);
	});

	it('gives the repeat the result of the first', async () => {
		const run = await runChain(host, [{ id: 1, key: 'a' }], [claim, complete, claimAgain]);
		const [fresh, duplicate] = run.outputs('Claim Again');
		expect(states(run.outputs('Complete')[0])).toEqual(['completed']);
		expect(fresh).toEqual([]);
		expect(duplicate?.[0]?.json['dedupe']).toMatchObject({
			outcome: 'duplicate',
			key: 'a',
			firstResult: { by: 1 },
		});
	});

	it('lets a released event be new again', async () => {
		const run = await runChain(host, [{ id: 1, key: 'a' }], [claim, release, claimAgain]);
		expect(states(run.outputs('Release')[0])).toEqual(['released']);
		expect(states(run.outputs('Claim Again')[0])).toEqual(['new']);
	});

	it('tells who completes what is no longer theirs', async () => {
		const run = await runChain(host, [{ id: 1, key: 'a' }], [claim, release, complete]);
		const [done, failed] = run.outputs('Complete');
		expect(done).toEqual([]);
		expect(failed?.[0]?.json).toMatchObject({
			id: 1,
			dedupe: { key: 'a' },
			details: { code: 'LEASE_LOST', stage: 'completed', retryable: false },
		});
	});

	it('does not give back what is done', async () => {
		const run = await runChain(host, [{ id: 1, key: 'a' }], [claim, complete, release, claimAgain]);
		expect(states(run.outputs('Release')[0])).toEqual(['lost']);
		expect(states(run.outputs('Claim Again')[1])).toEqual(['duplicate']);
	});

	it('passes on, unreleased, what was never claimed', async () => {
		const run = await runChain(host, [{ id: 1 }], [release]);
		expect(run.outputs('Release').map(ids)).toEqual([[1], []]);
	});
});
