import type { Scheme } from '../../domain/signature/scheme';
import { inHeader } from './token/carriers';
import { TOKEN_IN_HEADER } from './token/weaknesses';

// https://api-docs.zoominfo.com
export const zoominfo: Scheme = {
	id: 'zoominfo',
	title: 'ZoomInfo (Webhooks)',
	needs: 'secret',
	where:
		'ZoomInfo: verificationToken in the answer of POST https://api.zoominfo.com/webhooks that made the webhook; a new one, of POST …/webhooks/{id}/token, ends it at once',
	docs: 'https://api-docs.zoominfo.com',
	weakness: TOKEN_IN_HEADER,
	toleranceMs: null,
	read: (received) => inHeader(received, 'x-zoominfo-token'),
	proofs: [{ kind: 'token' }],
	/** Up to 25 profiles, without an id of the event: equal bytes are one event. */
	events(received) {
		const list = received.json();
		return (Array.isArray(list) ? list : []).map((data: unknown) => ({ data }));
	},
};
