import { z } from 'zod';
import { loose } from '../../../domain/enrichment-facts';
import type { ErrorCode } from '../../../domain/errors';
import { readAnswer } from '../../../runtime/answer';
import type { Http, HttpRequest, HttpResponse } from '../../../runtime/http';
import { vendorError } from '../../../runtime/vendor-error';
import { part, parts, present } from '../wire';

export const BASE = 'https://api.zoominfo.com/gtm/data/v1';

/** https://jsonapi.org/format/ */
const JSON_API = { accept: 'application/vnd.api+json', 'content-type': 'application/vnd.api+json' };

/** The pages show one form of refusal, the OpenAPI document another: both are read. */
const Refusal = z.object({
	error: part({ code: loose.text }),
	errors: parts({ code: loose.text }),
});

/** https://docs.zoominfo.com/docs/error-handling */
const CODES: Readonly<Record<string, ErrorCode>> = {
	PFAPI0011: 'QUOTA_EXHAUSTED',
	ZI0001: 'AUTH_FAILED',
	ZI0002: 'SCOPE_DENIED',
	ZI0003: 'SCOPE_DENIED',
	ZI0004: 'RATE_LIMITED',
};
const NOT_ENTITLED = new Set(['PFAPI0001', 'PFAPI0009']);

const codesIn = ({ body }: HttpResponse): string[] => {
	const { error, errors } = Refusal.safeParse(body).data ?? {};
	return [error, ...present(errors)].flatMap((one) => one?.code ?? []);
};

const refusal = (response: HttpResponse): ErrorCode | undefined =>
	codesIn(response)
		.map((code) => CODES[code])
		.find(Boolean);

export const ask = async (http: Http, request: HttpRequest): Promise<HttpResponse> =>
	await http.send({ ...request, headers: JSON_API, idempotent: true, codeOf: refusal });

export interface Enriching {
	/** `contacts` or `companies`. */
	readonly records: 'contacts' | 'companies';
	readonly input: Readonly<Record<string, unknown>>;
	readonly outputFields: readonly string[];
	/** A record without them is no match, and free. */
	readonly requiredFields?: readonly string[] | undefined;
}

/**
 * A package does not include every output field, and one that it lacks refuses the whole call. Then the
 * fields that it has are read, and the call is made again with those.
 */
export async function enrich(http: Http, asked: Enriching): Promise<HttpResponse> {
	const first = await ask(http, { ...enrichment(asked), accept: [400] });
	if (first.status !== 400) return first;
	if (!codesIn(first).some((code) => NOT_ENTITLED.has(code))) throw refused(first);
	const entitled = await outputFieldsOf(asked.records, http);
	const outputFields = asked.outputFields.filter((field) => entitled.has(field));
	if (outputFields.length === 0 || outputFields.length === asked.outputFields.length) {
		throw vendorError('zoominfo', first, 0, 'SCOPE_DENIED');
	}
	// What the package lacks cannot be required either.
	const { requiredFields, ...rest } = asked;
	const required = requiredFields?.every((field) => entitled.has(field)) && { requiredFields };
	return await ask(http, enrichment({ ...rest, outputFields, ...required }));
}

const refused = (response: HttpResponse) => {
	const code = refusal(response);
	return vendorError('zoominfo', response, 0, code);
};

// https://docs.zoominfo.com/reference/enrichinterface_enrichcontact
const enrichment = ({ records, input, outputFields, requiredFields }: Enriching): HttpRequest => ({
	method: 'POST',
	url: `${BASE}/${records}/enrich`,
	body: {
		data: {
			type: records === 'contacts' ? 'ContactEnrich' : 'CompanyEnrich',
			attributes: { ...input, outputFields, ...(requiredFields && { requiredFields }) },
		},
	},
});

const Fields = z.object({
	data: z.array(z.object({ attributes: part({ fieldName: loose.text }) })),
});

// https://docs.zoominfo.com/reference/lookupinterface_lookupenrich: free
async function outputFieldsOf(
	records: Enriching['records'],
	http: Http,
): Promise<ReadonlySet<string>> {
	const entity = records === 'contacts' ? 'contact' : 'company';
	const response = await ask(http, {
		method: 'GET',
		url: `${BASE}/lookup/enrich`,
		query: { 'filter[entity]': entity, 'filter[fieldType]': 'output' },
	});
	const { data } = readAnswer(Fields, response, 'zoominfo');
	return new Set(data.flatMap(({ attributes }) => attributes?.fieldName ?? []));
}
