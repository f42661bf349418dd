import type { Sleep } from '../../runtime/policies/sleep';
import type { Held, Store } from '../../runtime/store/port';

export interface TurnOptions {
	readonly store: () => Store | Promise<Store>;
	readonly now: () => number;
	readonly sleep: Sleep;
}

/** How often the store is asked whether the other worker has its answer. */
const POLL_MS = 100;
/** A worker that died holds the others up for so long at most beyond its call. */
const MARGIN_MS = 1_000;

/**
 * The right to ask a provider this question: two workers at once cost one call. Returns what is held,
 * or undefined once `answered` says that another worker has brought the answer, or at `deadlineAt`.
 */
export async function takeTurn(
	{ store, now, sleep }: TurnOptions,
	question: { readonly key: string; readonly deadlineAt: number },
	answered: (value: string | undefined) => boolean,
): Promise<Held | undefined> {
	const key = `asking:${question.key}`;
	const opened = await store();
	for (;;) {
		const until = Math.max(question.deadlineAt, now()) + MARGIN_MS;
		const [claim] = await opened.claim([{ key, leaseUntil: until, expiresAt: until }]);
		// Only now: what was read before the claim may be older than the answer of the last holder.
		const [value] = await opened.get([question.key]);
		const held = claim?.state === 'new' ? { key, token: claim.token } : undefined;
		if (answered(value)) {
			if (held) await opened.release([held]);
			return undefined;
		}
		if (held) return held;
		const left = question.deadlineAt - now();
		if (left <= 0) return undefined;
		await sleep(Math.min(POLL_MS, left));
	}
}
