import type { Limits, Permit, RateLimit } from './store/port';
import { decide } from './store/rate';

/** Permits per source, shared by all processes while the store answers, and per process while it does not. */
export interface SourceLimit {
	take(store: Limits, key: string, limit: RateLimit): Promise<Permit>;
}

/** How long a store that failed is left alone: every delivery would wait for it, and senders do not. */
const LEAVE_ALONE_MS = 10_000;
/** Many addresses cost an attacker nothing, and must not cost us memory. */
const MAX_SOURCES = 20_000;

export function sourceLimit({
	now,
	maxSources = MAX_SOURCES,
}: {
	readonly now: () => number;
	readonly maxSources?: number;
}): SourceLimit {
	const states = new Map<string, { readonly state: string; readonly expiresAt: number }>();
	const away = new WeakMap<Limits, number>();

	const takeHere = (key: string, limit: RateLimit): Permit => {
		const kept = states.get(key);
		const state = kept && kept.expiresAt > now() ? kept.state : undefined;
		const decision = decide(state, limit, { cost: 1, now: now() });
		// Put last again: the first ones are those not heard of for longest.
		states.delete(key);
		states.set(key, decision);
		if (states.size > maxSources) states.delete(states.keys().next().value ?? key);
		return decision.permit;
	};

	return {
		/** What this process alone has seen too much of, no store need be asked about. */
		async take(store, key, limit) {
			const here = takeHere(key, limit);
			if (!here.allowed || (away.get(store) ?? 0) > now()) return here;
			try {
				return await store.take(key, limit);
			} catch {
				away.set(store, now() + LEAVE_ALONE_MS);
				return here;
			}
		},
	};
}
