import type { Scheme } from '../../domain/signature/scheme';
import { DOCS, hubspotEvents, WHERE } from './hubspot/events';
import { onlyJson } from './hubspot/boundaries';
import { PLAIN_HASH_WEAKNESS, readPlainHash } from './hubspot/plain-hash';
import { V3_PROOF } from './hubspot/v3';

/** Webhook actions of workflows, and CRM cards, which are asked for with GET. */
export const hubspotV2: Scheme = {
	id: 'hubspot-v2',
	title: 'HubSpot (Signature V2)',
	needs: 'secret',
	where: WHERE,
	docs: DOCS,
	weakness: PLAIN_HASH_WEAKNESS,
	signsUrl: true,
	toleranceMs: null,
	mayHaveClock: true,
	read: (received) => readPlainHash(received, 'v2'),
	proofs: [
		V3_PROOF,
		{
			kind: 'hash',
			version: 'v2',
			algorithm: 'sha256',
			encoding: 'hex',
			contents: ({ method, url, body }, _, secret) => [[secret, method.toUpperCase(), url, body]],
		},
	],
	also: onlyJson,
	events: hubspotEvents,
};
