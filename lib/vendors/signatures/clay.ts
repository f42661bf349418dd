import type { Scheme } from '../../domain/signature/scheme';
import { inHeader } from './token/carriers';
import { TOKEN_IN_HEADER } from './token/weaknesses';

// https://www.clay.com/university/guide/http-api-integration-overview
export const clay: Scheme = {
	id: 'clay',
	title: 'Clay',
	needs: 'secret',
	where:
		'A long random text of your own, in Clay: the HTTP API column > Headers > X-Webhook-Secret',
	docs: 'https://www.clay.com/university/guide/http-api-integration-overview',
	weakness: TOKEN_IN_HEADER,
	toleranceMs: null,
	read: (received) => inHeader(received, 'x-webhook-secret'),
	proofs: [{ kind: 'token' }],
};
