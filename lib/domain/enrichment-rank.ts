/** What was seen of a provider, for one kind of lead. Counts fade with time, so they need not be whole. */
export interface Seen {
	/** Calls that were completed, and of those the ones that knew the lead. A failure is neither. */
	readonly answered: number;
	readonly matched: number;
	readonly failed: number;
	/** Sums over the answers: ms, and millionths of a US dollar. */
	readonly latencyMs: number;
	readonly microUsd: number;
}

export interface Candidate {
	readonly provider: string;
	/** Undefined: never seen with this kind of lead. */
	readonly seen: Seen | undefined;
	/** By the price list, for one that nothing is known of. US dollars. */
	readonly usdPerHit: number | undefined;
}

export interface RankPolicy {
	/** Fewer answers than this say nothing, and the provider keeps its place. */
	readonly minimumAnswers: number;
	/** What a second of waiting is worth, US dollars: lets a fast provider win against a slightly cheaper one. */
	readonly usdPerSecond: number;
}

export const DEFAULT_RANK: RankPolicy = { minimumAnswers: 20, usdPerSecond: 0.005 };

/** Why a provider stands where it stands. */
export interface Ranked {
	readonly provider: string;
	/** Place before: 0 for the first step. */
	readonly step: number;
	/** `kept`: too little was seen, and it stays in its place. `explored`: tried first to learn more. */
	readonly by: 'learned' | 'kept' | 'explored' | 'fastest';
	/** What one lead that it knows costs, time included, US dollars: the lower is asked first. */
	readonly usdPerMatch?: number;
	/** 0 to 1. */
	readonly matchRate?: number;
	readonly averageMs?: number;
	readonly answers: number;
}

/**
 * The order that costs least for the same result, from what was seen: an answer's price and wait,
 * divided by how often it knows the lead. Providers of whom too little is known keep their places, and
 * the others are sorted among the places that are left.
 */
export function rankProviders(
	candidates: readonly Candidate[],
	policy: RankPolicy = DEFAULT_RANK,
): Ranked[] {
	const rated = candidates.map((candidate, step) => rate(candidate, step, policy));
	const learned = rated
		.filter(({ by }) => by === 'learned')
		.sort((a, b) => (a.usdPerMatch ?? 0) - (b.usdPerMatch ?? 0) || a.step - b.step);
	const next = learned.values();
	return rated.map((one) => (one.by === 'kept' ? one : (next.next().value ?? one)));
}

function rate({ provider, seen, usdPerHit }: Candidate, step: number, policy: RankPolicy): Ranked {
	const answers = Math.round(seen?.answered ?? 0);
	if (!seen || seen.answered < policy.minimumAnswers)
		return { provider, step, by: 'kept', answers };
	// One match and one miss more than seen: a provider is never certain, and never hopeless.
	const matchRate = (seen.matched + 1) / (seen.answered + 2);
	const averageMs = seen.latencyMs / seen.answered;
	const paid =
		seen.microUsd > 0 ? seen.microUsd / 1e6 / seen.answered : (usdPerHit ?? 0) * matchRate;
	const usdPerMatch = (paid + (averageMs / 1_000) * policy.usdPerSecond) / matchRate;
	return {
		provider,
		step,
		by: 'learned',
		usdPerMatch: rounded(usdPerMatch, 1e6),
		matchRate: rounded(matchRate, 1e3),
		averageMs: Math.round(averageMs),
		answers,
	};
}

const rounded = (value: number, unit: number) => Math.round(value * unit) / unit;

/** `seen` after `days` have passed: what is `halfLifeDays` old counts half. */
export function faded(seen: Seen, days: number, halfLifeDays = 14): Seen {
	const left = 0.5 ** (Math.max(0, days) / halfLifeDays);
	const { answered, matched, failed, latencyMs, microUsd } = seen;
	return {
		answered: answered * left,
		matched: matched * left,
		failed: failed * left,
		latencyMs: latencyMs * left,
		microUsd: microUsd * left,
	};
}

export const NOTHING_SEEN: Seen = {
	answered: 0,
	matched: 0,
	failed: 0,
	latencyMs: 0,
	microUsd: 0,
};

export function seenBoth(a: Seen, b: Seen): Seen {
	return {
		answered: a.answered + b.answered,
		matched: a.matched + b.matched,
		failed: a.failed + b.failed,
		latencyMs: a.latencyMs + b.latencyMs,
		microUsd: a.microUsd + b.microUsd,
	};
}
