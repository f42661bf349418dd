import fc from 'fast-check';
import { PipelineError } from '../../../lib/domain/errors';
import { limit, rateGate, type GateOptions } from '../../../lib/runtime/policies/limit';
import type { Budget } from '../../../lib/runtime/policies/wrap';
import { memoryStore } from '../../../lib/runtime/store/memory';
import { fakeClock, pending } from './clock';

const rate = { kind: 'bucket', capacity: 5, refillPerSecond: 5 } as const;

function world(options: Partial<GateOptions> = {}, clock = fakeClock()) {
	const store = memoryStore(clock.now);
	const gate = () =>
		limit<Budget, unknown>(
			'acme',
			rateGate({
				key: 'acme:1',
				policy: { rate, concurrency: 10 },
				store: async () => store,
				now: clock.now,
				sleep: clock.sleep,
				...options,
			}),
		);
	const call = async (
		guard: ReturnType<typeof gate>,
		work: () => Promise<unknown> = async () => 'fine',
		ms = 60_000,
		signal?: AbortSignal,
	) => await guard(work)({ deadlineAt: clock.now() + ms, signal });
	return { clock, store, gate, call };
}

describe('the limit', () => {
	it('lets the rate through, and the rest wait', async () => {
		const { clock, gate, call } = world();
		const one = gate();
		for (let n = 0; n < 10; n += 1) await call(one);
		expect(clock.now() - clock.start).toBe(1_000);
		expect(clock.waited).toEqual([200, 200, 200, 200, 200]);
	});

	it('is one for all workers', async () => {
		const { clock, gate, call } = world();
		const [one, other] = [gate(), gate()];
		for (let n = 0; n < 5; n += 1) await Promise.all([call(one), call(other)]);
		expect(clock.now() - clock.start).toBe(1_000);
	});

	it('fails where the wait would pass the deadline, and says how long it would be', async () => {
		const { gate, call } = world();
		const one = gate();
		for (let n = 0; n < 5; n += 1) await call(one);
		await expect(call(one, undefined, 150)).rejects.toMatchObject({
			code: 'RATE_LIMITED',
			details: { retryAfterMs: 200, vendor: 'acme' },
		});
	});

	it.each([
		['is away', async () => await Promise.reject(new PipelineError('STORE_UNAVAILABLE', 'x'))],
		['is none', async () => undefined],
	])('holds in this process while the store %s', async (_, store) => {
		const { clock, gate, call } = world({ store });
		const one = gate();
		for (let n = 0; n < 10; n += 1) await call(one);
		expect(clock.now() - clock.start).toBe(1_000);
	});

	it('lets only so many at once', async () => {
		const { gate, call } = world({ policy: { rate: { ...rate, capacity: 100 }, concurrency: 2 } });
		const one = gate();
		const works = Array.from({ length: 3 }, () => pending<string>());
		const started: number[] = [];
		const calls = works.map(({ promise }, index) =>
			call(one, async () => {
				started.push(index);
				return await promise;
			}),
		);
		await new Promise(setImmediate);
		expect(started).toEqual([0, 1]);
		works[0]!.reject(new Error('over'));
		await expect(calls[0]).rejects.toThrow('over');
		await new Promise(setImmediate);
		expect(started).toEqual([0, 1, 2]);
		works[1]!.resolve('a');
		works[2]!.resolve('b');
		await expect(Promise.all(calls.slice(1))).resolves.toEqual(['a', 'b']);
	});

	it('who stops waiting leaves the queue', async () => {
		const { gate, call } = world({ policy: { rate: { ...rate, capacity: 100 }, concurrency: 1 } });
		const one = gate();
		const busy = pending<string>();
		const first = call(one, () => busy.promise);
		const stop = new AbortController();
		const asked = jest.fn(async () => 'never');
		const second = call(one, asked, 60_000, stop.signal);
		const third = call(one);
		stop.abort(new PipelineError('CANCELLED', 'stopped'));
		await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
		busy.resolve('done');
		await expect(Promise.all([first, third])).resolves.toEqual(['done', 'fine']);
		expect(asked).not.toHaveBeenCalled();
	});

	it("keeps everyone to the vendor's own wait", async () => {
		const { clock, gate, call } = world();
		const one = gate();
		const busy = new PipelineError('RATE_LIMITED', '429', { retryAfterMs: 7_000 });
		await expect(call(one, async () => await Promise.reject(busy))).rejects.toBe(busy);
		await call(one);
		expect(clock.waited).toEqual([7_000]);
	});

	it('but not for a whole day', async () => {
		const { clock, gate, call } = world();
		const one = gate();
		const spent = new PipelineError('RATE_LIMITED', '429', { retryAfterMs: 86_400_000 });
		await expect(call(one, async () => await Promise.reject(spent))).rejects.toBe(spent);
		await expect(call(one, undefined, 61_000)).resolves.toBe('fine');
		expect(clock.waited).toEqual([15_000]);
	});

	it('asks the store for a few permits at a time, and does not hoard them', async () => {
		const wide = { kind: 'bucket', capacity: 200, refillPerSecond: 50 } as const;
		const { clock, store, gate, call } = world({ policy: { rate: wide, concurrency: 10 } });
		const take = jest.spyOn(store, 'take');
		const one = gate();
		for (let n = 0; n < 100; n += 1) await call(one);
		expect(take.mock.calls.length).toBe(10);
		await call(one);
		clock.pass(2_000);
		await call(one);
		expect(take.mock.calls.length).toBe(12);
	});

	it('never lets more than the bucket through in any stretch', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.nat(400), { maxLength: 40 }), async (pauses) => {
				const { clock, gate, call } = world();
				const workers = [gate(), gate(), gate()];
				const at: number[] = [];
				for (const [index, pause] of pauses.entries()) {
					clock.pass(pause);
					await call(workers[index % 3]!);
					at.push(clock.now());
				}
				return at.every(
					(from, index) => at.slice(index).filter((to) => to - from < 1_000).length <= 10,
				);
			}),
			{ numRuns: 50 },
		);
	});
});
