import { DatabaseSync } from 'node:sqlite';
import { memoryStore } from '../../lib/runtime/store/memory';
import { redisStore } from '../../lib/runtime/store/redis';
import { redisConnection } from '../../lib/runtime/store/redis-connection';
import type { Store } from '../../lib/runtime/store/port';
import { sqliteStore } from '../../lib/runtime/store/sqlite';
import { replayMemory } from '../../lib/vendors/replay-memory';
import { startRedis, type RedisServer } from '../runtime/store/redis-server';

const NOW = Date.parse('2026-03-02T12:00:00Z');
let server: RedisServer;
beforeAll(async () => (server = await startRedis()));
afterAll(() => server.stop());

const stores: ReadonlyArray<[string, (now: () => number) => Store]> = [
	['memory', memoryStore],
	['sqlite', (now) => sqliteStore({ path: 'x', open: () => new DatabaseSync(':memory:'), now })],
	[
		'redis',
		(now) => redisStore(redisConnection({ host: '127.0.0.1', port: server.port }), { now }),
	],
];

describe.each(stores)('the memory of replays in %s', (_, open) => {
	let now = NOW;
	let store: Store;
	const isFirst = async (
		content: ReadonlyArray<string | Buffer>,
		scheme = 'stripe',
		secret = 'a',
	) => (await replayMemory(store).remember(scheme, { content, secret }, NOW + 1_000)) !== null;

	beforeEach(async () => {
		await server.admin.flushall();
		now = NOW;
		store = open(() => now);
	});
	afterEach(() => store.close());

	it('knows a delivery by what was proven, in however many pieces', async () => {
		expect(await isFirst(['1.', Buffer.from('{}')])).toBe(true);
		expect(await isFirst(['1.{}'])).toBe(false);
		expect(await isFirst(['2.{}'])).toBe(true);
		expect(await isFirst(['1.{}'], 'calendly')).toBe(true);
	});

	it('takes what two endpoints are told, each with its own secret, for two deliveries', async () => {
		expect(await isFirst(['1.{}'], 'stripe', 'of the first endpoint')).toBe(true);
		expect(await isFirst(['1.{}'], 'stripe', 'of the second endpoint')).toBe(true);
		expect(await isFirst(['1.{}'], 'stripe', 'of the second endpoint')).toBe(false);
	});

	it('lets one of many in that come at once', async () => {
		const all = await Promise.all(Array.from({ length: 20 }, async () => await isFirst(['x'])));
		expect(all.filter(Boolean)).toHaveLength(1);
	});

	it('forgets when a delivery would not be believed any more', async () => {
		await isFirst(['x']);
		now = NOW + 999;
		expect(await isFirst(['x'])).toBe(false);
		now = NOW + 1_000;
		expect(await isFirst(['x'])).toBe(true);
	});

	it('forgets one that could not be worked on, and only that', async () => {
		const forget = await replayMemory(store).remember(
			'stripe',
			{ content: ['x'], secret: 'a' },
			NOW + 1_000,
		);
		await isFirst(['y']);
		await forget?.();
		expect([await isFirst(['x']), await isFirst(['y'])]).toEqual([true, false]);
		await forget?.();
		expect(await isFirst(['x'])).toBe(false);
	});
});
