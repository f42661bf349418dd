import { PipelineError } from '../../domain/errors';
import { readAnswer } from '../../runtime/answer';
import type { Http } from '../../runtime/http';
import { ask, BASE } from './neverbounce/call';
import { jobs } from './neverbounce/jobs';
import { Verification, verdictOf } from './neverbounce/verification';
import type { EmailVerdict, EnrichmentProvider } from './port';
import { lookupOf } from './verdict';

/** Seconds that NeverBounce may take; after it the verdict is `unknown`. */
const PATIENCE_S = 10;

export const neverbounce: EnrichmentProvider = {
	id: 'neverbounce',
	title: 'NeverBounce',
	credential: 'neverBounceApi',
	// $0.008 an address at the smallest volume, whatever the verdict: https://neverbounce.com/pricing
	pricing: { perHit: 1, currencyPerCredit: 0.008 },
	fills: ['identity.emailStatus'],

	cannotAsk: ({ identity }) => (identity.email ? null : 'NeverBounce needs an email address'),

	lookup: async ({ identity }, http) => lookupOf(await verify(identity.email ?? '', http)),

	emailVerifier: { verify },

	later: jobs,
};

// https://developers.neverbounce.com/reference/single-check
async function verify(email: string, http: Http): Promise<EmailVerdict> {
	const response = await ask(http, {
		method: 'GET',
		url: `${BASE}/single/check`,
		query: { email, timeout: PATIENCE_S },
	});
	const verdict = verdictOf(readAnswer(Verification, response, 'neverbounce'), 1);
	if (verdict) return verdict;
	throw new PipelineError(
		'UPSTREAM_UNAVAILABLE',
		'neverbounce answered with a result that cannot be read',
		{ vendor: 'neverbounce' },
	);
}
