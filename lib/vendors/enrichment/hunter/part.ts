import type { Employer, Facts, FieldPath, Lookup } from '../port';

/** What one call of several found. */
export interface Part {
	readonly facts: Facts;
	readonly credits: number;
	readonly apiVersion?: string;
	readonly confidence?: number;
	readonly unanswered?: readonly FieldPath[];
	readonly employer?: Employer;
}

export const NOTHING: Part = { facts: {}, credits: 0 };

export const knowsSomething = ({ facts }: Part) => Object.keys(facts).length > 0;

/** One answer of several calls; what a later call says stands over what an earlier one did. */
export function together(parts: readonly Part[]): Lookup {
	const version = parts.find((part) => part.apiVersion)?.apiVersion;
	const confidence = parts.find((part) => part.confidence !== undefined)?.confidence;
	const employer = parts.find((part) => part.employer)?.employer;
	const shared = {
		credits: parts.reduce((sum, part) => sum + part.credits, 0),
		unanswered: parts.flatMap((part) => part.unanswered ?? []),
		...(version && { apiVersion: version }),
	};
	if (!parts.some(knowsSomething)) return { kind: 'no-match', ...shared };
	const fields: Facts = Object.assign({}, ...parts.map((part) => part.facts));
	return {
		kind: 'found',
		fields,
		...shared,
		...(confidence !== undefined && { confidence }),
		...(employer && { employer }),
	};
}
