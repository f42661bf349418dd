import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { openSqliteStore } from '../../lib/runtime/store/open';
import { event, execute, outcomes } from './dedupe-host';

process.env['N8N_USER_FOLDER'] = mkdtempSync(join(tmpdir(), 'dedupe-wait-'));
afterAll(() => openSqliteStore().close());

const claim = (ids: string[], executionId: string, options: IDataObject = {}) =>
	execute(
		ids.map((id) => event(id)),
		{ operation: 'claim', recipe: 'event-id', options },
		{ executionId },
	);
const complete = (items: IDataObject[] = [], result: IDataObject) =>
	execute(items, { operation: 'complete', result });
/** Long for a test, for what has to come before. */
const PATIENT = { waitSeconds: 20 };

describe('a repeat that waits for the first', () => {
	it('gets its result as soon as it is there, with the others of the batch', async () => {
		const first = await claim(['a', 'b'], '1');
		const waiting = claim(['a', 'fresh', 'b'], '2', PATIENT);
		await complete(first.outputs[0]?.slice(0, 1), { id: 7 });
		await complete(first.outputs[0]?.slice(1), { id: 8 });
		const [fresh, repeats] = (await waiting).outputs;
		expect(outcomes(fresh)).toEqual(['new']);
		expect(repeats?.map(({ dedupe }) => (dedupe as IDataObject)['firstResult'])).toEqual([
			{ id: 7 },
			{ id: 8 },
		]);
	});

	it('is New when the first one gives up, or dies', async () => {
		const first = await claim(['c'], '1');
		const waiting = claim(['c'], '2', PATIENT);
		await execute(first.outputs[0] ?? [], { operation: 'release' });
		expect(outcomes((await waiting).outputs[0])).toEqual(['new']);

		await claim(['d'], '1', { leaseMinutes: 0.002 });
		const [heir] = (await claim(['d'], '2', PATIENT)).outputs;
		expect(heir?.[0]?.['dedupe']).toMatchObject({ outcome: 'new', takeovers: 1 });
	});

	it('holds and remembers what it got late from then on, not from when it began to wait', async () => {
		const first = await claim(['late'], '1');
		const asked = { ...PATIENT, leaseMinutes: 0.01, heartbeat: true, rememberHours: 0.0001 };
		const waiting = claim(['late'], '2', { ...asked, atEnd: 'complete' });
		// Longer than the lease that it asked for when it came.
		await new Promise((resolve) => setTimeout(resolve, 900));
		await execute(first.outputs[0] ?? [], { operation: 'release' });
		const heir = await waiting;
		const { leaseUntil, rememberUntil } = heir.outputs[0]?.[0]?.['dedupe'] as IDataObject;
		const from = Date.now() - 300;
		expect(Date.parse(String(leaseUntil))).toBeGreaterThan(from + 300);
		expect(Date.parse(String(rememberUntil))).toBeGreaterThan(from + 300);
		await heir.end();
		expect(outcomes((await claim(['late'], '3')).outputs[1])).toEqual(['duplicate']);
	});

	it('loses nothing of its own meanwhile, however short its lease', async () => {
		const first = await claim(['slow'], '1');
		const waiting = claim(['mine', 'slow'], '2', { ...PATIENT, leaseMinutes: 0.01 });
		// Longer than the lease.
		await new Promise((resolve) => setTimeout(resolve, 900));
		expect(outcomes((await claim(['mine'], '3')).outputs.flat())).toEqual(['in-progress']);
		await complete(first.outputs[0], { id: 7 });
		const [mine] = (await waiting).outputs;
		const { leaseUntil } = mine?.[0]?.['dedupe'] as IDataObject;
		expect(Date.parse(String(leaseUntil))).toBeGreaterThan(Date.now());
		expect(outcomes((await complete(mine, { id: 8 })).outputs[0])).toEqual(['completed']);
	});

	it('does not take for its own what was given back meanwhile and is another’s now', async () => {
		const first = await claim(['long'], '1');
		const waiting = claim(['own', 'long'], '2', { waitSeconds: 3, leaseMinutes: 0.01 });
		while (outcomes((await claim(['own'], '3')).outputs[0])[0] !== 'new')
			await execute([{}], { operation: 'releaseExecution', executionId: '2' });
		await complete(first.outputs[0], { id: 7 });
		const [mine, repeats, held] = (await waiting).outputs;
		expect([mine, repeats, held].map((items) => items?.length)).toEqual([0, 1, 1]);
		expect(held?.[0]?.['dedupe']).toMatchObject({ outcome: 'in-progress' });
	});

	it('says who is still working when its time is up', async () => {
		await claim(['e'], '41');
		const [, , late] = (await claim(['e'], '2', { waitSeconds: 0.1 })).outputs;
		expect(late?.[0]?.['dedupe']).toMatchObject({ outcome: 'in-progress', executionId: '41' });
	});

	it('does not wait for itself, and not for a stopped execution', async () => {
		const from = Date.now();
		const [fresh, , repeat] = (await claim(['f', 'f'], '1', PATIENT)).outputs;
		expect([outcomes(fresh), outcomes(repeat)]).toEqual([['new'], ['in-progress']]);
		const stopped = await execute(
			[event('f')],
			{ operation: 'claim', recipe: 'event-id', options: PATIENT },
			{ executionId: '2', signal: AbortSignal.abort() },
		);
		expect(outcomes(stopped.outputs[2])).toEqual(['in-progress']);
		expect(Date.now() - from).toBeLessThan(10_000);
	});
});

it('claims nothing where one bad item is going to fail the node', async () => {
	const parameters = { operation: 'claim', recipe: 'event-id' };
	const batch = [event('whole'), { lead: {} }];
	await expect(execute(batch, parameters, { stopsOnError: true })).rejects.toThrow(/has no id/);
	const again = await execute([event('whole')], parameters, { stopsOnError: true });
	expect(outcomes(again.outputs[0])).toEqual(['new']);
});

describe('when the execution ends', () => {
	const again = async (id: string) => outcomes((await claim([id], '9')).outputs.flat());

	it.each<[string, Error | undefined, string]>([
		['nothing', undefined, 'in-progress'],
		['nothing', new Error('broken'), 'in-progress'],
		['release', undefined, 'new'],
		['release', new Error('broken'), 'new'],
		['complete', undefined, 'duplicate'],
		['complete', new Error('broken'), 'new'],
	])('%s, with %s: a repeat is %s', async (atEnd, error, outcome) => {
		const id = `end-${atEnd}-${String(error)}`;
		const run = await claim([id], '77', { atEnd });
		await run.end(error);
		await run.end(error);
		expect(await again(id)).toEqual([outcome]);
	});

	it('leaves alone what the workflow has completed or released itself', async () => {
		const run = await claim(['g', 'h'], '1', { atEnd: 'complete' });
		await complete(run.outputs[0]?.slice(0, 1), { id: 7 });
		await execute(run.outputs[0]?.slice(1) ?? [], { operation: 'release' });
		const other = await claim(['h'], '2');
		expect(outcomes(other.outputs[0])).toEqual(['new']);
		await run.end();
		const [, repeat] = (await claim(['g'], '3')).outputs;
		expect(repeat?.[0]?.['dedupe']).toMatchObject({ firstResult: { id: 7 } });
		expect(await again('h')).toEqual(['in-progress']);
	});

	it('says so where n8n does not tell when that is', async () => {
		const parameters = { operation: 'claim', recipe: 'event-id', options: { atEnd: 'release' } };
		const run = await execute([event('i')], parameters, { tellsNoEnd: true });
		expect(run.warnings).toEqual([expect.stringContaining('does not tell')]);
		expect(outcomes(run.outputs[0])).toEqual(['new']);
	});

	it('releases by its id what a run that has died has left', async () => {
		const run = await claim(['j', 'k', 'l'], '123');
		await complete(run.outputs[0]?.slice(0, 1), { id: 7 });
		const failed = { execution: { id: '123' } };
		const release = { operation: 'releaseExecution', executionId: '123' };
		const [released] = (await execute([failed], release)).outputs;
		expect(released?.[0]?.['dedupe']).toMatchObject({ outcome: 'released', released: 2 });
		expect([await again('j'), await again('k')]).toEqual([['duplicate'], ['new']]);
		const nobody = await execute([failed], { operation: 'releaseExecution', executionId: ' ' });
		expect(JSON.stringify(nobody.outputs)).toContain('INVALID_INPUT');
	});
});

it('keeps a claim alive with a heartbeat: a short lease, within a longest one', async () => {
	const leaseOf = async (id: string, options: IDataObject) => {
		const from = Date.now();
		const [fresh] = (await claim([id], '1', options)).outputs;
		const { leaseUntil } = fresh?.[0]?.['dedupe'] as { leaseUntil: string };
		return Math.round((Date.parse(leaseUntil) - from) / 1000);
	};
	expect(await leaseOf('m', {})).toBe(600);
	expect(await leaseOf('n', { heartbeat: true })).toBe(60);
	expect(await leaseOf('o', { heartbeat: true, leaseMinutes: 0.5 })).toBe(30);
});

it('remembers as long as its key says, and Complete as long as the claim', async () => {
	const rememberedFor = (items: IDataObject[] = []) =>
		items.map(({ dedupe }) => {
			const until = Date.parse(String((dedupe as IDataObject)['rememberUntil']));
			return Math.round((until - Date.now()) / 3_600_000);
		});
	const content = { operation: 'claim', recipe: 'content', content: 'body' };
	const [fresh] = (await execute([{ body: { a: 1 } }], content)).outputs;
	expect(rememberedFor(fresh)).toEqual([24]);
	expect(rememberedFor((await claim(['p'], '1')).outputs[0])).toEqual([72]);
	expect(rememberedFor((await claim(['q'], '1', { rememberHours: 5 })).outputs[0])).toEqual([5]);
});
