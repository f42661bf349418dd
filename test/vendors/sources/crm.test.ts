import { recognise, sourceNamed } from '../../../lib/vendors/sources/recognise';
import { leadOf, NOBODY, recordings, recordOf, recordsOf } from './recordings';

describe('HubSpot', () => {
	it('tells what happened to whom, and knows a retry', () => {
		const [change, creation] = recordsOf('hubspot-events');
		expect(change).toMatchObject({
			kind: 'lead',
			event: 'contact.propertyChange',
			recordId: '1246965',
			eventId: '33:contact.propertyChange:1246965:lifecyclestage:3816279340:1462216307945',
			custom: { lifecyclestage: 'subscriber', changeSource: 'ACADEMY' },
		});
		expect(creation).toMatchObject({ event: 'contact.creation', recordId: '1246978' });
		const payload = recordings.get('hubspot-events')?.payload as object[];
		const retry = payload.map((event) => ({ ...event, attemptNumber: 3 }));
		const again = recognise(retry, NOBODY).read(retry, NOBODY);
		expect(again.map(({ eventId }) => eventId)).toEqual([change?.eventId, creation?.eventId]);
	});

	it('has one name for both ways to subscribe, and tells people from companies and deletions', () => {
		const records = recordsOf('hubspot-object-events');
		expect(records.map(({ kind, event }) => [kind, event])).toEqual([
			['lead', 'contact.creation'],
			['lead', 'contact.propertyChange'],
			['account', 'company.creation'],
			['deletion', 'contact.privacyDeletion'],
		]);
		expect(records[1]?.fields).toEqual({ email: 'dana.whitfield@northwind-analytics.com' });
	});

	it('reads the contact that a workflow sends, and the form that set it off', () => {
		const { lead } = leadOf(recordOf('hubspot-workflow'));
		expect(lead).toMatchObject({
			identity: { phone: '+16175550142', externalIds: { hubspot: '151' } },
			person: { firstName: 'Dana', title: 'VP Operations', timezone: 'America/New_York' },
			company: { name: 'Northwind Analytics' },
			attribution: { originalSource: 'PAID_SEARCH', landingPage: 'https://northwind.example/demo' },
			consent: { lawfulBasis: 'consent' },
			custom: { lifecyclestage: 'lead', formId: '21dba8b0-5d0a-4d7b-8ad4-5c4f7d8b6b1e' },
			source: {
				system: 'hubspot',
				event: 'webform_submitted',
				eventId: '6c3ba1de-2dd4-4a5b-9d2c-2f9a3c1b7e55',
				occurredAt: '2025-11-21T10:00:00.000Z',
			},
		});
	});

	it('does not take a form of long ago for what happened now', () => {
		const { payload } = recordings.get('hubspot-workflow') as { payload: Record<string, unknown> };
		const properties = payload['properties'] as Record<string, unknown>;
		const later = { ...properties, lastmodifieddate: { value: '1793714600000' } };
		const [record] = recognise(payload, NOBODY).read({ ...payload, properties: later }, NOBODY);
		expect(record).toMatchObject({ event: 'contact.updated', occurredAt: '1793714600000' });
		expect(record?.eventId).toBeUndefined();
	});

	it('hears a basis and a refusal at once', () => {
		const properties = {
			email: 'dana.whitfield@northwind-analytics.com',
			hs_legal_basis: 'Legitimate interest – prospect/lead',
			hs_email_optout: 'true',
		};
		const contact = { id: '151', properties };
		const [record] = recognise(contact, NOBODY).read(contact, NOBODY);
		expect(leadOf(record).lead.consent).toMatchObject({
			lawfulBasis: 'legitimate_interest',
			channels: { email: false },
		});
	});

	it('hears who opted out, and which address is dead', () => {
		expect(leadOf(recordOf('hubspot-contact')).lead).toMatchObject({
			identity: { emailStatus: 'invalid' },
			consent: { channels: { email: false } },
			source: { occurredAt: '2026-11-21T10:00:00.000Z' },
		});
	});

	it('reads the body that the recipe makes', () => {
		expect(recordOf('hubspot-workflow-body')).toMatchObject({
			system: 'hubspot',
			recordId: '151',
			event: 'contact_created',
			fields: {
				email: 'dana.whitfield@northwind-analytics.com',
				companyName: 'Northwind Analytics',
			},
		});
	});
});

describe('Salesforce', () => {
	it('reads every notification of an outbound message, and no session id', () => {
		const records = recordsOf('salesforce-outbound-message');
		expect(records.map(({ eventId, recordId }) => [eventId, recordId])).toEqual([
			['04l5e00000Gx7QzAAJ', '00Q5e00000AbCdEEAV'],
			['04l5e00000Gx7R0AAJ', '00Q5e00000AbCdFEAV'],
		]);
		expect(JSON.stringify(records)).not.toContain('secret');
		expect(leadOf(records[0]).lead).toMatchObject({
			identity: { email: 'dana.whitfield@northwind-analytics.com' },
			company: { name: 'Barnes & Café Ltd' },
			consent: { channels: { phone: false } },
			custom: { Tier: '007', organizationId: '00D5e000000KQ2eEAG' },
			source: { event: 'Lead.outbound_message', occurredAt: '2026-11-21T10:00:00.000Z' },
		});
		expect(records[0]?.fields).not.toHaveProperty('phone');
	});

	it('reads the same message from the XML of n8n', () => {
		const [record] = recordsOf('salesforce-outbound-message-of-n8n');
		expect(record).toMatchObject({
			kind: 'lead',
			event: 'Lead.outbound_message',
			eventId: '04l5e00000Gx7QzAAJ',
			recordId: '00Q5e00000AbCdEEAV',
			fields: { email: 'dana.whitfield@northwind-analytics.com', firstName: 'Dana' },
			consent: { phone: false },
			custom: { tier: '007' },
		});
		expect(JSON.stringify(record)).not.toContain('secret');
	});

	it('makes of a change of two records two', () => {
		const records = recordsOf('salesforce-change');
		expect(records.map(({ recordId }) => recordId)).toEqual([
			'00Q5e00000AbCdEEAV',
			'00Q5e00000AbCdFEAV',
		]);
		expect(leadOf(records[0]).lead).toMatchObject({
			person: { firstName: 'Dana', lastName: 'Whitfield', country: 'US', city: 'Boston' },
			consent: { channels: { email: false } },
			source: {
				event: 'Lead.CREATE',
				eventId: '0002343d-9d90-e395-ed20-cf416ba652ad:1:00Q5e00000AbCdEEAV',
				occurredAt: '2021-02-09T23:17:59.000Z',
			},
		});
	});

	it.each([
		['CREATE', 'lead'],
		['UNDELETE', 'lead'],
		['GAP_UNDELETE', 'lead'],
		['DELETE', 'deletion'],
		['GAP_DELETE', 'deletion'],
	])('a %s is a %s', (changeType, kind) => {
		const header = { entityName: 'Contact', recordIds: ['003x'], changeType };
		const change = { payload: { ChangeEventHeader: header }, event: { replayId: 1 } };
		expect(sourceNamed('salesforce')?.read(change, NOBODY)[0]).toMatchObject({ kind });
	});

	it('reads platform events and the body that the recipe makes', () => {
		expect(recordOf('salesforce-platform-event')).toMatchObject({
			kind: 'lead',
			recordId: '00Q5e00000AbCdEEAV',
			event: 'created',
			eventId: '2ec0e371-1395-457f-9275-be1b527a72f7',
			fields: {
				email: 'dana.whitfield@northwind-analytics.com',
				companyName: 'Northwind Analytics',
			},
		});
		expect(leadOf(recordOf('salesforce-flow')).lead).toMatchObject({
			identity: { externalIds: { salesforce: '00Q5e00000AbCdEEAV' } },
			source: { event: 'lead_created', occurredAt: '2026-11-21T10:00:00.000Z' },
		});
	});
});

it('Clay: the row is about a record of the CRM', () => {
	expect(leadOf(recordOf('clay')).lead).toMatchObject({
		identity: { externalIds: { salesforce: '00Q5e00000AbCdEEAV' } },
		company: { domain: 'northwind-analytics.com', employeeCount: 1200 },
		source: { system: 'clay', event: 'lead_enriched' },
	});
});
