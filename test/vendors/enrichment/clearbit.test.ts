import { clearbit } from '../../../lib/vendors/enrichment/clearbit';
import { lead } from '../../leads';
import { answering } from './answers';

const person = {
	name: { fullName: 'Dana Whitfield' },
	employment: { name: 'Northwind', domain: 'northwind.com', title: 'Director' },
};
const company = {
	name: 'Northwind Inc',
	domain: 'northwind.com',
	metrics: { employees: 800, annualRevenue: null, estimatedAnnualRevenue: '$100M-$250M' },
	site: { phoneNumbers: ['+1 617-555-0100'] },
};

describe('Clearbit', () => {
	it('asks for the person alone where nothing of the company is wanted', async () => {
		const { http, requests } = answering({ body: person }, { body: { person, company } });
		await clearbit.lookup(lead(), http, ['person.title']);
		await clearbit.lookup(lead(), http, ['person.title', 'company.industry']);
		expect(requests.map(({ url }) => url)).toEqual([
			'https://person.clearbit.com/v2/people/find',
			'https://person.clearbit.com/v2/combined/find',
		]);
		expect(requests[0]).toMatchObject({
			query: { email: 'dana@northwind.com' },
			headers: { 'API-Version': '2019-12-19' },
		});
	});

	it('takes the company from its own record, and pays for each record that came', async () => {
		const { http } = answering(
			{ body: { person, company }, headers: { 'x-api-version': '2019-12-19' } },
			{ body: { person, company: null } },
		);
		const both = await clearbit.lookup(lead(), http, ['company.name']);
		expect(both).toMatchObject({
			credits: 2,
			apiVersion: '2019-12-19',
			fields: { 'company.name': 'Northwind Inc', 'company.phone': '+16175550100' },
			employer: { name: 'Northwind', domain: 'northwind.com', title: 'Director' },
		});
		// A range is not a revenue.
		expect(both).not.toHaveProperty(['fields', 'company.revenue']);
		expect(await clearbit.lookup(lead(), http, ['company.name'])).toMatchObject({
			credits: 1,
			fields: { 'company.name': 'Northwind' },
		});
	});

	it('concludes nothing from a 202', async () => {
		const queued = { status: 202, body: { error: { type: 'queued', message: 'Try again.' } } };
		const { http } = answering(queued, queued);
		expect(await clearbit.lookup(lead(), http, ['person.title', 'company.name'])).toEqual({
			kind: 'no-match',
			credits: 0,
			unanswered: ['person.title', 'company.name'],
		});
		expect(await clearbit.company?.lookup({ domain: 'northwind.com' }, http)).toMatchObject({
			unanswered: expect.arrayContaining(['company.industry']),
		});
	});

	it.each([
		[401, 'auth_invalid', 'AUTH_FAILED'],
		[402, 'over_quota', 'QUOTA_EXHAUSTED'],
		[422, 'email_invalid', 'INVALID_INPUT'],
		[429, 'rate_limit', 'RATE_LIMITED'],
	])('reads %i %s as %s', async (status, type, code) => {
		const { http } = answering({ status, body: { error: { type, message: 'No.' } } });
		await expect(clearbit.lookup(lead(), http, ['person.title'])).rejects.toMatchObject({ code });
	});

	it('says what it would need', () => {
		expect(clearbit.cannotAsk(lead({ identity: { email: undefined } }))).toMatch(/email address/);
		expect(clearbit.company?.cannotAsk(lead({ company: { domain: undefined } }))).toMatch(/domain/);
	});
});
