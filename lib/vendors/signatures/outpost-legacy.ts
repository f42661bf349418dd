import type { Scheme } from '../../domain/signature/scheme';
import { signedPairs } from '../../domain/signature/text';
import { DOCS, outpostEvents, WHERE } from './outpost';

// https://outpost.hookdeck.com/docs/guides/verify-webhook-signatures
export const outpostLegacy: Scheme = {
	id: 'outpost-legacy',
	title: 'Outpost (With Timestamp)',
	needs: 'secret',
	where: WHERE,
	docs: DOCS,
	toleranceMs: 5 * 60_000,
	read: (received) =>
		signedPairs(received, 'x-outpost-signature', { time: 't', form: 's', signature: 'v0' }),
	proofs: [
		{
			kind: 'hmac',
			algorithm: 'sha256',
			encoding: 'hex',
			contents: ({ body }, { timestampText }) => [[`${timestampText}.`, body]],
		},
	],
	events: outpostEvents,
};
