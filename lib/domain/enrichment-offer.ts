import type { FieldPath, Facts } from './enrichment-fields';

/** Who said it, when, and how sure. */
export interface Filled {
	readonly provider: string;
	/** When the provider was asked, ISO 8601 UTC; for a cached answer that is earlier than the run. */
	readonly at: string;
	/** 0 to 1. */
	readonly confidence?: number;
}

/** One provider's answer. */
export interface Offer extends Filled {
	readonly facts: Facts;
	/** What this answer may fill. */
	readonly allowed: readonly FieldPath[];
	/** Place of its step: of two that are trusted alike, the lower one's value stands. */
	readonly rank: number;
	readonly fieldConfidence?: Readonly<Partial<Record<FieldPath, number>>>;
}

export interface MergeRules {
	/** Providers by field, the most trusted first; those not named come after all that are. */
	readonly precedence?: Readonly<Partial<Record<FieldPath, readonly string[]>>>;
	/** Fields of the lead that are too old to count, with how sure their source was. */
	readonly stale?: ReadonlyMap<FieldPath, number | undefined>;
}

export const confidenceOf = ({ confidence, fieldConfidence }: Offer, path: FieldPath) =>
	fieldConfidence?.[path] ?? confidence;

/** The place of an answer's provider among those trusted for a field; `Infinity` for the others. */
export function trustIn({ provider }: Offer, path: FieldPath, { precedence }: MergeRules): number {
	const place = precedence?.[path]?.indexOf(provider) ?? -1;
	return place < 0 ? Infinity : place;
}
