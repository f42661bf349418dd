import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { memoryStore } from '../../lib/runtime/store/memory';
import { openRedisStore } from '../../lib/runtime/store/open';
import type { Store } from '../../lib/runtime/store/port';
import { sqliteStore } from '../../lib/runtime/store/sqlite';
import { tally, type Buffering } from '../../lib/runtime/tally';
import { startRedis, type RedisServer } from './store/redis-server';

const LATER = 9e12;

/** Time passes when the test says so. */
function timers() {
	const planned: Array<{ work: () => void; delayMs: number }> = [];
	const schedule: Buffering['schedule'] = (work, delayMs) => void planned.push({ work, delayMs });
	return {
		schedule,
		planned,
		pass: () => planned.splice(0).forEach(({ work }) => work()),
	};
}

const inMemory = () => sqliteStore({ path: ':memory:', open: () => new DatabaseSync(':memory:') });

it('writes at once what comes alone, and once a second what many calls add', async () => {
	const store = inMemory();
	const { schedule, planned, pass } = timers();
	const counts = tally(store, { schedule });
	const delays = () => planned.map(({ delayMs }) => delayMs);
	const written = async () => {
		pass();
		await until(() => planned.length > 0);
	};
	counts.add('a', 1, LATER);
	counts.add('b', 5, LATER);
	expect(delays()).toEqual([0]);
	await written();
	expect(await store.get(['a', 'b'])).toEqual(['1', '5']);
	expect(delays()).toEqual([1_000]);
	for (let call = 0; call < 1000; call += 1) counts.add('a', 1, LATER);
	expect(counts.waiting()).toEqual({ keys: 1, dropped: 0 });
	expect(delays()).toEqual([1_000]);
	await written();
	expect(await store.get(['a'])).toEqual(['1001']);
	expect(delays()).toEqual([1_000]);
	pass();
	await new Promise(setImmediate);
	expect(delays()).toEqual([]);
	counts.add('a', 1, LATER);
	expect(delays()).toEqual([0]);
	expect(await counts.flush()).toBe(true);
	expect(await store.get(['a'])).toEqual(['1002']);
	await store.close();
});

const until = async (there: () => boolean) => {
	while (!there()) await new Promise(setImmediate);
};

it('keeps the highest value that anyone saw', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.tuple(fc.nat({ max: 2 }), fc.nat()), { minLength: 1 }),
			async (seen) => {
				const store = memoryStore();
				const processes = [0, 1, 2].map(() => tally(store, { schedule: () => undefined }));
				for (const [process, value] of seen) processes[process]?.raise('peak', value, LATER);
				await Promise.all(processes.map(async (one) => await one.flush()));
				expect(await store.get(['peak'])).toEqual([
					String(Math.max(...seen.map(([, value]) => value))),
				]);
			},
		),
	);
});

it('puts each name once on a list that ends by itself', async () => {
	let now = 1_000;
	const store = memoryStore(() => now);
	const counts = tally(store, { schedule: () => undefined });
	for (const name of ['b', 'a', 'b']) counts.enlist('names', name, 5_000);
	await counts.flush();
	const names = async () => (await store.list('names', 10)).map(({ id }) => id).sort();
	expect(await names()).toEqual(['a', 'b']);
	expect(await store.takeDue('names', { limit: 10, leaseUntil: LATER })).toEqual([]);
	now = 5_000;
	expect(await names()).toEqual([]);
});

it('drops new keys when too many wait, and says how many; known ones count on', async () => {
	const store = memoryStore();
	const counts = tally(store, { schedule: () => undefined, maxKeys: 2 });
	for (const key of ['a', 'b', 'c', 'a', 'd']) counts.add(key, 1, LATER);
	expect(counts.waiting()).toEqual({ keys: 2, dropped: 2 });
	await counts.flush();
	expect(await store.get(['a', 'b', 'c', 'd'])).toEqual(['2', '1', undefined, undefined]);
});

describe('a store that is away', () => {
	const folder = mkdtempSync(join(tmpdir(), 'tally-'));
	const path = join(folder, 'counts.sqlite');
	afterAll(() => rmSync(folder, { recursive: true }));

	it('is tried again later, and then has everything, what came meanwhile too', async () => {
		mkdirSync(path);
		const store = sqliteStore({ path, open: () => new DatabaseSync(path) });
		const { schedule, planned, pass } = timers();
		const counts = tally(store, { schedule, retryMs: 7_000 });
		counts.add('a', 2, LATER);
		counts.raise('peak', 10, LATER);
		pass();
		await until(() => planned.length > 0);
		expect(planned.map(({ delayMs }) => delayMs)).toEqual([7_000]);
		expect(await counts.flush()).toBe(false);
		expect(planned).toHaveLength(1);
		counts.add('a', 3, LATER);
		counts.raise('peak', 4, LATER);
		expect(counts.waiting()).toEqual({ keys: 2, dropped: 0 });

		rmSync(path, { recursive: true });
		pass();
		await until(() => planned.length > 0);
		expect(await store.get(['a', 'peak'])).toEqual(['5', '10']);
		await store.close();
	});
});

describe('on Redis', () => {
	let server: RedisServer;
	let store: Store;
	beforeAll(async () => {
		server = await startRedis();
		store = openRedisStore({ host: '127.0.0.1', port: server.port });
	});
	afterAll(async () => {
		await store.close();
		await server.stop();
	});

	it('is one store per credential and prefix, so that its counts are collected in one place', () => {
		expect(openRedisStore({ host: '127.0.0.1', port: server.port })).toBe(store);
		const other = openRedisStore({ host: '127.0.0.1', port: server.port }, { region: 'eu' });
		expect(other).not.toBe(store);
	});

	it('adds up over processes', async () => {
		const processes = Array.from({ length: 8 }, () => tally(store, { schedule: () => undefined }));
		for (const [index, one] of processes.entries()) {
			one.add('sum', index, LATER);
			one.raise('peak', index, LATER);
			one.enlist('names', `n${index % 3}`, LATER);
		}
		await Promise.all(processes.map(async (one) => await one.flush()));
		expect(await store.get(['sum', 'peak'])).toEqual(['28', '7']);
		expect((await store.list('names', 10)).map(({ id }) => id).sort()).toEqual(['n0', 'n1', 'n2']);
	});
});
