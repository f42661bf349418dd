import type { Scheme } from '../../domain/signature/scheme';
import { prefixed } from '../../domain/signature/text';
import { trackedEvent } from './segment/events';
import { NO_CLOCK } from './weaknesses';

// https://segment.com/docs/connections/destinations/catalog/actions-webhook/
export const segment: Scheme = {
	id: 'segment',
	title: 'Segment',
	needs: 'secret',
	where: 'Segment: Connections > Destinations > the webhook destination > Settings > Shared Secret',
	docs: 'https://segment.com/docs/connections/destinations/catalog/actions-webhook/',
	weakness: NO_CLOCK,
	toleranceMs: null,
	read: (received) => prefixed(received, 'x-signature', ''),
	proofs: [{ kind: 'hmac', algorithm: 'sha1', encoding: 'hex', contents: ({ body }) => [[body]] }],
	events: (received) => [trackedEvent(received.json())],
};
