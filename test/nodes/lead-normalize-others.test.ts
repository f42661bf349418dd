import Ajv2020 from 'ajv/dist/2020';
import type { IDataObject } from 'n8n-workflow';
import { publishedSchemas } from '../../lib/domain/schemas';
import { normalizationOf, of, run } from './lead-normalize-host';

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const fits = (name: string, value: unknown) => {
	const validate = ajv.compile(
		JSON.parse(publishedSchemas().get(`${name}.v1.json`) ?? '') as object,
	);
	return validate(value) || validate.errors;
};

const company = {
	id: '8701',
	updatedAt: '2026-11-20T10:00:00Z',
	properties: {
		name: 'Northwind Analytics GmbH',
		domain: 'https://www.northwind-analytics.com',
		numberofemployees: '1,200',
		annualrevenue: '125000000',
		industry: 'SOFTWARE',
		country: 'Germany',
		phone: '030 901820',
		lifecyclestage: 'customer',
		tier: 'gold',
	},
};
const deal = {
	id: '77',
	properties: {
		dealname: 'Northwind, 200 seats',
		dealstage: 'closedwon',
		amount: '24000.50',
		deal_currency_code: 'eur',
		closedate: '2026-12-01T09:00:00Z',
		hs_deal_stage_probability: '1',
		pipeline: 'default',
	},
};
const change = (entityName: string, values: object) => ({
	data: {
		payload: {
			ChangeEventHeader: {
				entityName,
				recordIds: ['0065e00000AbCdEAAV'],
				changeType: 'UPDATE',
				transactionKey: 't',
				sequenceNumber: 1,
				commitTimestamp: 1_764_000_000_000,
			},
			...values,
		},
	},
});

it('makes a company of a CRM an account', async () => {
	const { leads, invalid } = await run([of(company)]);
	expect(leads).toEqual([]);
	const { account } = invalid[0]?.json as { account: IDataObject };
	expect(account).toEqual({
		schemaVersion: 1,
		company: {
			name: 'Northwind Analytics GmbH',
			domain: 'northwind-analytics.com',
			employeeCount: 1200,
			industry: 'SOFTWARE',
			revenue: 125_000_000,
			country: 'DE',
			phone: '+4930901820',
		},
		externalIds: { hubspot: '8701' },
		lifecycle: 'customer',
		custom: { tier: 'gold' },
		source: expect.objectContaining({ system: 'hubspot', event: 'company.updated' }),
	});
	expect(fits('account', account)).toBe(true);
	expect(normalizationOf(invalid[0])).toMatchObject({
		ok: false,
		problems: [{ reason: 'is about a company, not a person' }],
		record: { kind: 'account', recordId: '8701' },
	});
});

it('makes a deal of a CRM an opportunity', async () => {
	const { invalid } = await run([of(deal)]);
	const { opportunity } = invalid[0]?.json as { opportunity: IDataObject };
	expect(opportunity).toEqual({
		schemaVersion: 1,
		name: 'Northwind, 200 seats',
		status: 'won',
		stage: 'closedwon',
		probability: 1,
		amount: 24_000.5,
		currency: 'EUR',
		closeDate: '2026-12-01',
		account: {},
		contacts: [],
		externalIds: { hubspot: '77' },
		custom: { pipeline: 'default' },
		source: expect.objectContaining({ event: 'deal.updated' }),
	});
	expect(fits('opportunity', opportunity)).toBe(true);
});

it.each<[string, unknown, object]>([
	[
		'a change of Salesforce',
		change('Opportunity', {
			StageName: 'Negotiation',
			Probability: 40,
			Amount: 9000,
			AccountId: '0015e00000AbCdEAAV',
			ContactId: '0035e00000AbCdEAAV',
			CloseDate: '2026-12-31',
		}),
		{
			status: 'open',
			stage: 'Negotiation',
			probability: 0.4,
			amount: 9000,
			closeDate: '2026-12-31',
			account: { salesforce: '0015e00000AbCdEAAV' },
			contacts: [{ externalIds: { salesforce: '0035e00000AbCdEAAV' } }],
			externalIds: { salesforce: '0065e00000AbCdEAAV' },
		},
	],
	['a lost one', change('Opportunity', { IsClosed: true, IsWon: false }), { status: 'lost' }],
	[
		'an event of HubSpot',
		{
			subscriptionType: 'deal.propertyChange',
			portalId: 1,
			objectId: 77,
			occurredAt: 1_764_000_000_000,
			propertyName: 'dealstage',
			propertyValue: 'closedlost',
		},
		{ status: 'lost', stage: 'closedlost', externalIds: { hubspot: '77' } },
	],
	[
		'a record of Salesforce',
		{
			attributes: { type: 'Opportunity' },
			Id: '0065e00000AbCdEAAV',
			Name: 'Big',
			StageName: 'Won',
		},
		{ name: 'Big', status: 'won' },
	],
])('reads a deal from %s', async (_name, body, expected) => {
	const { invalid } = await run([of(body)]);
	expect(invalid[0]?.json['opportunity']).toMatchObject(expected);
	expect(fits('opportunity', invalid[0]?.json['opportunity'])).toBe(true);
});

it('keeps and reports what it cannot read', async () => {
	const amount = {
		...deal,
		properties: { ...deal.properties, amount: 'a lot', closedate: 'soon' },
	};
	const phone = { ...company, properties: { ...company.properties, phone: 'call us' } };
	const { invalid } = await run([of(amount), of(phone)]);
	expect(invalid[0]?.json['opportunity']).toMatchObject({
		custom: { amount: 'a lot', closedate: 'soon' },
	});
	expect(invalid[1]?.json['account']).toMatchObject({ custom: { unread: { phone: 'call us' } } });
	expect(normalizationOf(invalid[0]).problems.map(({ field }) => field)).toEqual([
		'event',
		'custom.amount',
		'custom.closedate',
	]);
});

it('gives them an output of their own, where that is wanted', async () => {
	const lead = { email: 'dana@northwind-analytics.com' };
	const wanted = { 'options.companiesAndDeals': 'output' };
	const { leads, invalid, others } = await run([of(company), of(lead), of(deal)], wanted);
	expect([leads, invalid, others].map((items) => items.length)).toEqual([1, 0, 2]);
	expect(others.map((one) => normalizationOf(one))).toMatchObject([
		{ ok: true, problems: [], record: { kind: 'account' } },
		{ ok: true, problems: [], record: { kind: 'opportunity' } },
	]);
});

it.each([
	[{ id: '5', properties: { firstname: 'Ada', name: 'x' } }],
	[{ vid: 5, properties: { name: 'x', dealname: 'x' } }],
	[{ record_id: '0015e00000AbCdEAAV', event_type: 'x', email: 'dana@northwind-analytics.com' }],
])('takes no person for a company: %j', async (body) => {
	const { leads } = await run([of(body)], { 'options.requires': 'any-id' });
	expect(leads).toHaveLength(1);
});

it('says which company a contact was put to', async () => {
	const event = {
		subscriptionType: 'contact.associationChange',
		portalId: 1,
		occurredAt: 1_764_000_000_000,
		associationType: 'CONTACT_TO_COMPANY',
		fromObjectId: 151,
		toObjectId: 8701,
		associationRemoved: false,
	};
	const { leads } = await run([of([event])], { 'options.requires': 'any-id' });
	expect(leads[0]?.json['lead']).toMatchObject({
		identity: { externalIds: { hubspot: '151' } },
		custom: { associationType: 'CONTACT_TO_COMPANY', toObjectId: 8701, associationRemoved: false },
	});
});
