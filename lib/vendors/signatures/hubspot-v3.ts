import type { Scheme } from '../../domain/signature/scheme';
import { DOCS, hubspotEvents, WHERE } from './hubspot/events';
import { unmoved } from './hubspot/boundaries';
import { readV3, V3_PROOF } from './hubspot/v3';

export const hubspotV3: Scheme = {
	id: 'hubspot-v3',
	title: 'HubSpot (Signature V3)',
	needs: 'secret',
	where: WHERE,
	docs: DOCS,
	signsUrl: true,
	toleranceMs: 5 * 60_000,
	read: readV3,
	proofs: [V3_PROOF],
	also: unmoved,
	events: hubspotEvents,
};
