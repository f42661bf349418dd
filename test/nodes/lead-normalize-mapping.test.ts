import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { LeadNormalize } from '../../nodes/LeadNormalize/LeadNormalize.node';
import { ADDRESS, leadOf, normalizationOf, of, recording, run } from './lead-normalize-host';

describe('own mapping', () => {
	it('reads what was mapped and nothing else', async () => {
		const { leads } = await run([of({ email: 'other@fabrikam.com', secret: 1 })], {
			source: 'custom',
			'leadFields.value': {
				email: ADDRESS,
				phone: '(617) 555-0142',
				country: 'US',
				companyName: null,
				consentEmail: true,
				consentPhone: false,
				lawfulBasis: 'consent',
				'custom:plan': 'Team',
				eventId: 'e-1',
			},
			'customFields.fields': [{ name: 'plan', type: 'text', allowed: 'free, team' }],
		});
		expect(leadOf(leads[0])).toMatchObject({
			identity: { email: ADDRESS, phone: '+16175550142' },
			consent: { lawfulBasis: 'consent', channels: { email: true, phone: false } },
			custom: { plan: 'team' },
			source: { system: 'custom', event: 'webform_submitted', eventId: 'e-1' },
		});
		expect(JSON.stringify(leadOf(leads[0]))).not.toContain('secret');
	});

	it('that maps nothing is a mistake of the workflow, not of the lead', async () => {
		const { leads, invalid } = await run([of({ email: ADDRESS })], { source: 'custom' });
		expect(invalid).toEqual([]);
		expect(leads[0]?.json['details']).toMatchObject({
			code: 'CONFIG_INVALID',
			message: expect.stringMatching(/'Lead Fields' maps nothing/),
		});
	});

	it('whose fields are all empty for an item is a lead without an address', async () => {
		const { invalid } = await run([of({})], {
			source: 'custom',
			'leadFields.value': { email: null },
		});
		expect(normalizationOf(invalid[0]).problems).toMatchObject([{ field: 'email' }]);
	});

	it('wins over the payload, field by field, as it did before there were sources', async () => {
		const { leads } = await run(
			[of({ ...recording('hubspot-workflow-body'), telefon: '030 123456' })],
			{
				'mapping.fields': [{ field: 'phone', value: '030 123456' }],
				defaultCountry: ' de ',
			},
		);
		expect(leadOf(leads[0])).toMatchObject({
			identity: { email: ADDRESS, phone: '+4930123456' },
			source: { system: 'hubspot', recordId: '151' },
		});
	});

	it('offers every field, and the fields that the user has defined', async () => {
		const rows = [
			{ name: 'plan', type: 'text', allowed: 'free, team', required: true, owner: '' },
			{ name: 'seats', type: 'number', allowed: '', owner: 'crm' },
			{ name: '', type: 'text', allowed: '', owner: '', required: false },
		];
		const { fields } = await new LeadNormalize().methods.resourceMapping.getLeadFields.call({
			getNodeParameter: () => rows,
		} as unknown as ILoadOptionsFunctions);
		const byId = Object.fromEntries(fields.map((field) => [field.id, field]));
		expect(byId['email']).toMatchObject({ displayName: 'Email', removed: false });
		expect(byId['utmTerm']).toMatchObject({ displayName: 'UTM Term', removed: true });
		expect(byId['consentSms']).toMatchObject({ displayName: 'Consent SMS', type: 'boolean' });
		expect(byId['custom:plan']).toMatchObject({
			type: 'options',
			required: true,
			options: [{ value: 'free' }, { value: 'team' }],
		});
		expect(byId['custom:seats']).toMatchObject({ type: 'number', removed: false });
	});
});

describe('custom fields', () => {
	it('are held against their definitions', async () => {
		const { leads } = await run([of({ email: ADDRESS, Seats: '12', plan: 'gold' })], {
			'customFields.fields': [
				{ name: 'seats', type: 'number', allowed: '', owner: '', required: false },
				{ name: 'plan', type: 'text', allowed: 'free, team', owner: '' },
			],
		});
		expect(leadOf(leads[0])['custom']).toMatchObject({ seats: 12, unread: { plan: 'gold' } });
		expect(normalizationOf(leads[0]).problems).toMatchObject([{ field: 'custom.plan' }]);
	});

	it('that contradict themselves are a mistake of the workflow', async () => {
		const { leads } = await run([of({ email: ADDRESS })], {
			'customFields.fields': [{ name: 'plan' }, { name: 'Plan' }],
		});
		expect(leads[0]?.json['details']).toMatchObject({
			code: 'CONFIG_INVALID',
			message: expect.stringMatching(/'Plan' is defined twice/),
		});
	});
});
