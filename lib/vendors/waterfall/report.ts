import { conclude, type Provenance } from '../../domain/enrichment';
import { shares, usdOf, sumOf } from '../../domain/enrichment-cost';
import { FIELD_PATHS, missingOf, type FieldPath } from '../../domain/enrichment-fields';
import type { Merged } from '../../domain/enrichment-merge';
import type { Ranked } from '../../domain/enrichment-rank';
import type { Lead } from '../../domain/lead';
import type { Enriched, Enrichment, EnrichmentOrder, SaidEmployer } from './order';
import type { Answer, StepEnd } from './step-end';

export interface Outcome {
	readonly order: EnrichmentOrder;
	readonly merged: Merged<Answer>;
	/** Wanted and not there, or too old. */
	readonly missing: readonly FieldPath[];
	readonly ends: readonly StepEnd[];
	/** Why nobody was asked. */
	readonly bar: string | null;
	readonly durationMs: number;
	/** Epoch ms. */
	readonly now: number;
	readonly explained: readonly Ranked[] | undefined;
}

/** What a run over the steps comes to. */
export function reportOf(outcome: Outcome): Enriched {
	const { merged, missing, ends, bar, explained } = outcome;
	const answers = ends.flatMap((end) => end.answers);
	const steps = ends.map(({ report }) => report);
	const pending = ends.flatMap((end) => end.pending ?? []);
	const cost = usdOf(sumOf(answers.map((answer) => answer.cost)));
	const enrichment: Enrichment = {
		...(bar === null ? conclude(steps, missing) : { status: 'skipped', reason: bar }),
		filled: merged.filled,
		fields: provenance(outcome, merged.lead),
		missing,
		conflicts: merged.conflicts,
		...(Object.keys(merged.alternatives).length > 0 && { alternatives: merged.alternatives }),
		...(pending.length > 0 && missing.length > 0 && { pending }),
		steps,
		...(explained && { order: explained }),
		credits: steps.reduce((sum, step) => sum + Math.round(step.credits * 1_000), 0) / 1_000,
		...(cost !== undefined && { cost }),
		cached: answers.length > 0 && answers.every(({ cached }) => cached),
		durationMs: outcome.durationMs,
		enrichedAt: new Date(outcome.now).toISOString(),
	};
	const failure = ends.findLast((end) => end.failure)?.failure;
	const everybodyFailed = answers.length === 0 && failure !== undefined;
	const employers = answers.flatMap(employerOf);
	return {
		enrichment,
		facts: merged.facts,
		employers,
		...(everybodyFailed && { failure }),
	};
}

/** Of the values that are in the lead: those filled now, and those that an earlier enrichment filled. */
function provenance({ order, merged }: Outcome, lead: Lead): Enrichment['fields'] {
	const there = FIELD_PATHS.filter((path) => missingOf(lead, [path]).length === 0);
	const costs = costByField(merged.sources);
	const rows = there.flatMap((path): Array<readonly [FieldPath, Provenance]> => {
		const source = merged.sources.get(path);
		const filled = merged.filled[path];
		if (!source || !filled) {
			const before = order.known?.[path];
			return before ? [[path, before]] : [];
		}
		const { apiVersion } = source;
		const cost = costs.get(path);
		const now = {
			...filled,
			...(cost !== undefined && { cost }),
			...(apiVersion && { apiVersion }),
		};
		return [[path, now]];
	});
	return Object.fromEntries(rows);
}

/** What an answer cost, in equal shares over the fields that were taken from it, in dollars. */
function costByField(sources: ReadonlyMap<FieldPath, Answer>): ReadonlyMap<FieldPath, number> {
	const costs = new Map<FieldPath, number>();
	for (const answer of new Set(sources.values())) {
		const paths = [...sources].filter(([, source]) => source === answer).map(([path]) => path);
		const { microUsd } = answer.cost;
		if (microUsd === undefined) continue;
		const parts = shares(microUsd, paths.length);
		paths.forEach((path, place) => costs.set(path, (parts[place] ?? 0) / 1e6));
	}
	return costs;
}

function employerOf({ employer, provider, at }: Answer): SaidEmployer[] {
	return employer ? [{ ...employer, saidBy: provider, at }] : [];
}

/** One line for the lead's timeline: `apollo hit, hunter no-match: 5 fields filled, missing …`. */
export function noteOf({ status, reason, filled, missing, steps }: Enrichment): string {
	if (status === 'skipped') return `not enriched: ${reason}`;
	const asked = steps
		.filter(({ outcome }) => outcome !== 'skipped')
		.map(({ provider, outcome, code }) => `${provider} ${code ?? outcome}`);
	const found = `${Object.keys(filled).length} fields filled`;
	const left = missing.length > 0 ? `, missing ${missing.join(', ')}` : '';
	return `${asked.length ? asked.join(', ') : 'nobody asked'}: ${found}${left}`;
}
