/** What every policy knows of a call: until when it may last, and whether somebody still waits for it. */
export interface Budget {
	/** Epoch ms. */
	readonly deadlineAt: number;
	/** Aborted with the `PipelineError` to fail with. */
	readonly signal?: AbortSignal | undefined;
}

export type Call<Question extends Budget, Answer> = (question: Question) => Promise<Answer>;

/** Makes a careful call out of a call. */
export type Policy<Question extends Budget, Answer> = (
	next: Call<Question, Answer>,
) => Call<Question, Answer>;

/**
 * One policy out of several, the outermost first: `wrap(retry, circuit, limit)` retries calls that
 * pass the circuit and then the limiter. The shape is cockatiel's; its policies themselves keep their
 * state in one process and do not see the vendor's `Retry-After`, which is why ours are written here.
 */
export function wrap<Question extends Budget, Answer>(
	...policies: readonly Policy<Question, Answer>[]
): Policy<Question, Answer> {
	return (call) => policies.reduceRight((next, policy) => policy(next), call);
}
