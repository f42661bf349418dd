import { z } from 'zod';
import { fact } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { inUrl } from './token/carriers';
import { TOKEN_IN_URL } from './token/weaknesses';

/** As text only: the ids have 64 bits, and a JSON number would give two of them one value. */
const Result = z.looseObject({ request_id: z.string(), request_completed: z.string() });

// https://docs.apollo.io/docs/enrich-phone-and-email-using-data-waterfall
export const apollo: Scheme = {
	id: 'apollo',
	title: 'Apollo (Enrichment Results)',
	needs: 'secret',
	where:
		'A long random text of your own, added as ?token= to the webhook_url of the enrichment request',
	docs: 'https://docs.apollo.io/docs/enrich-phone-and-email-using-data-waterfall',
	weakness: TOKEN_IN_URL,
	toleranceMs: null,
	read: (received) => inUrl(received, 'token'),
	proofs: [{ kind: 'token' }],
	events(received) {
		const result = Result.safeParse(received.json());
		if (!result.success) return [];
		const { request_id: request, request_completed: at } = result.data;
		return [fact({ composite: [request, at], type: 'enrichment', occurredAt: at })];
	},
};
