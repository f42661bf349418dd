/** Times in ms. `tries` counts the first call too. */
export interface RetryPolicy {
	readonly tries: number;
	readonly baseMs: number;
	readonly maxMs: number;
}

/** Three tries, 1 s doubling, as the seed policy; bounded by the deadline of the call. */
export const DEFAULT_RETRY: RetryPolicy = { tries: 3, baseMs: 500, maxMs: 20_000 };

const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Whether the vendor's status says "later", and whether repeating is safe.
 * A 429 was refused before any work was done, so even a write may be repeated; a 5xx may have been
 * raised after the write, so only what does no harm twice is sent again.
 */
export function mayRepeat(status: number | 'no-answer', idempotent: boolean): boolean {
	if (status === 429) return true;
	return idempotent && (status === 'no-answer' || TRANSIENT.has(status));
}

/**
 * `Retry-After` in either form of RFC 9110 section 10.2.3, as ms from `now`; undefined when absent
 * or unreadable. A date in the past is 0.
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
	const trimmed = value?.trim();
	if (!trimmed) return undefined;
	if (/^\d+(\.\d+)?$/.test(trimmed)) return Math.ceil(Number(trimmed) * 1000);
	const date = Date.parse(trimmed);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * How long to wait before try `attempt + 1`, or undefined to give up: tries used up, or the wait
 * would pass the deadline. The vendor's own wait is obeyed exactly; otherwise exponential with full
 * jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export function retryDelay(
	policy: RetryPolicy,
	state: {
		/** 1 after the first try failed. */
		readonly attempt: number;
		readonly retryAfterMs?: number | undefined;
		readonly now: number;
		readonly deadlineAt: number;
		/** 0 to 1. */
		readonly random: number;
	},
): number | undefined {
	if (state.attempt >= policy.tries) return undefined;
	const ceiling = Math.min(policy.maxMs, policy.baseMs * 2 ** (state.attempt - 1));
	const delay = state.retryAfterMs ?? Math.round(ceiling * state.random);
	return state.now + delay < state.deadlineAt ? delay : undefined;
}
