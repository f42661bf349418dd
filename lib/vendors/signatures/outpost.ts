import { fact, told } from '../../domain/signature/fact';
import type { Received } from '../../domain/signature/received';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed } from '../../domain/signature/text';
import { NO_CLOCK_NO_ID } from './weaknesses';

export const outpostEvents = (received: Received) => [
	fact({
		id: told(received, 'x-outpost-event-id'),
		type: told(received, 'x-outpost-topic'),
	}),
];

export const DOCS = 'https://outpost.hookdeck.com/docs/guides/verify-webhook-signatures';
export const WHERE = 'Outpost: the destination > credentials > secret';

// https://outpost.hookdeck.com/docs/guides/verify-webhook-signatures
export const outpost: Scheme = {
	id: 'outpost',
	title: 'Outpost',
	needs: 'secret',
	where: WHERE,
	docs: DOCS,
	weakness: NO_CLOCK_NO_ID,
	toleranceMs: null,
	/** `v0=` once, then one signature for each secret that is valid while it rotates. */
	read(received) {
		const found = prefixed(received, 'x-outpost-signature', 'v0=');
		if (!found.ok) return found;
		const texts = found.signatures.flatMap(({ text }) => text.split(','));
		return { ok: true, signatures: texts.map((text) => ({ text: text.trim() })) };
	},
	proofs: [
		{ kind: 'hmac', algorithm: 'sha256', encoding: 'hex', contents: ({ body }) => [[body]] },
	],
	events: outpostEvents,
};
