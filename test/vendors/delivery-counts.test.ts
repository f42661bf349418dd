import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { memoryStore } from '../../lib/runtime/store/memory';
import { redisStore } from '../../lib/runtime/store/redis';
import { redisConnection } from '../../lib/runtime/store/redis-connection';
import type { Store } from '../../lib/runtime/store/port';
import { sqliteStore } from '../../lib/runtime/store/sqlite';
import {
	countDelivery,
	countOf,
	readCounts,
	type DeliveryCount,
} from '../../lib/vendors/delivery-counts';
import { startRedis, type RedisServer } from '../runtime/store/redis-server';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-03-02T12:00:00Z');
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

describe.each(stores)('counts in %s', (_, open) => {
	let now = NOON;
	let store: Store;
	const count = (more: Partial<DeliveryCount> = {}) =>
		countDelivery(store, { source: 'hubspot-v3', outcome: 'accepted', now, ...more });
	const read = async (hours = 24, sources?: readonly string[]) =>
		await readCounts(store, { since: now - hours * HOUR, now, ...(sources && { sources }) });

	beforeEach(async () => {
		await server.admin.flushall();
		now = NOON;
		store = open(() => now);
	});
	afterEach(() => store.close());

	it('tells outcomes, reasons, lags and secrets apart, per source', async () => {
		for (const lagMs of [-5, 0, 1_000, 1_001, 3_000, 3_001, 10_000, 10_001]) count({ lagMs });
		count({ secretIndex: 0 });
		now += 1_000;
		count({ secretIndex: 1 });
		now += 1_000;
		count({ outcome: 'MISMATCH' });
		count({ outcome: 'MISMATCH' });
		count({ outcome: 'REPLAYED', lagMs: 99_999 });
		count({ source: 'Adobe: EMEA/2', outcome: 'challenge' });
		const [adobe, hubspot, ...others] = await read();
		expect(others).toEqual([]);
		expect(hubspot).toEqual({
			source: 'hubspot-v3',
			accepted: 10,
			challenges: 0,
			refused: 3,
			refusedBy: { MISMATCH: 2, REPLAYED: 1 },
			acceptedWithOlderSecret: 1,
			lag: { upTo1s: 3, upTo3s: 2, upTo10s: 2, more: 1, maxMs: 10_001 },
			lastAcceptedAt: NOON + 1_000,
			lastRefusedAt: NOON + 2_000,
			lastOlderSecretAt: NOON + 1_000,
		});
		expect(adobe).toEqual({
			source: 'Adobe: EMEA/2',
			accepted: 0,
			challenges: 1,
			refused: 0,
			refusedBy: {},
			acceptedWithOlderSecret: 0,
			lag: { upTo1s: 0, upTo3s: 0, upTo10s: 0, more: 0 },
		});
	});

	it('adds up the UTC hours asked for, the one of `since` whole', async () => {
		now = NOON - 3 * HOUR + 60_000;
		count();
		now = NOON - 2 * HOUR;
		count();
		now = NOON + 1_800_000;
		count();
		const acceptedIn = async (hours: number) => (await read(hours))[0]?.accepted;
		expect(await acceptedIn(0)).toBe(1);
		expect(await acceptedIn(2)).toBe(2);
		expect(await acceptedIn(3)).toBe(3);
	});

	it('forgets counts after 8 days, and a source after 90', async () => {
		count();
		await read();
		now += 8 * 24 * HOUR;
		expect(await read(10_000)).toMatchObject([{ accepted: 1, lastAcceptedAt: NOON }]);
		now += 2 * HOUR;
		expect(await read(10_000)).toMatchObject([{ accepted: 0, lastAcceptedAt: NOON }]);
		now = NOON + 90 * 24 * HOUR + 1;
		expect(await read()).toEqual([]);
	});

	it('reports a source that was asked for and never heard', async () => {
		const [never] = await read(24, ['stripe']);
		expect(never).toMatchObject({ source: 'stripe', accepted: 0, refused: 0 });
		expect(never).not.toHaveProperty('lastAcceptedAt');
	});
});

it('never fails a delivery: a store that is away is for the report to complain about', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'counts-'));
	mkdirSync(join(folder, 'file'));
	const store = sqliteStore({
		path: join(folder, 'file'),
		open: () => new DatabaseSync(join(folder, 'file')),
	});
	expect(() => countDelivery(store, { source: 's', outcome: 'accepted', now: NOON })).not.toThrow();
	await expect(readCounts(store, { since: 0, now: NOON })).rejects.toMatchObject({
		code: 'STORE_UNAVAILABLE',
	});
	rmSync(folder, { recursive: true });
});

describe('the count of an outcome', () => {
	const verification = { ok: true, scheme: 'stripe', receivedAt: '' };
	const answer = { status: 200 };

	it.each([
		[
			{
				kind: 'verified' as const,
				verification: { ...verification, lagMs: 5, secretIndex: 1 },
				events: [],
			},
			{ outcome: 'accepted', lagMs: 5, secretIndex: 1 },
		],
		[{ kind: 'challenge' as const, verification, answer }, { outcome: 'challenge' }],
		[
			{
				kind: 'refused' as const,
				verification: { ...verification, ok: false, reason: 'TOO_OLD' as const },
			},
			{ outcome: 'TOO_OLD' },
		],
	])('%j', (outcome, expected) => {
		expect(countOf(outcome)).toEqual(expected);
	});
});
