import { PipelineError } from '../../domain/errors';
import type { Budget, Policy } from './wrap';

export interface DeadlineOptions {
	/** Named in errors. */
	readonly vendor: string;
	readonly now?: () => number;
	/** Calls back after `ms`; returns how to forget it. */
	readonly after?: (ms: number, then: () => void) => () => void;
}

/**
 * One end for everything below: tries, waits and the socket. What is below gets a signal that is
 * aborted at `deadlineAt` (`TIMEOUT`) or with the caller's own signal (`CANCELLED`), and is not waited
 * for any longer, should it not listen.
 */
export function deadline<Question extends Budget, Answer>({
	vendor,
	now = Date.now,
	after = timer,
}: DeadlineOptions): Policy<Question, Answer> {
	return (next) => async (question) => {
		const left = question.deadlineAt - now();
		if (left <= 0) throw outOfTime(vendor);
		const abort = new AbortController();
		const cancel = () => abort.abort(cancelled(vendor));
		if (question.signal?.aborted) throw cancelled(vendor);
		question.signal?.addEventListener('abort', cancel, { once: true });
		const forget = after(left, () => abort.abort(outOfTime(vendor)));
		try {
			return await Promise.race([next({ ...question, signal: abort.signal }), over(abort.signal)]);
		} finally {
			forget();
			question.signal?.removeEventListener('abort', cancel);
		}
	};
}

const over = async (signal: AbortSignal) =>
	await new Promise<never>((_, failed) =>
		signal.addEventListener('abort', () => failed(signal.reason), { once: true }),
	);

export const outOfTime = (vendor: string) =>
	new PipelineError('TIMEOUT', `No time was left to call ${vendor}`, { vendor });

const cancelled = (vendor: string) =>
	new PipelineError('CANCELLED', `The execution was stopped while it called ${vendor}`, { vendor });

function timer(ms: number, then: () => void) {
	const handle = setTimeout(then, ms);
	return () => clearTimeout(handle);
}
