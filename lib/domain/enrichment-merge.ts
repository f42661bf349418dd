import {
	FIELD_PATHS,
	missingOf,
	valueAt,
	withFacts,
	withoutFields,
	type FactValue,
	type FieldPath,
	type Facts,
} from './enrichment-fields';
import { contradicts, judgeCompanies, type Conflict } from './enrichment-company';
import {
	confidenceOf,
	trustIn,
	type Filled,
	type MergeRules,
	type Offer,
} from './enrichment-offer';
import type { Lead } from './lead';

/** A value that was offered and not taken. */
export interface Alternative extends Filled {
	readonly value: FactValue;
}

export interface Merged<From extends Offer = Offer> {
	readonly lead: Lead;
	/** What goes into the lead. */
	readonly facts: Facts;
	readonly filled: Readonly<Partial<Record<FieldPath, Filled>>>;
	/** The answer that each filled field was taken from. */
	readonly sources: ReadonlyMap<FieldPath, From>;
	readonly conflicts: readonly Conflict[];
	readonly alternatives: Readonly<Partial<Record<FieldPath, readonly Alternative[]>>>;
}

/**
 * Puts into the lead what it does not have, out of all answers at once: the result depends on what was
 * answered, never on who answered first. A field of the lead that has a value is not overwritten unless
 * it is stale; among providers the lower rank stands, unless the other is trusted more for this field
 * and is not less sure. When a provider speaks of another company, neither its company facts nor the job
 * are taken: the size of one company under the name of another would be worse than no size.
 */
export function mergeOffers<From extends Offer>(
	lead: Lead,
	offers: readonly From[],
	rules: MergeRules = {},
): Merged<From> {
	const stale = rules.stale ?? new Map<FieldPath, number | undefined>();
	const known = withoutFields(lead, [...stale.keys()]);
	const { judged, conflicts } = judgeCompanies(known, offers, rules);
	const ranked = [...judged].sort((a, b) => a.offer.rank - b.offer.rank);
	const open = new Set(missingOf(known, FIELD_PATHS));
	const sources = new Map<FieldPath, From>();
	const alternatives: Partial<Record<FieldPath, readonly Alternative[]>> = {};
	for (const path of FIELD_PATHS) {
		const said = ranked
			.filter(({ offer, withheld }) => offer.facts[path] !== undefined && !withheld.has(path))
			.map(({ offer }) => offer);
		const able = said.filter(({ allowed }) => open.has(path) && allowed.includes(path));
		const winner = able
			.filter((offer) => !lessSure(confidenceOf(offer, path), stale.get(path)))
			.reduce<From | undefined>(
				(best, next) => (!best || outranks(path, rules, { best, next }) ? next : best),
				undefined,
			);
		if (winner) sources.set(path, winner);
		const others = differing(path, winner?.facts[path] ?? valueAt(lead, path), said);
		if (others.length > 0) alternatives[path] = others;
	}
	const facts: Facts = Object.fromEntries(
		[...sources].map(([path, { facts: from }]) => [path, from[path]]),
	);
	return {
		lead: withFacts(lead, facts),
		facts,
		filled: Object.fromEntries([...sources].map(([path, offer]) => [path, sourceOf(offer, path)])),
		sources,
		conflicts,
		alternatives,
	};
}

/** Whether `next` takes the place of what a lower rank said. */
function outranks(
	path: FieldPath,
	rules: MergeRules,
	{ best, next }: Record<'best' | 'next', Offer>,
) {
	const lower = lessSure(confidenceOf(next, path), confidenceOf(best, path));
	return trustIn(next, path, rules) < trustIn(best, path, rules) && !lower;
}

/** Only what both say can be compared. */
const lessSure = (one: number | undefined, other: number | undefined) =>
	one !== undefined && other !== undefined && one < other;

function sourceOf(offer: Offer, path: FieldPath): Filled {
	const confidence = confidenceOf(offer, path);
	const { provider, at } = offer;
	return { provider, at, ...(confidence !== undefined && { confidence }) };
}

/** Each other value once, from the best ranked of those who say it. */
function differing(path: FieldPath, kept: unknown, said: readonly Offer[]): Alternative[] {
	const others: Alternative[] = [];
	for (const offer of said) {
		const value = offer.facts[path];
		if (value === undefined || !contradicts(path, kept, value)) continue;
		if (others.every((other) => contradicts(path, other.value, value)))
			others.push({ value, ...sourceOf(offer, path) });
	}
	return others;
}

/** Fields whose value an earlier enrichment brought, too long ago for the limit (ms by field). */
export function staleFields(
	lead: Lead,
	known: Readonly<Partial<Record<FieldPath, Filled>>>,
	limits: { readonly maxAgeMs: Readonly<Partial<Record<FieldPath, number>>>; readonly now: number },
): ReadonlyMap<FieldPath, number | undefined> {
	const old = FIELD_PATHS.filter((path) => {
		const [source, limit] = [known[path], limits.maxAgeMs[path]];
		if (!source || limit === undefined || missingOf(lead, [path]).length > 0) return false;
		return !(limits.now - Date.parse(source.at) < limit);
	});
	return new Map(old.map((path) => [path, known[path]?.confidence]));
}
