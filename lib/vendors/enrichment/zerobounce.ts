import { z } from 'zod';
import { loose } from '../../domain/enrichment-facts';
import { PipelineError } from '../../domain/errors';
import { readAnswer } from '../../runtime/answer';
import type { Http, HttpRequest, HttpResponse } from '../../runtime/http';
import { vendorError } from '../../runtime/vendor-error';
import { apiVersion } from '../api-version';
import type { EmailVerdict, EnrichmentProvider } from './port';
import { lookupOf } from './verdict';

const Verdict = z.object({ address: loose.text, status: loose.text, sub_status: loose.text });
const Refusal = z.object({ error: z.union([z.string(), z.array(z.string())]) });
const Batch = z.object({
	email_batch: z.array(Verdict),
	errors: z
		.array(z.object({ error: loose.text, email_address: loose.text }))
		.nullish()
		.catch(undefined),
});
const Balance = z.object({ Credits: z.coerce.number() });

const BASE = 'https://api.zerobounce.net/v2';
/** Seconds that ZeroBounce may take; after it the verdict is `unknown`, which is free. */
const PATIENCE_S = 10;

export const zerobounce: EnrichmentProvider = {
	id: 'zerobounce',
	title: 'ZeroBounce',
	credential: 'zeroBounceApi',
	// One credit an address; ZeroBounce ONE, from $99 a month for 10,000: https://www.zerobounce.net/pricing
	pricing: { perHit: 1, currencyPerCredit: 0.0099 },
	fills: ['identity.emailStatus'],

	cannotAsk: ({ identity }) => (identity.email ? null : 'ZeroBounce needs an email address'),

	lookup: async ({ identity }, http) => lookupOf(await verify(identity.email ?? '', http)),

	emailVerifier: { verify },

	bulk: {
		size: 200,
		async lookup(leads, http) {
			const emails = [...new Set(leads.map(({ identity }) => identity.email ?? ''))];
			const verdicts = await verifyAll(emails, http);
			const paid = new Set<string>();
			return leads.map(({ identity: { email = '' } }) => {
				const verdict = verdicts.get(email.toLowerCase());
				if (!verdict) return unread(`no verdict on one of the ${emails.length} addresses`);
				if (verdict instanceof PipelineError) return verdict;
				// An address that two leads share was paid once.
				const credits = paid.has(email) ? 0 : verdict.credits;
				paid.add(email);
				return lookupOf({ ...verdict, credits });
			});
		},
	},
};

// https://www.zerobounce.net/docs/email-validation-api-quickstart/v2-validate-emails
async function verify(email: string, http: Http): Promise<EmailVerdict> {
	const response = await ask(http, {
		method: 'GET',
		url: `${BASE}/validate`,
		query: { email, ip_address: '', timeout: PATIENCE_S },
	});
	return verdictOf(readAnswer(Verdict, response, 'zerobounce'), response);
}

// https://www.zerobounce.net/docs/email-validation-api-quickstart/v2-batch-validate-emails
async function verifyAll(emails: readonly string[], http: Http) {
	const response = await ask(http, {
		method: 'POST',
		url: 'https://bulkapi.zerobounce.net/v2/validatebatch',
		body: { email_batch: emails.map((email_address) => ({ email_address, ip_address: null })) },
	});
	const { email_batch, errors } = readAnswer(Batch, response, 'zerobounce');
	const everyone = errors?.find(({ email_address }) => email_address === 'all');
	if (everyone) throw await refusalOf(http, response, everyone.error ?? '');
	const verdicts = new Map<string, EmailVerdict | PipelineError>();
	for (const one of email_batch) {
		verdicts.set((one.address ?? '').toLowerCase(), verdictOf(one, response));
	}
	for (const { email_address, error } of errors ?? []) {
		verdicts.set((email_address ?? '').toLowerCase(), unread(error ?? 'an error without words'));
	}
	return verdicts;
}

const ask = async (http: Http, request: HttpRequest): Promise<HttpResponse> => {
	// A 403 is ZeroBounce's shield, which opens again by itself, and no word about the key:
	// https://www.zerobounce.net/docs/api-dashboard/api-error-codes
	const response = await http.send({
		...request,
		codeOf: ({ status }) => (status === 403 ? 'UPSTREAM_UNAVAILABLE' : undefined),
	});
	const refused = Refusal.safeParse(response.body);
	if (refused.success) throw await refusalOf(http, response, String(refused.data.error));
	return response;
};

/** One sentence with a status of 200 says both "wrong key" and "no credits": the balance, which is free, decides. */
async function refusalOf(http: Http, response: HttpResponse, said: string): Promise<PipelineError> {
	if (!/api key|credits/i.test(said)) return unread(said);
	// https://www.zerobounce.net/docs/email-validation-api-quickstart/v2-credit-balance
	const balance = await http
		.send({ method: 'GET', url: `${BASE}/getcredits` })
		.then(({ body }) => Balance.safeParse(body).data?.Credits)
		.catch(() => undefined);
	const empty = balance !== undefined && balance >= 0;
	return vendorError('zerobounce', response, 0, empty ? 'QUOTA_EXHAUSTED' : 'AUTH_FAILED');
}

const unread = (said: string) =>
	vendorError('zerobounce', { status: 200, headers: {}, body: said }, 0, 'UPSTREAM_UNAVAILABLE');

/** https://www.zerobounce.net/docs/email-validation-api-quickstart/v2-status-codes */
function verdictOf(
	{ status, sub_status: reason }: z.infer<typeof Verdict>,
	response: HttpResponse,
): EmailVerdict {
	const read = statusOf(status, reason ?? '');
	if (!read) throw unread('a status that cannot be read');
	return {
		status: read,
		...(reason === 'disposable' && { disposable: true }),
		...(reason?.startsWith('role_based') && { role: true }),
		credits: status === 'unknown' ? 0 : 1,
		...apiVersion(response),
	};
}

/** Addresses that exist and must not be written to (traps, complainers, suppressed ones) are invalid. */
function statusOf(status: string | null | undefined, reason: string) {
	// A host that takes every letter may be called valid, and says so in the reason only.
	if (status === 'valid' && reason.endsWith('accept_all')) return 'accept_all';
	if (status === 'valid' || status === 'invalid' || status === 'unknown') return status;
	if (status === 'catch-all') return 'accept_all';
	if (status === 'spamtrap' || status === 'abuse') return 'invalid';
	if (status !== 'do_not_mail') return undefined;
	if (reason === 'role_based') return 'valid';
	if (reason === 'role_based_catch_all') return 'accept_all';
	return reason === 'disposable' || reason === 'mx_forward' ? 'unknown' : 'invalid';
}
