import type { FieldPath } from '../../../lib/domain/enrichment-fields';
import { hunter } from '../../../lib/vendors/enrichment/hunter';
import { lead } from '../../leads';
import { answering } from './answers';

const person = {
	name: { fullName: 'Dana Whitfield', givenName: 'Dana', familyName: 'Whitfield' },
	email: 'dana@northwind.com',
	timeZone: 'America/New_York',
	geo: { city: 'Boston', country: 'US' },
	employment: {
		domain: 'northwind.com',
		name: 'Northwind',
		title: 'Director',
		role: 'operations',
		seniority: 'executive',
	},
	linkedin: { handle: 'dana' },
	phone: true,
};
const company = {
	name: 'Northwind Inc',
	domain: 'northwind.com',
	category: { industry: 'Software' },
	metrics: { employees: 800, employeesRange: '501-1000', annualRevenue: null },
	linkedin: { handle: 'company/northwind' },
	site: { phoneNumbers: ['+1 617-555-0100'] },
	tech: ['hubspot'],
};
const notFound = {
	status: 404,
	body: { errors: [{ id: 'not_found', code: 404, details: 'none' }] },
};
const noAddress = lead({ identity: { email: undefined } } as Parameters<typeof lead>[0]);
const paths = (requests: ReadonlyArray<{ readonly url: string }>) =>
	requests.map(({ url }) => url.replace('https://api.hunter.io/v2', ''));

describe('Hunter', () => {
	it.each<[string, readonly FieldPath[], readonly string[]]>([
		['person and company', ['person.title', 'company.industry'], ['/combined/find']],
		['the person', ['person.title'], ['/people/find']],
		['the company of an address', ['company.industry'], ['/combined/find']],
		['the address checked', ['identity.emailStatus'], ['/email-verifier']],
	])('asks only what it must for %s', async (_, wanted, asked) => {
		const known = { ...person, ...company, person, company, status: 'valid' };
		const { http, requests } = answering({ body: { data: known } });
		await hunter.lookup(lead(), http, wanted);
		expect(paths(requests)).toEqual(asked);
	});

	it('reads person and company, and never copies a boolean', async () => {
		const { http } = answering({ body: { data: { person, company } } });
		const found = await hunter.lookup(lead(), http, ['person.title', 'company.industry']);
		expect(found).toEqual({
			kind: 'found',
			credits: 2,
			unanswered: [],
			fields: {
				'person.firstName': 'Dana',
				'person.lastName': 'Whitfield',
				'person.fullName': 'Dana Whitfield',
				'person.title': 'Director',
				'person.seniority': 'executive',
				'person.department': 'operations',
				'person.linkedinUrl': 'https://www.linkedin.com/in/dana',
				'person.timezone': 'America/New_York',
				'person.country': 'US',
				'person.city': 'Boston',
				'company.name': 'Northwind Inc',
				'company.domain': 'northwind.com',
				'company.employeeCount': 800,
				'company.industry': 'Software',
				'company.techStack': ['hubspot'],
				'company.phone': '+16175550100',
				'company.linkedinUrl': 'https://www.linkedin.com/company/northwind',
			},
			employer: { name: 'Northwind', domain: 'northwind.com', title: 'Director' },
		});
	});

	it('asks for the company alone by its domain, and leaves it to that where nobody is known', async () => {
		const { http, requests } = answering(notFound, { body: { data: company } });
		const wanted: FieldPath[] = ['person.title', 'company.industry'];
		expect(await hunter.lookup(lead(), http, wanted)).toMatchObject({ kind: 'no-match' });
		const found = await hunter.company?.lookup({ domain: 'northwind.com' }, http);
		expect(paths(requests)).toEqual(['/combined/find', '/companies/find']);
		expect(found).toMatchObject({ kind: 'found', credits: 1 });
	});

	it.each([
		['knows nobody', notFound],
		['was asked not to process the person', { status: 451, body: { errors: [] } }],
	])('is a no-match when Hunter %s', async (_, answer) => {
		const { http } = answering(answer);
		expect(await hunter.lookup(lead(), http, ['person.title'])).toMatchObject({
			kind: 'no-match',
			credits: 0,
		});
	});

	it('finds the address of a name at a company, and then the person', async () => {
		const finding = { email: 'dana@northwind.com', score: 98, verification: { status: 'valid' } };
		const { http, requests } = answering({ body: { data: finding } }, { body: { data: person } });
		const found = await hunter.lookup(noAddress, http, ['identity.email', 'person.title']);
		expect(paths(requests)).toEqual(['/email-finder', '/people/find']);
		expect(requests[0]?.query).toMatchObject({ domain: 'northwind.com', first_name: 'Dana' });
		expect(found).toMatchObject({
			confidence: 0.98,
			credits: 2,
			fields: { 'identity.email': 'dana@northwind.com', 'identity.emailStatus': 'valid' },
		});
	});

	it.each([
		['valid', 'valid', 0.5],
		['invalid', 'invalid', 0.5],
		['accept_all', 'accept_all', 0.5],
		['webmail', 'unknown', 0.5],
		['disposable', 'unknown', 0],
		['unknown', 'unknown', 0],
	])('reads the verdict %s as %s for %d credits', async (status, read, credits) => {
		const { http } = answering({ body: { data: { status } } });
		const found = await hunter.lookup(lead(), http, ['identity.emailStatus']);
		expect(found).toMatchObject({ fields: { 'identity.emailStatus': read }, credits });
	});

	it.each([202, 222])('concludes nothing from a check that ends with %i', async (status) => {
		const { http } = answering({ status, body: {} });
		expect(await hunter.lookup(lead(), http, ['identity.emailStatus'])).toEqual({
			kind: 'no-match',
			credits: 0,
			unanswered: ['identity.emailStatus'],
		});
	});

	it('keeps the profile when only the verifier fails', async () => {
		const wanted: FieldPath[] = ['person.title', 'identity.emailStatus'];
		const { http } = answering({ body: { data: person } }, { status: 500, body: 'down' });
		expect(await hunter.lookup(lead(), http, wanted)).toMatchObject({
			kind: 'found',
			fields: { 'person.title': 'Director' },
			unanswered: ['identity.emailStatus'],
		});
		const down = answering(notFound, { status: 500, body: 'down' });
		await expect(hunter.lookup(lead(), down.http, wanted)).rejects.toMatchObject({
			code: 'UPSTREAM_UNAVAILABLE',
		});
	});

	it('keeps the address that was paid for when the person cannot be asked for', async () => {
		const finding = { email: 'dana@northwind.com', score: 98 };
		const { http } = answering({ body: { data: finding } }, { status: 500, body: 'down' });
		expect(await hunter.lookup(noAddress, http, ['identity.email', 'person.title'])).toMatchObject({
			kind: 'found',
			credits: 1,
			fields: { 'identity.email': 'dana@northwind.com' },
			unanswered: ['person.title'],
		});
	});

	it.each([
		[403, 'too_many_requests', 'RATE_LIMITED'],
		[429, 'too_many_requests', 'RATE_LIMITED'],
		[429, 'usage_exceeded', 'QUOTA_EXHAUSTED'],
		[403, 'usage_exceeded', 'QUOTA_EXHAUSTED'],
		[403, 'forbidden', 'SCOPE_DENIED'],
		[401, 'authentication_failed', 'AUTH_FAILED'],
	])('reads %i %s as %s', async (status, id, code) => {
		const { http } = answering({ status, body: { errors: [{ id, code: status, details: 'd' }] } });
		await expect(hunter.lookup(lead(), http, ['person.title'])).rejects.toMatchObject({ code });
	});
});
