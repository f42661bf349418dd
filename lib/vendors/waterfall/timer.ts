import type { After } from './order';

/** The process's own. */
export const timer: After = (ms, then) => {
	const handle = setTimeout(then, ms);
	return () => clearTimeout(handle);
};

/** Waits for the first of them to end, in whatever way, or for `ms`. */
export async function firstOf(
	ends: readonly Promise<unknown>[],
	ms: number,
	after: After,
): Promise<void> {
	let forget: (() => void) | undefined;
	const time = new Promise<void>((done) => {
		if (ms < Infinity) forget = after(Math.max(0, ms), done);
	});
	await Promise.race([time, ...ends.map(async (end) => await end.then(over, over))]);
	forget?.();
}

const over = () => undefined;
