import { PipelineError, type ErrorCode } from '../../../lib/domain/errors';
import { circuit } from '../../../lib/runtime/policies/circuit';
import { circuitMirror } from '../../../lib/runtime/policies/circuit-mirror';
import {
	admission,
	CLOSED,
	closed,
	DEFAULT_CIRCUIT,
	opened,
	shouldOpen,
	UNDER_90_PERCENT,
} from '../../../lib/runtime/policies/circuit-state';
import type { Budget } from '../../../lib/runtime/policies/wrap';
import { memoryStore } from '../../../lib/runtime/store/memory';
import type { Store } from '../../../lib/runtime/store/port';
import { fakeClock, pending } from './clock';

const fail = (code: ErrorCode, status?: number) => () =>
	Promise.reject(new PipelineError(code, code, { status }));
const down = fail('UPSTREAM_UNAVAILABLE', 503);
const fine = async () => 'fine';

describe('when it opens', () => {
	it.each([
		[DEFAULT_CIRCUIT, 0, 19, false],
		[DEFAULT_CIRCUIT, 0, 20, true],
		[DEFAULT_CIRCUIT, 10, 10, false],
		[DEFAULT_CIRCUIT, 9, 11, true],
		[UNDER_90_PERCENT, 18, 2, false],
		[UNDER_90_PERCENT, 17, 3, true],
		[UNDER_90_PERCENT, 899, 101, true],
	])('%#: %j of %i good and %i failed: %s', (policy, ok, failed, opens) => {
		expect(shouldOpen(policy, { ok, failed })).toBe(opens);
	});

	it('pauses twice as long after each failed probe, up to its limit', () => {
		const tally = { ok: 0, failed: 20 };
		let state = CLOSED;
		const pauses = Array.from({ length: 8 }, () => {
			state = opened(DEFAULT_CIRCUIT, state, { now: 1000, tally });
			return (state.openUntil - 1000) / 1000;
		});
		expect(pauses).toEqual([15, 30, 60, 120, 240, 300, 300, 300]);
		expect([admission(state, 2000), admission(state, state.openUntil)]).toEqual(['wait', 'probe']);
		expect(admission(closed(5), 5)).toBe('call');
	});
});

describe('the circuit', () => {
	let unique = 0;
	function world(store: Store | 'none' | 'away' = 'none', clock = fakeClock()) {
		const engine = {
			none: async () => undefined,
			away: async () => await Promise.reject(new PipelineError('STORE_UNAVAILABLE', 'away')),
		};
		const open = typeof store === 'string' ? engine[store] : async () => store;
		// A process has one mirror per key; two keys of one store stand for two processes below.
		const mirror = circuitMirror({
			key: `acme:${(unique += 1)}`,
			policy: DEFAULT_CIRCUIT,
			store: open,
			now: clock.now,
		});
		const guard = circuit<Budget, unknown>('acme', mirror);
		const call = async (work: () => Promise<unknown>) =>
			await guard(work)({ deadlineAt: clock.now() + 60_000 }).then(
				(value) => value,
				(error: PipelineError) => error.code,
			);
		const times = async (count: number, work: () => Promise<unknown>) => {
			const seen: unknown[] = [];
			for (let n = 0; n < count; n += 1) seen.push(await call(work));
			return seen;
		};
		return { clock, mirror, call, times, guard };
	}

	it('lets nobody through once the vendor has failed too often, and says for how long', async () => {
		const { times, guard, clock } = world();
		expect(await times(20, down)).toEqual(Array(20).fill('UPSTREAM_UNAVAILABLE'));
		const asked = jest.fn(fine);
		await expect(guard(asked)({ deadlineAt: clock.now() + 1 })).rejects.toMatchObject({
			code: 'CIRCUIT_OPEN',
			message: 'Calls to acme are paused for 15 s: 20 of the last 20 failed',
			details: { vendor: 'acme', retryAfterMs: 15_000 },
		});
		expect(asked).not.toHaveBeenCalled();
	});

	it.each([
		['a refused field', fail('FIELD_MISMATCH', 400)],
		['a rejected key', fail('AUTH_FAILED', 401)],
		['nobody known', fail('CONFLICT', 409)],
		['a 429', fail('RATE_LIMITED', 429)],
		['a stopped execution', fail('CANCELLED')],
		['a call that n8n forbids', fail('CONFIG_INVALID')],
		['a defect of ours', () => Promise.reject(new Error('oops'))],
	])('is not opened by %s', async (_, work) => {
		const { times, mirror } = world();
		await times(50, work);
		expect(mirror.state()).toEqual(CLOSED);
		expect(mirror.tally().failed).toBe(0);
	});

	it('forgets what is older than its window', async () => {
		const { times, clock, call } = world();
		await times(19, down);
		clock.pass(61_000);
		await times(19, down);
		expect(await call(fine)).toBe('fine');
	});

	it('lets one call try after the pause, and is closed when that succeeds', async () => {
		const { times, clock, call } = world();
		await times(20, down);
		clock.pass(15_000);
		const probe = pending<string>();
		const first = call(() => probe.promise);
		await new Promise(setImmediate);
		expect(await call(fine)).toBe('CIRCUIT_OPEN');
		probe.resolve('well');
		expect(await first).toBe('well');
		// One more failure does not open it: the old ones are not held against it.
		expect(await times(19, down)).not.toContain('CIRCUIT_OPEN');
		expect(await call(fine)).toBe('fine');
	});

	it('stays open, for longer, when the probe fails', async () => {
		const { times, clock, call, mirror } = world();
		await times(20, down);
		clock.pass(15_000);
		expect(await call(down)).toBe('UPSTREAM_UNAVAILABLE');
		expect(await call(fine)).toBe('CIRCUIT_OPEN');
		expect(mirror.state().openUntil - clock.now()).toBe(30_000);
	});

	it('a probe that was stopped decides nothing', async () => {
		const { times, clock, call } = world();
		await times(20, down);
		clock.pass(15_000);
		expect(await call(fail('CANCELLED'))).toBe('CANCELLED');
		expect(await call(fine)).toBe('fine');
	});

	it('works in this process alone while the store is away', async () => {
		const { times, clock, call } = world('away');
		await times(20, down);
		expect(await call(fine)).toBe('CIRCUIT_OPEN');
		clock.pass(15_000);
		expect(await call(fine)).toBe('fine');
	});

	describe('of several workers', () => {
		/** Workers are mirrors of one key over one store. */
		function workers(count: number) {
			const clock = fakeClock();
			const store = memoryStore(clock.now);
			const key = `shared:${(unique += 1)}`;
			const make = () => {
				const mirror = circuitMirror({
					key,
					policy: DEFAULT_CIRCUIT,
					store: async () => store,
					now: clock.now,
				});
				const guard = circuit<Budget, unknown>('acme', mirror);
				const call = async (work: () => Promise<unknown>) =>
					await guard(work)({ deadlineAt: clock.now() + 60_000 }).catch(
						(error: PipelineError) => error.code,
					);
				return { mirror, call };
			};
			return { clock, store, key, all: Array.from({ length: count }, make) };
		}
		const settle = async () => await new Promise((done) => setTimeout(done, 5));

		it('is opened by what they saw together, for all of them', async () => {
			const { clock, all } = workers(8);
			for (let turn = 0; turn < 3; turn += 1) {
				for (const { call } of all) await call(down);
				clock.pass(1_000);
				await settle();
			}
			await Promise.all(all.map(async ({ mirror }) => await mirror.sync()));
			const seen = await Promise.all(all.map(async ({ call }) => await call(down)));
			await Promise.all(all.map(async ({ mirror }) => await mirror.sync()));
			expect(seen).toContain('UPSTREAM_UNAVAILABLE');
			expect(await Promise.all(all.map(async ({ call }) => await call(fine)))).toEqual(
				Array(8).fill('CIRCUIT_OPEN'),
			);
		});

		it('does not take what it decided back, though the store was asked before', async () => {
			const { all, store, clock } = workers(1);
			const [one] = all;
			for (let n = 0; n < 19; n += 1) await one!.call(down);
			const slow = pending<undefined>();
			const get = store.get;
			jest.spyOn(store, 'get').mockImplementation(async (keys) => {
				const found = await get(keys);
				await slow.promise;
				return found;
			});
			clock.pass(1_000);
			const last = one!.call(down);
			await settle();
			slow.resolve(undefined);
			await last;
			await settle();
			expect(await one!.call(fine)).toBe('CIRCUIT_OPEN');
			expect(one!.mirror.tally()).toEqual({ ok: 0, failed: 0 });
		});

		it('counts every call once', async () => {
			const { clock, all, store } = workers(3);
			for (let turn = 0; turn < 30; turn += 1) {
				await Promise.all(
					all.map(async ({ call }, index) => await call(index === 0 ? down : fine)),
				);
				clock.pass(700);
				await settle();
			}
			await Promise.all(all.map(async ({ mirror }) => await mirror.sync()));
			for (const { mirror } of all) {
				await mirror.sync();
				expect(mirror.tally()).toEqual({ ok: 60, failed: 30 });
			}
			expect(await store.get(['nothing'])).toEqual([undefined]);
		});

		it('is probed by one of them', async () => {
			const { clock, store, key, all } = workers(1);
			const [first] = all;
			for (let n = 0; n < 20; n += 1) await first!.call(down);
			clock.pass(15_000);
			// Another process holds the probe.
			const until = clock.now() + 60_000;
			const [held] = await store.claim([
				{ key: `circuit:${key}:probe`, leaseUntil: until, expiresAt: until },
			]);
			expect(held?.state).toBe('new');
			expect(await first!.call(fine)).toBe('CIRCUIT_OPEN');
			// It died.
			clock.pass(60_001);
			expect(await first!.call(fine)).toBe('fine');
		});

		it('is closed for all when one found the vendor well', async () => {
			const { clock, all } = workers(2);
			const [one, other] = all;
			for (let n = 0; n < 20; n += 1) await one!.call(down);
			await other!.mirror.sync();
			expect(await other!.call(fine)).toBe('CIRCUIT_OPEN');
			clock.pass(15_000);
			expect(await one!.call(fine)).toBe('fine');
			await other!.mirror.sync();
			expect(other!.mirror.state().openings).toBe(0);
			expect(await other!.call(fine)).toBe('fine');
		});

		it('asks the store about once a second and never for a single call', async () => {
			const { clock, all, store } = workers(1);
			const [one] = all;
			const get = jest.spyOn(store, 'get');
			const increment = jest.spyOn(store, 'increment');
			for (let n = 0; n < 1_000; n += 1) await one!.call(fine);
			expect([get.mock.calls.length, increment.mock.calls.length]).toEqual([1, 0]);
			clock.pass(1_000);
			await one!.call(fine);
			await settle();
			expect([get.mock.calls.length, increment.mock.calls.length]).toEqual([2, 1]);
		});
	});
});
