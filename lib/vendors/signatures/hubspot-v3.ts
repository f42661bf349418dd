import type { Scheme } from '../../domain/signature/scheme';
import { DOCS, hubspotEvents, WHERE } from './hubspot/events';
import { contentsV3, readV3 } from './hubspot/v3';

export const hubspotV3: Scheme = {
	id: 'hubspot-v3',
	title: 'HubSpot (Signature V3)',
	needs: 'secret',
	where: WHERE,
	docs: DOCS,
	signsUrl: true,
	toleranceMs: 5 * 60_000,
	read: readV3,
	proofs: [
		{
			kind: 'hmac',
			version: 'v3',
			algorithm: 'sha256',
			encoding: 'base64',
			contents: contentsV3,
		},
	],
	events: hubspotEvents,
};
