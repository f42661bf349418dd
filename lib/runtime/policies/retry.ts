import { isPipelineError } from '../../domain/errors';
import { sleep as realSleep, type Sleep } from './sleep';
import type { Budget, Policy } from './wrap';

export { parseRetryAfter } from './retry-after';

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

export interface RetryOptions<Question> {
	readonly policy?: RetryPolicy | undefined;
	/** Whether the same question twice does no harm. */
	readonly idempotent: (question: Question) => boolean;
	readonly now?: (() => number) | undefined;
	readonly random?: (() => number) | undefined;
	readonly sleep?: Sleep | undefined;
}

/** Failures that nobody should repeat on the spot, whatever the question. */
const FINAL = new Set(['CIRCUIT_OPEN', 'CANCELLED', 'CONFIG_INVALID', 'INTERNAL']);

/** Asks again while that is safe, useful and inside the deadline; then throws what the last try threw. */
export function retry<Question extends Budget, Answer>({
	policy = DEFAULT_RETRY,
	idempotent,
	now = Date.now,
	random = Math.random,
	sleep = realSleep,
}: RetryOptions<Question>): Policy<Question, Answer> {
	const delayAfter = (error: unknown, question: Question, attempt: number) => {
		if (!isPipelineError(error) || FINAL.has(error.code)) return undefined;
		const { retryAfterMs, status } = error.details;
		const said = error.code === 'RATE_LIMITED' ? 429 : (status ?? 'no-answer');
		if (!mayRepeat(said, idempotent(question))) return undefined;
		const { deadlineAt } = question;
		return retryDelay(policy, { attempt, retryAfterMs, now: now(), deadlineAt, random: random() });
	};
	return (next) => async (question) => {
		for (let attempt = 1; ; attempt += 1) {
			try {
				return await next(question);
			} catch (error) {
				const delay = delayAfter(error, question, attempt);
				if (delay === undefined) throw error;
				await sleep(delay, question.signal);
			}
		}
	};
}
