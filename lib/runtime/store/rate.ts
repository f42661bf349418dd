import { PipelineError } from '../../domain/errors';
import type { Permit, RateLimit } from './port';

/**
 * The rule behind `take`, for engines that run it in a transaction; redis-entry-scripts.ts says the same in Lua.
 * rate-limiter-flexible counts in fixed windows, which let twice the limit pass at a border, and reads
 * its own clock.
 */
export interface Decision {
	readonly permit: Permit;
	/** To be kept until `expiresAt`; after that an empty state means the same. */
	readonly state: string;
	readonly expiresAt: number;
}

/** A window is counted in so many slots: never more than the limit, at most 1/20 of the window late. */
export const WINDOW_SLOTS = 20;

export function decide(
	state: string | undefined,
	limit: RateLimit,
	{ cost, now }: { readonly cost: number; readonly now: number },
): Decision {
	return limit.kind === 'bucket'
		? fromBucket(state, limit, { cost, now })
		: fromWindow(state, limit, { cost, now });
}

/** A permit that never comes would be waited for forever. */
export function checkCost(key: string, limit: RateLimit, cost: number) {
	const pace = limit.kind === 'bucket' ? limit.refillPerSecond : limit.windowMs;
	if (cost > 0 && cost <= limit.capacity && pace > 0) return;
	throw new PipelineError(
		'CONFIG_INVALID',
		`The limit "${key}" of ${limit.capacity} (pace ${pace}) can never give ${cost} permits`,
	);
}

/** 1000 refills of 0.001 are one permit, whatever floats make of them. */
const ROUNDING = 1e-9;

/** The state: `tokens|at`. */
function fromBucket(
	state: string | undefined,
	{ capacity, refillPerSecond }: Extract<RateLimit, { kind: 'bucket' }>,
	{ cost, now }: { readonly cost: number; readonly now: number },
): Decision {
	const perMs = refillPerSecond / 1000;
	const [kept = capacity, at = now] = (state?.split('|') ?? []).map(Number);
	const full = Math.min(capacity, kept + Math.max(0, now - at) * perMs);
	const allowed = full + ROUNDING >= cost;
	const tokens = Math.max(0, allowed ? full - cost : full);
	return {
		permit: {
			allowed,
			remaining: Math.floor(tokens + ROUNDING),
			retryAfterMs: allowed ? 0 : Math.ceil((cost - full) / perMs - ROUNDING),
		},
		state: `${tokens}|${Math.max(at, now)}`,
		expiresAt: Math.max(at, now) + Math.ceil((capacity - tokens) / perMs) + 1,
	};
}

/** The state: `slot:count slot:count …`, oldest first. */
function fromWindow(
	state: string | undefined,
	{ capacity, windowMs }: Extract<RateLimit, { kind: 'window' }>,
	{ cost, now }: { readonly cost: number; readonly now: number },
): Decision {
	const slotMs = windowMs / WINDOW_SLOTS;
	const endOf = (slot: number) => Math.ceil((slot + 1) * slotMs + windowMs);
	const slots = readSlots(state).filter(({ slot }) => endOf(slot) > now);
	const used = slots.reduce((sum, { count }) => sum + count, 0);
	const allowed = used + cost <= capacity;
	let over = used + cost - capacity;
	const enough = slots.find(({ count }) => (over -= count) <= 0);
	if (allowed) addTo(slots, Math.floor(now / slotMs), cost);
	return {
		permit: {
			allowed,
			remaining: capacity - used - (allowed ? cost : 0),
			retryAfterMs: allowed || !enough ? 0 : endOf(enough.slot) - now,
		},
		state: slots.map(({ slot, count }) => `${slot}:${count}`).join(' '),
		expiresAt: endOf(slots.at(-1)?.slot ?? 0),
	};
}

interface Slot {
	readonly slot: number;
	count: number;
}

const readSlots = (state = ''): Slot[] =>
	state
		.split(' ')
		.filter(Boolean)
		.map((text) => {
			const [slot = 0, count = 0] = text.split(':').map(Number);
			return { slot, count };
		});

/** A clock that went back counts in the newest slot. */
function addTo(slots: Slot[], slot: number, cost: number) {
	const last = slots.at(-1);
	if (last && last.slot >= slot) last.count += cost;
	else slots.push({ slot, count: cost });
}
