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
