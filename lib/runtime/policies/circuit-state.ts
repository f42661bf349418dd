import { z } from 'zod';

/** When a circuit opens and for how long. Times in ms. */
export interface CircuitPolicy {
	/** Calls of this last stretch are counted. */
	readonly windowMs: number;
	/** Fewer calls than this say nothing. */
	readonly minimumCalls: number;
	/** Opens when a smaller part of the calls than this succeeded. 0 to 1. */
	readonly successFloor: number;
	/** First pause; doubled by each failed probe. */
	readonly openMs: number;
	readonly maxOpenMs: number;
}

/** For writes: a CRM or calendar that fails every second call is better left alone. */
export const DEFAULT_CIRCUIT: CircuitPolicy = {
	windowMs: 60_000,
	minimumCalls: 20,
	successFloor: 0.5,
	openMs: 15_000,
	maxOpenMs: 300_000,
};

/** For providers that another one can stand in for: "provider success under 90 %". */
export const UNDER_90_PERCENT: CircuitPolicy = { ...DEFAULT_CIRCUIT, successFloor: 0.9 };

const Tally = z.object({ ok: z.number(), failed: z.number() });
export type Tally = Readonly<z.infer<typeof Tally>>;

/** `openings` 0: closed. Calls are counted from `since` on; before it, another state was in force. Epoch ms. */
export const CircuitState = z.object({
	since: z.number(),
	openings: z.number(),
	openUntil: z.number(),
	/** What made it open, for the message. */
	tally: Tally,
});
export type CircuitState = Readonly<z.infer<typeof CircuitState>>;

export const CLOSED: CircuitState = {
	since: 0,
	openings: 0,
	openUntil: 0,
	tally: { ok: 0, failed: 0 },
};

/** What a circuit says to the next call. `probe`: one may try. */
export const admission = ({ openings, openUntil }: CircuitState, now: number) => {
	if (openings === 0) return 'call';
	return now < openUntil ? 'wait' : 'probe';
};

export function shouldOpen(policy: CircuitPolicy, { ok, failed }: Tally): boolean {
	const calls = ok + failed;
	return calls >= policy.minimumCalls && ok / calls < policy.successFloor;
}

/** The circuit after it opened, or opened once more because its probe failed. */
export function opened(
	policy: CircuitPolicy,
	{ openings }: CircuitState,
	{ now, tally }: { readonly now: number; readonly tally: Tally },
): CircuitState {
	const pause = Math.min(policy.maxOpenMs, policy.openMs * 2 ** Math.min(openings, 20));
	return { since: now, openings: openings + 1, openUntil: now + pause, tally };
}

/** The circuit after a probe succeeded: nothing of what was counted before is held against it. */
export const closed = (now: number): CircuitState => ({ ...CLOSED, since: now });
