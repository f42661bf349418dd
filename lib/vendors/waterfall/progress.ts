import { missingOf, type FieldPath } from '../../domain/enrichment-fields';
import { mergeOffers, staleFields, type Merged } from '../../domain/enrichment-merge';
import type { Lead } from '../../domain/lead';
import { fillsOf } from './legs';
import type { EnrichmentOrder, Step } from './order';
import type { Answer, StepEnd } from './step-end';

export interface Progress {
	/** The lead with all that was answered so far. */
	lead(): Lead;
	merged(): Merged<Answer>;
	/** Wanted and not there, or too old. */
	missing(): readonly FieldPath[];
	/** What is missing and the step may fill. */
	needOf(step: Step): readonly FieldPath[];
	end(rank: number, how: StepEnd): void;
	endOf(rank: number): StepEnd | undefined;
	/** Whether no provider was really asked yet. */
	untouched(): boolean;
}

/** The lead between its steps. */
export function progressOf(lead: Lead, order: EnrichmentOrder, now: number): Progress {
	const stale = staleFields(lead, order.known ?? {}, { maxAgeMs: order.maxAgeMs ?? {}, now });
	const rules = { stale, ...(order.precedence && { precedence: order.precedence }) };
	const ends = new Map<number, StepEnd>();
	let merged: Merged<Answer> = mergeOffers(lead, [], rules);

	const missing = () =>
		order.wanted.filter((path) =>
			stale.has(path) ? !merged.sources.has(path) : missingOf(merged.lead, [path]).length > 0,
		);

	return {
		lead: () => merged.lead,
		merged: () => merged,
		missing,
		needOf(step) {
			const fills = fillsOf(step);
			return missing().filter((path) => fills.includes(path));
		},
		end(rank, how) {
			ends.set(rank, how);
			if (how.answers.length === 0) return;
			const answers = [...ends.values()].flatMap((one) => one.answers);
			merged = mergeOffers(lead, answers, rules);
		},
		endOf: (rank) => ends.get(rank),
		untouched: () => [...ends.values()].every(({ report }) => report.outcome === 'skipped'),
	};
}
