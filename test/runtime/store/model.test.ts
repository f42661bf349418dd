import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { memoryStore } from '../../../lib/runtime/store/memory';
import type { RateLimit, Store } from '../../../lib/runtime/store/port';
import { redisStore } from '../../../lib/runtime/store/redis';
import { redisConnection } from '../../../lib/runtime/store/redis-connection';
import { sqliteStore } from '../../../lib/runtime/store/sqlite';
import { startRedis, type RedisServer } from './redis-server';

const START = Date.UTC(2026, 0, 1);
const RUNS = Number(process.env['STORE_MODEL_RUNS'] ?? 40);

let server: RedisServer;
beforeAll(async () => (server = await startRedis()));
afterAll(() => server.stop());

type Open = (now: () => number) => Promise<Store>;
const engines: Array<[string, Open]> = [
	['memory', async (now) => memoryStore(now)],
	[
		'sqlite',
		async (now) => sqliteStore({ path: ':memory:', open: () => new DatabaseSync(':memory:'), now }),
	],
	[
		'redis',
		async (now) => {
			await server.admin.flushall();
			return redisStore(redisConnection({ host: '127.0.0.1', port: server.port }), { now });
		},
	],
];

const key = fc.constantFrom('a', 'b', 'c');
const holder = fc.constantFrom('1', '2', '11');
const nth = fc.nat(30);
const ms = fc.integer({ min: 1, max: 60 });
const tick = fc.record({ do: fc.constant('tick' as const), ms });

const claimStep = fc.oneof(
	tick,
	fc.record({
		do: fc.constant('claim' as const),
		keys: fc.array(key, { minLength: 1, maxLength: 4 }),
		lease: ms,
		life: ms,
		who: holder,
	}),
	fc.record({ do: fc.constant('renew' as const), nth, lease: ms }),
	fc.record({ do: fc.constant('complete' as const), nth, life: ms }),
	fc.record({ do: fc.constant('release' as const), nth }),
	fc.record({ do: fc.constant('release all' as const), who: holder }),
);

const queueStep = fc.oneof(
	tick,
	fc.record({ do: fc.constant('park' as const), id: key, due: ms, life: ms }),
	fc.record({ do: fc.constant('take' as const), limit: fc.integer({ min: 1, max: 3 }), lease: ms }),
	fc.record({ do: fc.constant('acknowledge' as const), nth }),
	fc.record({ do: fc.constant('look' as const) }),
);

describe.each(engines)('%s does what a plain model does', (_name, open) => {
	/** Runs the steps on a fresh store; `step` compares it with the model that `begin` made. */
	const check = async <Step extends { do: string }>(
		steps: fc.Arbitrary<Step>,
		begin: (store: Store, clock: () => number) => (step: Step) => Promise<void>,
	) =>
		await fc.assert(
			fc.asyncProperty(fc.array(steps, { maxLength: 40 }), async (all) => {
				let clock = START;
				const store = await open(() => clock);
				const take = begin(store, () => clock);
				try {
					for (const step of all) {
						if ('ms' in step) clock += Number(step.ms);
						else await take(step);
					}
				} finally {
					await store.close();
				}
			}),
			{ numRuns: RUNS },
		);

	it('with claims', async () => {
		await check(claimStep, (store, clock) => {
			interface Row {
				holder: number;
				lease: number;
				end: number;
				taken: number;
				done: boolean;
				who: string;
			}
			const rows = new Map<string, Row>();
			const held: Array<{ key: string; token: string }> = [];
			const live = (at: string) => {
				const row = rows.get(at);
				return row && row.end > clock() ? row : undefined;
			};
			const mine = (index: number) => {
				const row = live(held[index]!.key);
				return row?.holder === index && !row.done ? row : undefined;
			};
			return async (step) => {
				if (step.do === 'claim') {
					const lease = clock() + step.lease;
					const end = clock() + step.life;
					const answers = await store.claim(
						step.keys.map((at) => ({
							key: at,
							leaseUntil: lease,
							expiresAt: end,
							holder: step.who,
						})),
					);
					step.keys.forEach((at, index) => {
						const row = live(at);
						const answer = answers[index]!;
						if (row?.done) expect(answer).toMatchObject({ state: 'done', result: `${row.holder}` });
						else if (row && row.lease > clock())
							expect(answer).toMatchObject({
								state: 'in-progress',
								leaseUntil: row.lease,
								holder: row.who,
							});
						else {
							const taken = row ? row.taken + 1 : 0;
							expect(answer).toMatchObject({ state: 'new', takeovers: taken });
							const token = answer.state === 'new' ? answer.token : '';
							rows.set(at, {
								holder: held.push({ key: at, token }) - 1,
								lease,
								end,
								taken,
								done: false,
								who: step.who,
							});
						}
					});
					return;
				}
				if (step.do === 'release all') {
					const open = [...rows].filter(
						([at, row]) => row.who === step.who && !row.done && live(at) === row,
					);
					expect(await store.releaseAll([step.who])).toEqual([open.length]);
					for (const [at] of open) rows.delete(at);
					return;
				}
				if (step.do === 'tick' || held.length === 0) return;
				const index = step.nth % held.length;
				const row = mine(index);
				if (step.do === 'renew') {
					const leaseUntil = clock() + step.lease;
					expect(await store.renew([{ ...held[index]!, leaseUntil }])).toEqual([!!row]);
					if (row) Object.assign(row, { lease: leaseUntil, end: Math.max(row.end, leaseUntil) });
				} else if (step.do === 'complete') {
					const expiresAt = clock() + step.life;
					const result = `${index}`;
					expect(await store.complete([{ ...held[index]!, result, expiresAt }])).toEqual([!!row]);
					if (row) Object.assign(row, { done: true, end: expiresAt });
				} else {
					expect(await store.release([held[index]!])).toEqual([!!row]);
					if (row) rows.delete(held[index]!.key);
				}
			};
		});
	}, 60_000);

	it('with a queue', async () => {
		await check(queueStep, (store, clock) => {
			interface Row {
				id: string;
				value: string;
				dueAt: number;
				availableAt: number;
				attempts: number;
				end: number;
				holder: number;
			}
			let rows: Row[] = [];
			let parks = 0;
			const taken: Array<{ id: string; token: string }> = [];
			const queue = () => {
				rows = rows.filter(({ end }) => end > clock());
				return rows.sort((a, b) => a.availableAt - b.availableAt || (a.id < b.id ? -1 : 1));
			};
			const shown = ({ id, value, dueAt, availableAt, attempts }: Row) => ({
				id,
				value,
				dueAt,
				availableAt,
				attempts,
			});
			return async (step) => {
				if (step.do === 'park') {
					const [dueAt, end] = [clock() + step.due, clock() + step.life];
					const known = queue().find(({ id }) => id === step.id);
					const value = `${(parks += 1)}`;
					const item = { queue: 'q', id: step.id, dueAt, value, expiresAt: end };
					expect(await store.park([item])).toEqual([!known]);
					rows = rows.filter((row) => row !== known);
					const attempts = known?.attempts ?? 0;
					rows.push({ id: step.id, value, dueAt, availableAt: dueAt, attempts, end, holder: -1 });
				} else if (step.do === 'take') {
					const leaseUntil = clock() + step.lease;
					const due = queue().filter(({ availableAt }) => availableAt <= clock());
					const expected = due.slice(0, step.limit);
					const answer = await store.takeDue('q', { limit: step.limit, leaseUntil });
					expected.forEach((row, index) => {
						const { id, token } = answer[index]!;
						row.holder = taken.push({ id, token }) - 1;
						Object.assign(row, { availableAt: leaseUntil, attempts: row.attempts + 1 });
					});
					expect(answer).toMatchObject(expected.map(shown));
				} else if (step.do === 'acknowledge' && taken.length > 0) {
					const index = step.nth % taken.length;
					const row = queue().find(({ holder }) => holder === index);
					expect(await store.acknowledge('q', [taken[index]!])).toEqual([!!row]);
					rows = rows.filter((one) => one !== row);
				} else if (step.do === 'look') {
					const due = queue().filter(({ availableAt }) => availableAt <= clock()).length;
					expect(await store.count('q')).toEqual({ total: rows.length, due });
					expect(await store.list('q', 2)).toEqual(queue().slice(0, 2).map(shown));
				}
			};
		});
	}, 60_000);
});

it('gives the same permits in every engine', async () => {
	const limit: fc.Arbitrary<RateLimit> = fc.oneof(
		fc.record({
			kind: fc.constant('bucket' as const),
			capacity: fc.integer({ min: 3, max: 9 }),
			refillPerSecond: fc.constantFrom(0.5, 3, 7.3, 190),
		}),
		fc.record({
			kind: fc.constant('window' as const),
			capacity: fc.integer({ min: 3, max: 9 }),
			windowMs: fc.constantFrom(7, 100, 1000),
		}),
	);
	const step = fc.record({
		wait: fc.integer({ min: -20, max: 400 }),
		cost: fc.constantFrom(1, 2, 3),
	});
	await fc.assert(
		fc.asyncProperty(limit, fc.array(step, { maxLength: 40 }), async (rate, steps) => {
			let clock = START;
			const stores = await Promise.all(engines.map(([, open]) => open(() => clock)));
			for (const { wait, cost } of steps) {
				clock += wait;
				const permits = await Promise.all(stores.map((store) => store.take('l', rate, cost)));
				expect(permits).toEqual(permits.map(() => permits[0]));
			}
			await Promise.all(stores.map((store) => store.close()));
		}),
		{ numRuns: RUNS },
	);
}, 60_000);
