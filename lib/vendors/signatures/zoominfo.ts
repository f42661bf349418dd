import type { Scheme } from '../../domain/signature/scheme';
import { inHeader } from './token/carriers';
import { TOKEN_IN_HEADER } from './token/weaknesses';

// https://api-docs.zoominfo.com
export const zoominfo: Scheme = {
	id: 'zoominfo',
	title: 'ZoomInfo (Webhooks)',
	needs: 'secret',
	where: 'ZoomInfo: the webhook > Token (a new one ends the old one at once)',
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
