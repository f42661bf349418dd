import type { After } from '../../../lib/vendors/waterfall';

export interface Clock {
	readonly now: () => number;
	readonly after: After;
	readonly sleep: (ms: number) => Promise<void>;
	/** Lets time pass, from one timer to the next, until the work is done. */
	run<T>(work: Promise<T>): Promise<T>;
	pass(ms: number): Promise<void>;
}

/** Time that passes only when everybody waits for it. */
export function clock(start = Date.parse('2026-11-01T10:00:00.000Z')): Clock {
	let time = start;
	let count = 0;
	const timers = new Map<number, { readonly at: number; readonly then: () => void }>();
	const after: After = (ms, then) => {
		const id = (count += 1);
		timers.set(id, { at: time + ms, then });
		return () => void timers.delete(id);
	};
	/** Everything that does not wait for a timer has happened by then. */
	const settle = async () => await new Promise<void>((done) => setImmediate(done));
	const step = (): boolean => {
		const [next] = [...timers].sort(([a, one], [b, two]) => one.at - two.at || a - b);
		if (!next) return false;
		const [id, { at, then }] = next;
		timers.delete(id);
		time = Math.max(time, at);
		then();
		return true;
	};
	return {
		now: () => time,
		after,
		sleep: async (ms) => await new Promise<void>((done) => void after(ms, done)),
		async run(work) {
			let open = true;
			const end = () => void (open = false);
			work.then(end, end);
			for (await settle(); open; await settle()) {
				if (!step()) throw new Error('Nobody waits for anything, and the work is not done');
			}
			return await work;
		},
		async pass(ms) {
			const until = time + ms;
			for (await settle(); ; await settle()) {
				if (![...timers.values()].some(({ at }) => at <= until)) break;
				step();
			}
			time = Math.max(time, until);
		},
	};
}
