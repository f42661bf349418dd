import { PipelineError, type ErrorCode } from '../../../lib/domain/errors';
import { nextBatchSize, type BatchPolicy } from '../../../lib/runtime/policies/adaptive-batch';
import { coalesce } from '../../../lib/runtime/policies/coalesce';
import { deadline } from '../../../lib/runtime/policies/deadline';
import { retry } from '../../../lib/runtime/policies/retry';
import { waitAsked } from '../../../lib/runtime/policies/retry-after';
import { sleep } from '../../../lib/runtime/policies/sleep';
import { wrap, type Budget, type Policy } from '../../../lib/runtime/policies/wrap';
import { fakeClock, pending } from './clock';

const NOW = Date.UTC(2026, 10, 23, 12);
const error = (code: ErrorCode, details = {}) => new PipelineError(code, code, details);

it('wrap puts the first policy outermost', async () => {
	const order: string[] = [];
	const named =
		(name: string): Policy<Budget, string> =>
		(next) =>
		async (question) => {
			order.push(name);
			return `${name}(${await next(question)})`;
		};
	const call = wrap(named('a'), named('b'))(async () => 'x');
	await expect(call({ deadlineAt: NOW })).resolves.toBe('a(b(x))');
	expect(order).toEqual(['a', 'b']);
});

describe('the wait that a vendor asks for', () => {
	it.each([
		[{ 'retry-after': '3', 'x-ratelimit-reset': '9' }, 3_000],
		[{ 'retry-after': 'Mon, 23 Nov 2026 12:00:10 GMT' }, 10_000],
		[{ 'ratelimit-reset': '12' }, 12_000],
		[{ 'x-ratelimit-reset': String(NOW / 1000 + 5) }, 5_000],
		[{ 'x-ratelimit-reset': String(NOW + 1_500) }, 1_500],
		[{ 'x-ratelimit-reset': String(NOW / 1000 - 5) }, 0],
		[{ ratelimit: '"default";r=0;t=30' }, 30_000],
		[
			{
				'x-hubspot-ratelimit-remaining': '0',
				'x-hubspot-ratelimit-interval-milliseconds': '10000',
			},
			10_000,
		],
		[
			{
				'x-hubspot-ratelimit-remaining': '7',
				'x-hubspot-ratelimit-interval-milliseconds': '10000',
			},
			undefined,
		],
		[{ 'x-rate-limit-minute': '200', 'x-minute-requests-left': '0' }, 60_000],
		[{ 'x-minute-requests-left': '0', 'x-hourly-requests-left': '0' }, 3_600_000],
		[{ 'x-minute-requests-left': '12' }, undefined],
		[{ 'x-hubspot-ratelimit-daily-remaining': '0' }, 86_400_000],
		[{ 'ratelimit-reset': 'soon' }, undefined],
		[{}, undefined],
	])('%j: %j ms', (headers, ms) => expect(waitAsked(headers, NOW)).toBe(ms));
});

describe('the deadline', () => {
	function world() {
		const clock = fakeClock();
		const timers: Array<{ ms: number; then: () => void; live: boolean }> = [];
		const policy = deadline<Budget, string>({
			vendor: 'acme',
			now: clock.now,
			after: (ms, then) => {
				const timer = { ms, then, live: true };
				timers.push(timer);
				return () => (timer.live = false);
			},
		});
		return { clock, timers, policy };
	}

	it('ends what is below with a signal, and does not wait for who does not listen', async () => {
		const { clock, timers, policy } = world();
		const seen: Array<AbortSignal | undefined> = [];
		const call = policy(async ({ signal }) => {
			seen.push(signal);
			return await pending<string>().promise;
		})({ deadlineAt: clock.start + 700 });
		expect(timers[0]?.ms).toBe(700);
		timers[0]?.then();
		await expect(call).rejects.toMatchObject({ code: 'TIMEOUT', details: { vendor: 'acme' } });
		expect(seen[0]?.aborted).toBe(true);
		expect(timers[0]?.live).toBe(false);
	});

	it('passes on that the execution was stopped', async () => {
		const { clock, policy } = world();
		const stop = new AbortController();
		const question = { deadlineAt: clock.start + 700, signal: stop.signal };
		const call = policy(async () => await pending<string>().promise)(question);
		stop.abort();
		await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
		const asked = jest.fn(async () => 'x');
		await expect(policy(asked)(question)).rejects.toMatchObject({ code: 'CANCELLED' });
		expect(asked).not.toHaveBeenCalled();
	});

	it('leaves nothing behind', async () => {
		const { clock, timers, policy } = world();
		await policy(async () => 'x')({ deadlineAt: clock.start + 700 });
		expect(timers.map(({ live }) => live)).toEqual([false]);
	});
});

describe('the retry', () => {
	const world = (fails: readonly Error[], idempotent = true) => {
		const clock = fakeClock();
		let tries = 0;
		const policy = retry<Budget, string>({
			...clock,
			idempotent: () => idempotent,
			random: () => 1,
		});
		const call = policy(async () => {
			const failure = fails[tries];
			tries += 1;
			if (failure) throw failure;
			return 'fine';
		});
		return {
			clock,
			call: (ms = 60_000, signal?: AbortSignal) => call({ deadlineAt: clock.now() + ms, signal }),
			tries: () => tries,
		};
	};

	it.each(['CIRCUIT_OPEN', 'CANCELLED', 'CONFIG_INVALID', 'INTERNAL'] as const)(
		'leaves %s alone',
		async (code) => {
			const { call, tries } = world([error(code)]);
			await expect(call()).rejects.toMatchObject({ code });
			expect(tries()).toBe(1);
		},
	);

	it('leaves alone what is no failure of a call', async () => {
		const { call, tries } = world([new Error('oops')]);
		await expect(call()).rejects.toThrow('oops');
		expect(tries()).toBe(1);
	});

	it('stops waiting with the signal', async () => {
		const { call, tries } = world([error('RATE_LIMITED', { status: 429, retryAfterMs: 5 })]);
		const reason = error('CANCELLED');
		await expect(call(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
		expect(tries()).toBe(1);
	});
});

it('a sleeper wakes when nobody waits for it', async () => {
	const stop = new AbortController();
	const asleep = sleep(60_000, stop.signal);
	stop.abort(error('CANCELLED'));
	await expect(asleep).rejects.toMatchObject({ code: 'CANCELLED' });
	await sleep(1);
});

describe('the same question', () => {
	interface Named extends Budget {
		readonly name: string;
	}
	function world() {
		const asked: Array<ReturnType<typeof pending<string>>> = [];
		const policy = coalesce<Named, string>(({ name }) => name || undefined);
		const call = policy(async () => {
			const answer = pending<string>();
			asked.push(answer);
			return await answer.promise;
		});
		return { asked, ask: async (name: string) => await call({ name, deadlineAt: NOW }) };
	}

	it('under way is asked once, and again when it is over', async () => {
		const { asked, ask } = world();
		const both = Promise.all([ask('a'), ask('a')]);
		const other = ask('b');
		expect(asked).toHaveLength(2);
		asked[0]!.resolve('one');
		asked[1]!.resolve('two');
		await expect(both).resolves.toEqual(['one', 'one']);
		await expect(other).resolves.toBe('two');
		const again = ask('a');
		asked[2]!.resolve('three');
		await expect(again).resolves.toBe('three');
	});

	it('without a key is always asked', () => {
		const { asked, ask } = world();
		void ask('');
		void ask('');
		expect(asked).toHaveLength(2);
	});

	it('shares a failure of the vendor, and not the impatience of the first', async () => {
		const { asked, ask } = world();
		const failing = [ask('a'), ask('a')];
		asked[0]!.reject(error('UPSTREAM_UNAVAILABLE'));
		for (const one of failing)
			await expect(one).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
		const [first, second] = [ask('a'), ask('a')];
		asked[1]!.reject(error('CANCELLED'));
		await expect(first).rejects.toMatchObject({ code: 'CANCELLED' });
		await new Promise(setImmediate);
		asked[2]!.resolve('after all');
		await expect(second).resolves.toBe('after all');
	});
});

describe('the batch', () => {
	const policy: BatchPolicy = { min: 1, max: 100, step: 10, fastMs: 500, slowMs: 2_000 };
	it.each([
		[50, { size: 50, tookMs: 100, throttled: false }, 60],
		[95, { size: 95, tookMs: 100, throttled: false }, 100],
		[50, { size: 20, tookMs: 100, throttled: false }, 50],
		[50, { size: 50, tookMs: 900, throttled: false }, 50],
		[50, { size: 50, tookMs: 2_001, throttled: false }, 25],
		[50, { size: 50, tookMs: 1, throttled: true }, 25],
		[1, { size: 1, tookMs: 9_000, throttled: true }, 1],
	])('of %i after %j is %i', (size, outcome, next) =>
		expect(nextBatchSize(policy, size, outcome)).toBe(next),
	);
});
