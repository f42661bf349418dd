import { Lead } from '../lib/domain/lead';

interface Parts {
	readonly identity?: Partial<Lead['identity']>;
	readonly person?: Partial<Lead['person']>;
	readonly company?: Partial<Lead['company']>;
	readonly consent?: Partial<Lead['consent']>;
	readonly shouldEnrich?: boolean;
	readonly shouldEnrichReason?: string;
}

/** A lead as the form gave it: an address, a name, a company and its domain. */
export const lead = (parts: Parts = {}): Lead =>
	Lead.parse({
		schemaVersion: 1,
		attribution: {},
		activities: [],
		custom: {},
		source: {
			system: 'form',
			event: 'webform_submitted',
			occurredAt: '2026-11-01T10:00:00Z',
			receivedAt: '2026-11-01T10:00:01Z',
		},
		...parts,
		identity: { email: 'dana@northwind.com', emailKind: 'business', ...parts.identity },
		person: { firstName: 'Dana', lastName: 'Whitfield', ...parts.person },
		company: { name: 'Northwind', domain: 'northwind.com', ...parts.company },
		consent: { ...parts.consent },
	});
