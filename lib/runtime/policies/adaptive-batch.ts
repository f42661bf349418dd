import { isPipelineError, PipelineError } from '../../domain/errors';

/** Additive increase, multiplicative decrease, as TCP does it (RFC 5681). */
export interface BatchPolicy {
	readonly min: number;
	/** What the vendor takes at once. */
	readonly max: number;
	/** Grows by so many items after each answer within `fastMs`. */
	readonly step: number;
	readonly fastMs: number;
	/** Halves after an answer slower than this, or after a 429. */
	readonly slowMs: number;
}

export interface BatchOutcome {
	readonly size: number;
	readonly tookMs: number;
	readonly throttled: boolean;
}

/** The size of the next batch. A batch that was not full proves nothing about a fuller one: no growth. */
export function nextBatchSize(policy: BatchPolicy, size: number, outcome: BatchOutcome): number {
	const { min, max, step, fastMs, slowMs } = policy;
	const bounded = (wanted: number) => Math.max(min, Math.min(max, wanted));
	if (outcome.throttled || outcome.tookMs > slowMs) return bounded(Math.floor(size / 2));
	return bounded(outcome.size >= size && outcome.tookMs <= fastMs ? size + step : size);
}

/**
 * Sends all items in batches of the size that the vendor bears at the moment; answers in the order of
 * the items. A batch that was throttled although retried is halved and sent again, until one item alone
 * is refused: then its error is thrown.
 */
export async function inBatches<Item, Answer>(
	items: readonly Item[],
	send: (batch: readonly Item[]) => Promise<readonly Answer[]>,
	{ policy, now = Date.now }: { readonly policy: BatchPolicy; readonly now?: () => number },
): Promise<Answer[]> {
	const sendAll = async (batch: readonly Item[]) => {
		const answered = await send(batch);
		if (answered.length === batch.length) return answered;
		const counts = `${answered.length} answers to ${batch.length} items`;
		throw new PipelineError('INTERNAL', `A batch gave ${counts}`);
	};
	const answers: Answer[] = [];
	let size = policy.max;
	while (answers.length < items.length) {
		const batch = items.slice(answers.length, answers.length + size);
		const from = now();
		const adapt = (throttled: boolean) =>
			nextBatchSize(policy, size, { size: batch.length, tookMs: now() - from, throttled });
		try {
			answers.push(...(await sendAll(batch)));
			size = adapt(false);
		} catch (error) {
			const throttled = isPipelineError(error) && error.code === 'RATE_LIMITED';
			if (!throttled || batch.length <= policy.min) throw error;
			size = Math.min(adapt(true), Math.max(policy.min, Math.floor(batch.length / 2)));
		}
	}
	return answers;
}
