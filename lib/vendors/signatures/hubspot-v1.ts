import type { Scheme } from '../../domain/signature/scheme';
import { DOCS, hubspotEvents, WHERE } from './hubspot/events';
import { onlyJson } from './hubspot/boundaries';
import { PLAIN_HASH_WEAKNESS, readPlainHash } from './hubspot/plain-hash';
import { V3_PROOF } from './hubspot/v3';

/** Webhook subscriptions of older apps. */
export const hubspotV1: Scheme = {
	id: 'hubspot-v1',
	title: 'HubSpot (Signature V1)',
	needs: 'secret',
	where: WHERE,
	docs: DOCS,
	weakness: PLAIN_HASH_WEAKNESS,
	signsUrl: true,
	toleranceMs: null,
	mayHaveClock: true,
	read: (received) => readPlainHash(received, 'v1'),
	proofs: [
		V3_PROOF,
		{
			kind: 'hash',
			version: 'v1',
			algorithm: 'sha256',
			encoding: 'hex',
			contents: ({ body }, _, secret) => [[secret, body]],
		},
	],
	also: onlyJson,
	events: hubspotEvents,
};
