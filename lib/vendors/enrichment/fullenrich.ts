import { z } from 'zod';
import { loose } from '../../domain/enrichment-facts';
import type { Lead } from '../../domain/lead';
import { readAnswer } from '../../runtime/answer';
import { vendorError } from '../../runtime/vendor-error';
import { Job, lookupsOf } from './fullenrich/answers';
import { laterOnly, unknownJob } from './later-only';
import type { EnrichmentProvider, FieldPath } from './port';
import { marksOf } from './sent';

const Started = z.object({ enrichment_id: z.string().min(1) });
const Refusal = z.object({ code: loose.text });

const URL_BULK = 'https://app.fullenrich.com/api/v2/contact/enrich/bulk';
const POLL_MS = 30_000;
const PENDING = { state: 'pending', pollAfterMs: POLL_MS } as const;
const RUNNING: ReadonlySet<string> = new Set(['CREATED', 'IN_PROGRESS', 'RATE_LIMIT']);

/**
 * More than twenty providers behind one. Answers by jobs only, 30 to 90 s a contact; its callbacks are
 * signed with the API key (scheme `fullenrich` of the Webhook Verifier). https://docs.fullenrich.com
 */
export const fullenrich: EnrichmentProvider = {
	id: 'fullenrich',
	title: 'FullEnrich',
	credential: 'fullEnrichApi',
	// A work email 1, a mobile number 10: https://docs.fullenrich.com/credit
	// Pro, $29 a month for 500 credits: https://fullenrich.com/pricing
	pricing: { perHit: 1, atMost: 11, currencyPerCredit: 0.058 },
	typicalMs: 56_000,
	fills: [
		'identity.email',
		'identity.emailStatus',
		'identity.phone',
		'person.firstName',
		'person.lastName',
		'person.fullName',
		'person.title',
		'person.linkedinUrl',
		'person.country',
		'person.city',
		'company.name',
		'company.domain',
		'company.employeeCount',
		'company.industry',
		'company.linkedinUrl',
		'company.country',
	],

	cannotAsk({ person, company }) {
		const named = person.firstName && person.lastName;
		if (person.linkedinUrl || (named && (company.domain || company.name))) return null;
		return 'FullEnrich needs a LinkedIn URL, or a first and last name with a company';
	},

	lookup: laterOnly('fullenrich'),

	later: {
		instead: true,
		size: 100,
		creditsAtMost: (wanted) => (asksForEmail(wanted) ? 1 : 0) + (asksForPhone(wanted) ? 10 : 0),

		// https://docs.fullenrich.com/api/v2/contact/enrich/bulk/post
		async start(leads, http, callbackUrl, wanted) {
			const response = await http.send({
				method: 'POST',
				url: URL_BULK,
				body: {
					name: 'Lead Handoff',
					webhook_url: callbackUrl,
					data: leads.map((lead, place) => contactOf(lead, place, wanted)),
				},
			});
			const { enrichment_id } = readAnswer(Started, response, 'fullenrich');
			return { jobId: enrichment_id, pollAfterMs: POLL_MS };
		},

		// https://docs.fullenrich.com/api/v2/contact/enrich/bulk/get
		async collect(jobId, http) {
			const response = await http.send({
				method: 'GET',
				url: `${URL_BULK}/${encodeURIComponent(jobId)}`,
				// 402: the credits ended on the way, and what was found until then is here.
				accept: [400, 402, 404],
			});
			const { code } = Refusal.safeParse(response.body).data ?? {};
			if (code === 'error.enrichment.in_progress') return PENDING;
			if (response.status === 404) throw unknownJob('fullenrich');
			if (response.status === 400) throw vendorError('fullenrich', response, 0);
			const job = readAnswer(Job, response, 'fullenrich');
			return RUNNING.has(job.status) ? PENDING : { state: 'done', lookups: lookupsOf(job) };
		},

		signsCallbacks: true,
		readCallback(body) {
			const { data: job } = Job.safeParse(body);
			return job && !RUNNING.has(job.status) ? { jobId: job.id, lookups: lookupsOf(job) } : null;
		},
	},
};

type Wanted = readonly FieldPath[] | undefined;

/** Numbers are dear: they are looked for only where one is wanted. */
const asksForPhone = (wanted: Wanted) => !wanted || wanted.includes('identity.phone');
const asksForEmail = (wanted: Wanted) =>
	!wanted || wanted.some((path) => path !== 'identity.phone') || wanted.length === 0;

function contactOf(lead: Lead, place: number, wanted: Wanted) {
	const { person, company } = lead;
	return {
		first_name: person.firstName,
		last_name: person.lastName,
		domain: company.domain,
		company_name: company.name,
		linkedin_url: person.linkedinUrl,
		enrich_fields: [
			...(asksForEmail(wanted) ? ['contact.work_emails'] : []),
			...(asksForPhone(wanted) ? ['contact.phones'] : []),
		],
		custom: marksOf(lead, place),
	};
}
