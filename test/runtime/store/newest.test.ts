import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { memoryStore } from '../../../lib/runtime/store/memory';
import { sight } from '../../../lib/runtime/store/newest';
import type { Store } from '../../../lib/runtime/store/port';
import { redisStore } from '../../../lib/runtime/store/redis';
import { redisConnection } from '../../../lib/runtime/store/redis-connection';
import { sqliteStore } from '../../../lib/runtime/store/sqlite';
import { startRedis, type RedisServer } from './redis-server';

const START = Date.UTC(2026, 0, 1);
const at = (key: string, position: number | bigint) => ({
	key,
	position: BigInt(position),
	expiresAt: START + 1000,
});

let server: RedisServer;
beforeAll(async () => (server = await startRedis()));
afterAll(() => server.stop());

describe.each<[string, (now: () => number) => Store]>([
	['memory', memoryStore],
	[
		'sqlite',
		(now) => sqliteStore({ path: ':memory:', open: () => new DatabaseSync(':memory:'), now }),
	],
	[
		'redis',
		(now) => redisStore(redisConnection({ host: '127.0.0.1', port: server.port }), { now }),
	],
])('the newest of an entity in %s', (_name, open) => {
	let clock = START;
	let store: Store;
	beforeEach(async () => {
		await server.admin.flushall();
		clock = START;
		store = open(() => clock);
	});
	afterEach(() => store.close());

	it('marks what comes late, and says what is missing', async () => {
		expect(await sight(store, [at('a', 5), at('b', 1), at('a', 4), at('a', 8)], 'number')).toEqual([
			{ order: 'first', missing: 0n },
			{ order: 'first', missing: 0n },
			{ order: 'late', behind: 1n },
			{ order: 'next', missing: 2n },
		]);
		expect(await sight(store, [at('a', 7), at('a', 8), at('b', 2)], 'number')).toEqual([
			{ order: 'late', behind: 1n },
			{ order: 'same', missing: 0n },
			{ order: 'next', missing: 0n },
		]);
		expect(await sight(store, [], 'time')).toEqual([]);
	});

	it('keeps numbers that are longer than a JavaScript number', async () => {
		const long = 9_007_199_254_740_993n;
		await sight(store, [at('a', long)], 'number');
		expect(await sight(store, [at('a', long - 1n), at('a', long + 1n)], 'number')).toEqual([
			{ order: 'late', behind: 1n },
			{ order: 'next', missing: 0n },
		]);
	});

	it('forgets the newest at its end', async () => {
		await sight(store, [at('a', 5)], 'time');
		clock += 1000;
		const again = { ...at('a', 4), expiresAt: clock + 1000 };
		expect(await sight(store, [again], 'time')).toEqual([{ order: 'first', missing: 0n }]);
	});
});

it('loses no event, whoever looks at the same time', async () => {
	const batch = fc.array(
		fc.record({ key: fc.constantFrom('a', 'b'), position: fc.integer({ min: 1, max: 20 }) }),
		{ maxLength: 6 },
	);
	const batches = fc.array(batch, { minLength: 1, maxLength: 5 });
	await fc.assert(
		fc.asyncProperty(batches, fc.scheduler(), async (all, scheduler) => {
			const engine = memoryStore(() => START);
			const store: Store = {
				...engine,
				get: scheduler.scheduleFunction(engine.get),
				commit: scheduler.scheduleFunction(engine.commit),
			};
			const events = all.map((list) => list.map(({ key, position }) => at(key, position)));
			const places = await scheduler.waitFor(
				Promise.all(events.map((list) => sight(store, list, 'number'))),
			);
			places.forEach((list, index) => expect(list).toHaveLength(events[index]!.length));
			for (const key of ['a', 'b']) {
				const seen = events.flatMap((list, one) =>
					list.flatMap((event, two) =>
						event.key === key ? [{ ...event, place: places[one]![two]! }] : [],
					),
				);
				if (seen.length === 0) continue;
				const newest = seen.map(({ position }) => position).reduce((a, b) => (a > b ? a : b));
				expect(await engine.get([key])).toEqual([`${newest}`]);
				expect(seen.filter(({ place }) => place.order === 'first')).toHaveLength(1);
				for (const { position, place } of seen) {
					if (place.order === 'late') expect(position < newest).toBe(true);
					if (position === newest) expect(place.order).not.toBe('late');
				}
				// Those in order have come in this order: each value for the first time once.
				const fresh = seen.filter(({ place }) => place.order === 'next' || place.order === 'first');
				expect(new Set(fresh.map(({ position }) => position)).size).toBe(fresh.length);
			}
		}),
		{ numRuns: 200 },
	);
});
