import type { Scheme } from '../../domain/signature/scheme';
import { trackedEvent } from './segment/events';
import { BASIC, BEARER, inAuthorization } from './token/carriers';
import { TOKEN_IN_HEADER } from './token/weaknesses';

// https://www.rudderstack.com/docs/destinations/streaming-destinations/webhooks/
export const rudderstack: Scheme = {
	id: 'rudderstack',
	title: 'RudderStack',
	needs: 'secret',
	where:
		'RudderStack: Destinations > the webhook destination > Headers > Authorization: Bearer and the token, or Basic and user:password',
	docs: 'https://www.rudderstack.com/docs/destinations/streaming-destinations/webhooks/',
	weakness: TOKEN_IN_HEADER,
	toleranceMs: null,
	read: (received) => inAuthorization(received, ['bearer', 'basic']),
	proofs: [BEARER, BASIC],
	events: (received) => [trackedEvent(received.json())],
};
