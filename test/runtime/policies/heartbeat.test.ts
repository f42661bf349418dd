import { heart } from '../../../lib/runtime/policies/heartbeat';
import { poll } from '../../../lib/runtime/policies/poll';
import { fakeClock, pending } from './clock';

/** A timer that ticks when it is told to. */
function timer() {
	let tick: (() => void) | undefined;
	return {
		every: (_ms: number, work: () => void) => {
			tick = work;
			return () => (tick = undefined);
		},
		runs: () => tick !== undefined,
		tick: async () => {
			tick?.();
			await new Promise((resolve) => setImmediate(resolve));
		},
	};
}

describe('a heart', () => {
	const beatOf = (until: number, ...answers: Array<boolean | Error>) => {
		let renewals = 0;
		return {
			until,
			renewals: () => renewals,
			renew: async () => {
				const answer = answers[renewals] ?? true;
				renewals += 1;
				if (answer instanceof Error) throw answer;
				return answer;
			},
		};
	};

	it('beats for all with one timer, which runs only while something is kept', async () => {
		const [clock, ticks] = [fakeClock(), timer()];
		const ours = heart({ everyMs: 1, now: clock.now, every: ticks.every });
		const [a, b] = [beatOf(clock.now() + 10), beatOf(clock.now() + 10, true, false)];
		expect(ticks.runs()).toBe(false);
		const end = ours.keep(a);
		ours.keep(b);
		await ticks.tick();
		await ticks.tick();
		await ticks.tick();
		expect([a.renewals(), b.renewals(), ours.size()]).toEqual([3, 2, 1]);
		end();
		expect([ours.size(), ticks.runs()]).toEqual([0, false]);
	});

	it('ends at its longest, goes on while the store is away, and does not overtake itself', async () => {
		const [clock, ticks] = [fakeClock(), timer()];
		const ours = heart({ everyMs: 1, now: clock.now, every: ticks.every });
		const away = beatOf(clock.now() + 10, new Error('away'));
		const slow = pending<boolean>();
		let asked = 0;
		ours.keep(away);
		ours.keep({ until: clock.now() + 10, renew: () => ((asked += 1), slow.promise) });
		await ticks.tick();
		await ticks.tick();
		expect([away.renewals(), asked]).toEqual([2, 1]);
		slow.resolve(true);
		await ticks.tick();
		await ticks.tick();
		clock.pass(10);
		await ticks.tick();
		expect([ours.size(), ticks.runs()]).toEqual([0, false]);
	});
});

describe('a poll', () => {
	const options = () => {
		const clock = fakeClock();
		return { clock, now: clock.now, sleep: clock.sleep, random: () => 0.5 };
	};

	it('looks with growing pauses until there is something', async () => {
		const { clock, ...rest } = options();
		let looks = 0;
		const found = await poll(async () => ((looks += 1) === 12 ? 'it' : undefined), {
			...rest,
			until: clock.now() + 60_000,
		});
		expect([found, looks]).toEqual(['it', 12]);
		expect(clock.waited.slice(0, 4)).toEqual([50, 75, 112.5, 168.75]);
		expect(clock.waited.at(-1)).toBe(1000);
	});

	it('looks at the last moment once more, and ends', async () => {
		const { clock, ...rest } = options();
		const until = clock.now() + 120;
		const times: number[] = [];
		const look = async () => void times.push(until - clock.now());
		expect(await poll(look, { ...rest, until })).toBeUndefined();
		expect(times).toEqual([120, 70, 0]);
	});

	it('ends when the execution is stopped, and when a look fails', async () => {
		const { clock, ...rest } = options();
		const stop = new AbortController();
		const until = clock.now() + 60_000;
		let looks = 0;
		const look = async () => void ((looks += 1) === 3 && stop.abort());
		expect(await poll(look, { ...rest, until, signal: stop.signal })).toBeUndefined();
		expect(looks).toBe(3);
		const fails = async () => Promise.reject(new Error('away'));
		await expect(poll(fails, { ...rest, until })).rejects.toThrow('away');
	});
});
