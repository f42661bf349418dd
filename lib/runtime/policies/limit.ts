import { isPipelineError, PipelineError } from '../../domain/errors';
import { memoryStore } from '../store/memory';
import type { Permit, RateLimit, Store } from '../store/port';
import { slots } from './slots';
import { sleep as realSleep, type Sleep } from './sleep';
import type { Budget, Policy } from './wrap';

export interface LimitPolicy {
	/** Shared by all workers that use the credential. */
	readonly rate: RateLimit;
	/** Calls under way at once, in this process. */
	readonly concurrency: number;
}

export interface GateOptions {
	/** Names the limit in the store: vendor and credential. */
	readonly key: string;
	readonly policy: LimitPolicy;
	/** Undefined or throwing: this process limits itself. */
	readonly store: () => Promise<Store | undefined>;
	readonly now: () => number;
	readonly sleep?: Sleep;
}

export type Gate = ReturnType<typeof rateGate>;

/** Permits are fetched this many at a time (of the capacity), and are good for so long. */
const SHARE = 1 / 20;
const GOOD_FOR_MS = 1_000;
/** A vendor that names the end of its day is asked again before: its plan may have been raised. */
const PAUSE_MAX_MS = 15_000;

/**
 * Lets no more calls of a credential through than its vendor allows: at most `concurrency` at once, at
 * the shared rate, and none while the vendor's own `Retry-After` runs. A call waits inside its deadline
 * or fails with `RATE_LIMITED`. Permits are fetched a few at a time, so that most calls ask nobody.
 * rate-limiter-flexible would bring its own stores and clock; the rate is the store's `take`.
 */
export function rateGate({ key, policy, store, now, sleep = realSleep }: GateOptions) {
	const { rate } = policy;
	const insurance = memoryStore(now);
	const held = slots(policy.concurrency);
	const share = Math.max(1, Math.floor(rate.capacity * SHARE));
	let stock = { permits: 0, until: 0 };
	let fetching: Promise<number> | undefined;
	let pausedUntil = 0;

	const take = async (cost: number): Promise<Permit> => {
		try {
			const permit = await (await store())?.take(`limit:${key}`, rate, cost);
			if (permit) return permit;
		} catch {
			// A limit is no reason to lose a lead: this process keeps to it alone.
		}
		return await insurance.take(key, rate, cost);
	};

	/** Fills the stock; returns how long to wait when there is nothing to fill it with. */
	const fetch = async (): Promise<number> => {
		const many = await take(share);
		const permit = many.allowed || share === 1 ? many : await take(1);
		if (!permit.allowed) return permit.retryAfterMs;
		stock = { permits: many.allowed ? share : 1, until: now() + GOOD_FOR_MS };
		return 0;
	};

	/** Ms to wait until asking again, or 0: the permit is ours. */
	const tryPass = async (): Promise<number> => {
		for (;;) {
			if (pausedUntil > now()) return pausedUntil - now();
			if (stock.permits > 0 && stock.until > now()) {
				stock.permits -= 1;
				return 0;
			}
			fetching ??= fetch().finally(() => (fetching = undefined));
			const wait = await fetching;
			if (wait > 0) return wait;
		}
	};

	return {
		async enter(vendor: string, { deadlineAt, signal }: Budget) {
			await held.take(signal);
			try {
				for (let wait = await tryPass(); wait > 0; wait = await tryPass()) {
					if (now() + wait >= deadlineAt) throw tooMany(vendor, wait);
					await sleep(wait, signal);
				}
			} catch (error) {
				held.give();
				throw error;
			}
		},
		leave: held.give,
		/** The vendor said how long it wants to be left alone: that goes for everyone on the credential. */
		pause(ms: number) {
			pausedUntil = Math.max(pausedUntil, now() + Math.min(ms, PAUSE_MAX_MS));
		},
	};
}

export function limit<Question extends Budget, Answer>(
	vendor: string,
	gate: Gate,
): Policy<Question, Answer> {
	return (next) => async (question) => {
		await gate.enter(vendor, question);
		try {
			return await next(question);
		} catch (error) {
			if (isPipelineError(error) && error.code === 'RATE_LIMITED') {
				gate.pause(error.details.retryAfterMs ?? 0);
			}
			throw error;
		} finally {
			gate.leave();
		}
	};
}

const tooMany = (vendor: string, retryAfterMs: number) =>
	new PipelineError(
		'RATE_LIMITED',
		`More calls to ${vendor} are wanted than its limit allows: the next is free in ${Math.ceil(retryAfterMs / 1000)} s`,
		{ vendor, retryAfterMs },
	);
