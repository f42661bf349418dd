import { sleep, type Sleep } from './sleep';

export interface PollOptions {
	/** Epoch ms. The last look is at this moment. */
	readonly until: number;
	/** The first pause; each is half as long again as the one before. Default 50. */
	readonly firstMs?: number;
	/** Default 1000. */
	readonly longestMs?: number;
	/** Whoever stops the execution: the wait ends at once, as if its time were up. */
	readonly signal?: AbortSignal | undefined;
	readonly now?: () => number;
	readonly sleep?: Sleep;
	readonly random?: () => number;
}

/**
 * Looks until `look` gives something, with growing pauses that differ between those who wait for the
 * same thing. Undefined: the time is up. What `look` throws ends the wait.
 */
export async function poll<Found>(
	look: () => Promise<Found | undefined>,
	options: PollOptions,
): Promise<Found | undefined> {
	const { until, firstMs = 50, longestMs = 1000, signal } = options;
	const { now = Date.now, sleep: pause = sleep, random = Math.random } = options;
	for (let wait = firstMs; ; wait = Math.min(longestMs, wait * 1.5)) {
		const found = await look();
		const left = until - now();
		if (found !== undefined || left <= 0 || signal?.aborted) return found;
		await pause(Math.min(left, wait * (0.8 + 0.4 * random())), signal).catch(() => undefined);
	}
}
