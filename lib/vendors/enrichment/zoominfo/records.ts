import { z } from 'zod';
import { loose } from '../../../domain/enrichment-facts';
import type { PipelineError } from '../../../domain/errors';
import type { Lead } from '../../../domain/lead';
import { readAnswer } from '../../../runtime/answer';
import type { HttpResponse } from '../../../runtime/http';
import type { Lookup } from '../port';
import { part } from '../wire';
import { Company, Contact } from './answers';
import { personInput } from './input';
import { companyOf, contactOf, unanswered, type Matched } from './match';
import { placed } from './place';

const VENDOR = 'zoominfo';
const meta = part({
	matchStatus: loose.text,
	input: z.record(z.string(), z.unknown()).nullish().catch(undefined),
});

// https://docs.zoominfo.com/reference/enrichinterface_enrichcontact: without a match there are no attributes.
const Contacts = z.object({ data: z.array(z.object({ attributes: Contact.nullish(), meta })) });
const Companies = z.object({ data: z.array(z.object({ attributes: Company.nullish(), meta })) });

/** One answer for each lead, in their order, as ZoomInfo keeps it. */
export function readContacts(
	response: HttpResponse,
	leads: readonly Lead[],
): ReadonlyArray<Lookup | PipelineError> {
	const { data } = readAnswer(Contacts, response, VENDOR);
	const inOrder = placed(data, leads.map(personInput), (record) => record.meta?.input);
	return inOrder.map((record) => (record ? contactOf(matched(record)) : unanswered(VENDOR)));
}

export function readCompany(response: HttpResponse): Lookup | PipelineError {
	const [record] = readAnswer(Companies, response, VENDOR).data;
	return record ? companyOf(matched(record)) : unanswered(VENDOR);
}

const matched = <Known>(record: {
	readonly attributes?: Known | null | undefined;
	readonly meta?: { readonly matchStatus?: string | null | undefined } | null | undefined;
}): Matched<Known> => ({
	status: record.meta?.matchStatus,
	known: record.attributes ?? undefined,
	vendor: VENDOR,
});
