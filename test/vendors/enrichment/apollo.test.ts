import { apollo } from '../../../lib/vendors/enrichment/apollo';
import { lead } from '../../leads';
import { answering } from './answers';

const organization = {
	name: 'Northwind',
	website_url: 'http://www.northwind.com',
	primary_domain: 'northwind.com',
	estimated_num_employees: 800,
	industry: 'computer software',
	annual_revenue: 120_000_000,
	technology_names: ['HubSpot'],
	primary_phone: {},
	linkedin_url: null,
	country: 'United States',
};
const person = {
	id: '64a7',
	name: 'Dana Whitfield',
	first_name: 'Dana',
	last_name: 'Whitfield',
	title: 'Director of Revenue Operations',
	seniority: 'Director',
	departments: ['master_operations'],
	linkedin_url: 'http://www.linkedin.com/in/dana',
	email: 'dana@northwind.com',
	email_status: 'verified',
	extrapolated_email_confidence: null,
	city: 'Boston',
	country: 'United States',
	contact: { phone_numbers: [{ sanitized_number: '+16175550142' }], sanitized_phone: null },
	organization,
};

describe('Apollo', () => {
	it('asks for the person by address, without revealing anything that costs extra', async () => {
		const { http, requests } = answering({ body: { person }, headers: { 'api-version': '7' } });
		const found = await apollo.lookup(lead(), http, ['person.title']);
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({
			method: 'POST',
			url: 'https://api.apollo.io/api/v1/people/match',
			body: {
				email: 'dana@northwind.com',
				reveal_personal_emails: false,
				reveal_phone_number: false,
			},
		});
		expect(found).toEqual({
			kind: 'found',
			credits: 1,
			apiVersion: '7',
			fields: {
				'identity.email': 'dana@northwind.com',
				'identity.phone': '+16175550142',
				'person.firstName': 'Dana',
				'person.lastName': 'Whitfield',
				'person.fullName': 'Dana Whitfield',
				'person.title': 'Director of Revenue Operations',
				'person.seniority': 'director',
				'person.department': 'master_operations',
				'person.linkedinUrl': 'https://www.linkedin.com/in/dana',
				'person.country': 'US',
				'person.city': 'Boston',
				'company.name': 'Northwind',
				'company.domain': 'northwind.com',
				'company.employeeCount': 800,
				'company.industry': 'computer software',
				'company.revenue': 120_000_000,
				'company.techStack': ['HubSpot'],
				'company.country': 'US',
			},
		});
	});

	it('asks for the company alone where nobody is known, if the company is wanted', async () => {
		const { http, requests } = answering({ body: { person: null } }, { body: { organization } });
		const found = await apollo.lookup(lead(), http, ['company.industry']);
		expect(requests[1]).toMatchObject({
			url: 'https://api.apollo.io/api/v1/organizations/enrich',
			query: { domain: 'northwind.com' },
		});
		expect(found).toMatchObject({
			kind: 'found',
			credits: 1,
			fields: { 'company.industry': 'computer software' },
		});
	});

	it('pays for no company call when only the person is wanted', async () => {
		const { http, requests } = answering({ body: { person: {} } });
		const found = await apollo.lookup(lead(), http, ['person.title']);
		expect(found).toEqual({ kind: 'no-match', credits: 0 });
		expect(requests).toHaveLength(1);
	});

	it.each([
		[401, 'Invalid API key.', 'AUTH_FAILED'],
		[403, { error: 'no', error_code: 'API_INACCESSIBLE' }, 'SCOPE_DENIED'],
		[422, { error: 'Insufficient credits to enrich this person.' }, 'QUOTA_EXHAUSTED'],
		[422, { error: "Required parameter 'domain' missing" }, 'FIELD_MISMATCH'],
		[429, { message: 'The maximum number of api calls' }, 'RATE_LIMITED'],
		[500, 'oops', 'UPSTREAM_UNAVAILABLE'],
		[200, ['unreadable'], 'UPSTREAM_UNAVAILABLE'],
	])('reads %i %j as %s', async (status, body, code) => {
		const { http } = answering({ status, body });
		await expect(apollo.lookup(lead(), http, ['person.title'])).rejects.toMatchObject({ code });
	});

	it('says what it would need', () => {
		const nothing = lead({
			identity: { email: undefined },
			company: { domain: undefined, name: undefined },
		} as Parameters<typeof lead>[0]);
		expect(apollo.cannotAsk(nothing)).toMatch(/needs an email address/);
		expect(apollo.cannotAsk(lead())).toBeNull();
	});
});
