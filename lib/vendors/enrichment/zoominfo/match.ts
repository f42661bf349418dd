import { facts } from '../../../domain/enrichment-facts';
import { isPipelineError, PipelineError } from '../../../domain/errors';
import type { Lookup } from '../port';
import { knowsSomething } from '../wire';
import {
	accuracyOf,
	companyFacts,
	contactFacts,
	employerIn,
	type Company,
	type Contact,
} from './answers';

/** One record of an answer: what ZoomInfo says of the input, and what it knows. */
export interface Matched<Known> {
	readonly status: string | null | undefined;
	readonly known: Known | undefined;
	/** Id of the provider, for errors. */
	readonly vendor: string;
}

/** All others, NO_MATCH, OPT_OUT and every NON_MATCH_BY_…, mean nobody, and cost nothing. */
const MATCHES = new Set(['FULL_MATCH', 'CONTACT_ONLY_MATCH', 'COMPANY_ONLY_MATCH']);

export function contactOf({ status, known, vendor }: Matched<Contact>): Lookup | PipelineError {
	const refused = refusal(status, vendor);
	if (refused) return refused;
	if (!known || !MATCHES.has(status ?? '')) return { kind: 'no-match', credits: 0 };
	const fields = facts(contactFacts(known));
	if (!knowsSomething(fields)) return { kind: 'no-match', credits: 1 };
	return { kind: 'found', fields, credits: 1, ...accuracyOf(known), ...employerIn(known) };
}

export function companyOf({ status, known, vendor }: Matched<Company>): Lookup | PipelineError {
	const refused = refusal(status, vendor);
	if (refused) return refused;
	if (!known || !MATCHES.has(status ?? '')) return { kind: 'no-match', credits: 0 };
	const fields = facts(companyFacts(known));
	if (!knowsSomething(fields)) return { kind: 'no-match', credits: 1 };
	return { kind: 'found', fields, credits: 1 };
}

/** What went wrong with one record, inside a 200. */
function refusal(status: string | null | undefined, vendor: string): PipelineError | undefined {
	if (status === 'LIMIT_EXCEEDED') {
		return new PipelineError('QUOTA_EXHAUSTED', `${vendor} answered LIMIT_EXCEEDED`, { vendor });
	}
	if (status !== 'INVALID_INPUT') return undefined;
	const message = `${vendor} answered INVALID_INPUT: it cannot search with the address, name or domain of this lead`;
	return new PipelineError('INVALID_INPUT', message, { vendor });
}

export const unanswered = (vendor: string) =>
	new PipelineError('UPSTREAM_UNAVAILABLE', `${vendor} left a record without an answer`, {
		vendor,
	});

/** The only answer to a question about one record. Throws what went wrong with it. */
export function onlyOf(answer: Lookup | PipelineError | undefined, vendor: string): Lookup {
	if (!answer) throw unanswered(vendor);
	if (isPipelineError(answer)) throw answer;
	return answer;
}
