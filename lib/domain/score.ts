import { PipelineError } from './errors';

/** A rule with the answer to its conditions. */
export interface ScoreRule {
	readonly name: string;
	/** Rules of one group share a cap: `fit`, `engagement`, or any other name. */
	readonly group: string;
	/** Whole number; negative takes away. */
	readonly points: number;
	readonly matched: boolean;
}

export interface GroupCap {
	readonly group: string;
	readonly max: number;
}

export interface ScoreConfig {
	readonly threshold: number;
	readonly caps: readonly GroupCap[];
	readonly configVersion: string;
	/** ISO 8601, UTC. */
	readonly scoredAt: string;
}

export interface ScoredRule extends ScoreRule {
	/** What the rule gave in the end. */
	readonly awarded: number;
	/** Why it gave less than its points. */
	readonly reason?: string;
}

export interface ScoredGroup {
	readonly group: string;
	/** Points of the rules that matched. */
	readonly sum: number;
	readonly cap?: number;
	readonly awarded: number;
}

/** `value` is the sum of every `rules[].awarded` and every `adjustments[].points`, exactly. */
export interface Score {
	/** 0 to 100. */
	readonly value: number;
	readonly threshold: number;
	readonly band: 'mql' | 'not-yet';
	readonly rules: readonly ScoredRule[];
	readonly groups: readonly ScoredGroup[];
	/** What brought the sum back between 0 and 100. */
	readonly adjustments: ReadonlyArray<{ readonly reason: string; readonly points: number }>;
	readonly configVersion: string;
	readonly scoredAt: string;
}

export const LOWEST = 0;
export const HIGHEST = 100;

/** Adds up the rules that matched. Throws `CONFIG_INVALID` naming the parameter that cannot work. */
export function score(rules: readonly ScoreRule[], config: ScoreConfig): Score {
	const { threshold, configVersion, scoredAt } = config;
	check(rules, config);
	const caps = new Map(config.caps.map(({ group, max }) => [keyOf(group), max]));
	const scored = withinCaps(rules, caps);
	const sum = total(scored.map(({ awarded }) => awarded));
	const value = Math.min(HIGHEST, Math.max(LOWEST, sum));
	return {
		value,
		threshold,
		band: value >= threshold ? 'mql' : 'not-yet',
		rules: scored,
		groups: groupsOf(scored, caps),
		adjustments: value === sum ? [] : [{ reason: clampReason(sum), points: value - sum }],
		configVersion,
		scoredAt,
	};
}

/** One line for the lead's timeline: `72 of 60: Director or above +25, …`. */
export function scoreNote({ value, threshold, rules, adjustments }: Score): string {
	const signed = (points: number) => (points < 0 ? String(points) : `+${points}`);
	const parts = [
		...rules
			.filter(({ matched }) => matched)
			.map(({ name, awarded }) => `${name} ${signed(awarded)}`),
		...adjustments.map(({ reason, points }) => `${reason} ${signed(points)}`),
	];
	return `${value} of ${threshold}: ${parts.length ? parts.join(', ') : 'no rule matched'}`;
}

const keyOf = (group: string) => group.trim().toLowerCase();
const total = (points: readonly number[]) => points.reduce((sum, one) => sum + one, 0);

const clampReason = (sum: number) =>
	sum > HIGHEST ? `A score is at most ${HIGHEST}` : `A score is at least ${LOWEST}`;

/** A group's cap is used up in the order of the rules; what takes points away is never reduced. */
function withinCaps(rules: readonly ScoreRule[], caps: ReadonlyMap<string, number>): ScoredRule[] {
	const excess = new Map(
		[...caps].map(([group, max]) => [group, Math.max(0, sumOf(rules, group) - max)] as const),
	);
	const scored = rules.toReversed().map((rule): ScoredRule => {
		const group = keyOf(rule.group);
		const points = rule.matched ? rule.points : 0;
		const over = excess.get(group) ?? 0;
		const cut = Math.min(over, Math.max(0, points));
		if (cut === 0) return { ...rule, awarded: points };
		excess.set(group, over - cut);
		const reason = `'${rule.group}' gives at most ${caps.get(group)}`;
		return { ...rule, awarded: points - cut, reason };
	});
	return scored.toReversed();
}

const sumOf = (rules: readonly ScoreRule[], group: string) =>
	total(rules.map((rule) => (rule.matched && keyOf(rule.group) === group ? rule.points : 0)));

function groupsOf(rules: readonly ScoredRule[], caps: ReadonlyMap<string, number>): ScoredGroup[] {
	const names = new Map(rules.map(({ group }) => [keyOf(group), group.trim()]));
	return [...names].map(([key, group]) => {
		const cap = caps.get(key);
		const mine = rules.filter((rule) => keyOf(rule.group) === key);
		return {
			group,
			sum: sumOf(rules, key),
			...(cap !== undefined && { cap }),
			awarded: total(mine.map(({ awarded }) => awarded)),
		};
	});
}

function check(rules: readonly ScoreRule[], { threshold, caps }: ScoreConfig): void {
	if (rules.length === 0) fail("'Rules' is empty: no lead could ever qualify. Add a rule");
	const crooked = rules.find(({ points }) => !Number.isSafeInteger(points));
	if (crooked) fail(`'Points' of rule '${crooked.name}' is ${crooked.points}: use a whole number`);
	if (!(threshold >= LOWEST && threshold <= HIGHEST)) {
		fail(`'MQL Threshold' is ${threshold}: use a number from ${LOWEST} to ${HIGHEST}`);
	}
	const groups = new Set(rules.map(({ group }) => keyOf(group)));
	for (const { group, max } of caps) {
		if (!groups.has(keyOf(group)))
			fail(`'Group Caps' names '${group}', and no rule is in that group`);
		if (!Number.isSafeInteger(max) || max < 0) {
			fail(`'Group Caps' for '${group}' is ${max}: use a whole number of 0 or more`);
		}
	}
}

function fail(message: string): never {
	throw new PipelineError('CONFIG_INVALID', message);
}
