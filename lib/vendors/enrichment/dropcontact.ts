import { z } from 'zod';
import { loose } from '../../domain/enrichment-facts';
import type { Lead } from '../../domain/lead';
import { readAnswer } from '../../runtime/answer';
import type { Http, HttpRequest, HttpResponse } from '../../runtime/http';
import { vendorError } from '../../runtime/vendor-error';
import { lookupOf, Row } from './dropcontact/answers';
import { laterOnly } from './later-only';
import type { EnrichmentProvider } from './port';
import { inPlace, marksOf } from './sent';

const Envelope = z.object({
	success: z.boolean(),
	error: z.boolean().nullish(),
	reason: loose.text,
});
const Started = z.object({ request_id: z.string() });
const Results = z.object({ data: z.array(Row) });
const Callback = z.array(
	z.object({
		event_type: z.literal('enrich_api_result'),
		data: z.object({ request_id: z.string(), data: z.array(Row) }),
	}),
);

const URL_ALL = 'https://api.dropcontact.com/v1/enrich/all';
/** "Try again in 30 seconds", says a job that is not ready. */
const POLL_MS = 30_000;

/** Finds and verifies addresses; answers by jobs only. https://developer.dropcontact.com */
export const dropcontact: EnrichmentProvider = {
	id: 'dropcontact',
	title: 'Dropcontact',
	credential: 'dropcontactApi',
	// Sold in euros, by quota: no dollar price to compare with. https://www.dropcontact.com/pricing
	pricing: { perHit: 1 },
	typicalMs: 30_000,
	fills: [
		'identity.email',
		'identity.emailStatus',
		'identity.phone',
		'person.firstName',
		'person.lastName',
		'person.fullName',
		'person.title',
		'person.seniority',
		'person.department',
		'person.linkedinUrl',
		'company.name',
		'company.domain',
		'company.employeeCount',
		'company.industry',
		'company.phone',
		'company.linkedinUrl',
		'company.country',
	],

	cannotAsk({ identity, person, company }) {
		const named = person.fullName || (person.firstName && person.lastName);
		if (identity.email || (named && (company.name || company.domain))) return null;
		return 'Dropcontact needs an email address, or a name with a company';
	},

	lookup: laterOnly('dropcontact'),

	later: {
		instead: true,
		size: 250,

		async start(leads, http, callbackUrl) {
			const response = await ask(http, {
				method: 'POST',
				url: URL_ALL,
				body: {
					data: leads.map(contactOf),
					language: 'en',
					custom_callback_url: callbackUrl,
				},
			});
			const { request_id } = readAnswer(Started, response, 'dropcontact');
			return { jobId: request_id, pollAfterMs: POLL_MS };
		},

		// A job that Dropcontact does not know is answered as one that is not ready.
		async collect(jobId, http) {
			const url = `${URL_ALL}/${encodeURIComponent(jobId)}`;
			const response = await ask(http, { method: 'GET', url });
			const { success } = readAnswer(Envelope, response, 'dropcontact');
			if (!success) return { state: 'pending', pollAfterMs: POLL_MS };
			return { state: 'done', lookups: lookups(readAnswer(Results, response, 'dropcontact').data) };
		},

		readCallback(body) {
			const parsed = Callback.safeParse(Array.isArray(body) ? body : [body]);
			const event = parsed.data?.[0]?.data;
			return event ? { jobId: event.request_id, lookups: lookups(event.data) } : null;
		},
	},
};

const lookups = (rows: ReadonlyArray<z.infer<typeof Row>>) =>
	inPlace(rows, ({ custom_fields }) => custom_fields ?? {}).map(lookupOf);

const contactOf = (lead: Lead, place: number) => {
	const { identity, person, company } = lead;
	return {
		email: identity.email,
		first_name: person.firstName,
		last_name: person.lastName,
		full_name: person.fullName,
		company: company.name,
		website: company.domain,
		linkedin: person.linkedinUrl,
		country: person.country,
		custom_fields: marksOf(lead, place),
	};
};

/** https://developer.dropcontact.com/en/errors/: a refusal says `error`, in a 200 too; "not ready" does not. */
async function ask(http: Http, request: HttpRequest): Promise<HttpResponse> {
	const response = await http.send({ ...request, accept: [400, 401, 403, 422] });
	const { status } = response;
	const { error, reason } = Envelope.partial().safeParse(response.body).data ?? {};
	if (status < 300 && !error) return response;
	const said = reason ? { ...response, body: reason } : response;
	// 403: the credits do not cover the whole job.
	throw vendorError('dropcontact', said, 0, status === 403 ? 'QUOTA_EXHAUSTED' : undefined);
}
