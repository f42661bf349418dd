import * as fc from 'fast-check';
import { customHttp, type CustomHttpSettings } from '../../../lib/vendors/enrichment/custom-http';
import type { EnrichmentProvider } from '../../../lib/vendors/enrichment/port';
import { keptAs, lookupKey } from '../../../lib/vendors/lookup-cache';
import { secrets } from '../../../sandbox/secrets';
import { openOwnApi } from '../../../sandbox/vendors/own-api';
import { enrichmentContract } from '../../contracts/enrichment.contract';
import { withBasic, withHeader, withQuery } from '../../contracts/signing';
import { lead } from '../../leads';
import { answering } from './answers';

const settings: CustomHttpSettings = {
	name: 'People Lake',
	credential: 'httpHeaderAuth',
	method: 'GET',
	url: 'https://people.acme-handoff.com/v1/people',
	query: [
		{ name: 'email', value: '{identity.email}' },
		{ name: 'locale', value: '{person.country}' },
	],
	headers: [],
	body: '',
	answer: {
		fields: {
			'person.title': 'data.people[0]."job title"',
			'person.seniority': 'data.people[0].level',
			'identity.phone': 'data.people[0].phone',
			'company.name': 'data.people[0].employer.name',
			'company.employeeCount': 'data.people[0].employer.staff',
		},
		credits: 'meta.cost',
		confidence: 'data.people[0].certainty',
	},
	notFound: [404],
	pricing: { perHit: 3 },
};
const custom = (change: Partial<CustomHttpSettings> = {}) => customHttp({ ...settings, ...change });

const dana = lead({ identity: { email: 'dana.whitfield@northwind-analytics.com' } });
const ines = lead({ identity: { email: 'ines@quietharbor-ceramics.com' } });
const found = {
	lead: dana,
	fields: {
		'person.title': 'Director of Revenue Operations',
		'person.seniority': 'director',
		'company.employeeCount': 800,
	},
	absent: ['identity.phone'],
	credits: 2,
} as const;

enrichmentContract({
	provider: custom(),
	open: openOwnApi,
	sign: withHeader('x-people-key', secrets.ownApiKey),
	wrongSign: withHeader('x-people-key', 'wrong'),
	found,
	nobody: { lead: ines },
});

// One that says in a 200 that nobody is known, asked with a body.
enrichmentContract({
	provider: custom({
		name: 'People Search',
		method: 'POST',
		url: 'https://people.acme-handoff.com/v1/people/search',
		query: [],
		body: '{ "filter": { "email": "{identity.email}", "phone": "{identity.phone}" } }',
		answer: { ...settings.answer, foundWhen: 'length(data.people) > `0`' },
	}),
	open: openOwnApi,
	sign: withBasic('n8n', secrets.ownApiKey),
	wrongSign: withBasic('n8n', 'wrong'),
	found,
	nobody: { lead: ines },
});

const companies = custom({
	name: 'Company Lake',
	url: 'https://people.acme-handoff.com/v1/companies/{company.domain}',
	query: [],
	answer: {
		fields: {
			'company.name': 'data.legal_name',
			'company.employeeCount': 'data.staff',
			'company.techStack': 'data.tools',
		},
	},
	pricing: { perHit: 1 },
});
const northwind = {
	'company.name': 'Northwind Analytics',
	'company.employeeCount': 800,
	'company.techStack': ['Salesforce', 'HubSpot', 'Snowflake', 'Segment'],
};

enrichmentContract({
	provider: companies,
	open: openOwnApi,
	sign: withQuery('token', secrets.ownApiKey),
	wrongSign: withQuery('token', 'wrong'),
	found: {
		lead: lead({ company: { domain: 'northwind-analytics.com' } }),
		fields: northwind,
		credits: 1,
	},
	nobody: { lead: lead({ company: { domain: 'quietharbor-ceramics.com' } }) },
	company: {
		found: { query: { domain: 'northwind-analytics.com' }, fields: northwind, credits: 1 },
		nobody: { domain: 'quietharbor-ceramics.com' },
	},
});

describe('Custom HTTP', () => {
	const asked = async (change: Partial<CustomHttpSettings>, one = lead()) => {
		const { http, requests } = answering({ body: {} });
		await custom(change).lookup(one, http, ['person.title']);
		return requests[0];
	};

	it('is named after its name, and its answers are forgotten when its settings change', () => {
		expect(custom().id).toBe('customPeopleLake');
		expect(custom({ name: 'Łukasz’ API 2' }).id).toBe('customUkaszAPI2');
		const { revision } = custom();
		expect(custom({ pricing: { perHit: 9 } }).revision).toBe(revision);
		expect(custom({ url: 'https://x.com' }).revision).not.toBe(revision);
	});

	it('fills placeholders in every part, and leaves out what is unknown', async () => {
		const request = await asked(
			{
				method: 'POST',
				url: 'https://x.com/{source.system}/{company.name}?v=1',
				query: [
					{ name: 'q', value: '{person.firstName} at {company.domain}' },
					{ name: 'phone', value: '{identity.phone}' },
				],
				headers: [{ name: 'X-Event', value: '{source.event}' }],
				body: '{"a":["{identity.email}","{identity.phone}"],"b":{"size":"{company.employeeCount}"},"c":1,"d":"{nobody}"}',
			},
			lead({ company: { name: 'A/B & Co', employeeCount: 40 } }),
		);
		expect(request).toMatchObject({
			url: 'https://x.com/form/A%2FB%20%26%20Co?v=1',
			query: { q: 'Dana at northwind.com' },
			headers: { 'X-Event': 'webform_submitted' },
			body: { a: ['dana@northwind.com'], b: { size: 40 }, c: 1, d: '{nobody}' },
		});
		expect(request?.query).not.toHaveProperty('phone');
	});

	it('lets no value of a lead leave its place in the URL', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), (name) => {
				const one = custom({ url: 'https://x.com/v1/{company.name}/end' });
				const trouble = one.cannotAsk(lead({ company: { name } }));
				if (trouble) return;
				const { http, requests } = answering({ body: {} });
				void one.lookup(lead({ company: { name } }), http, []);
				const url = new URL(requests[0]?.url ?? '');
				expect([url.host, url.search, url.hash]).toEqual(['x.com', '', '']);
				expect(url.pathname).toMatch(/^\/v1\/[^/]*\/end$/);
			}),
		);
	});

	it.each([
		[
			{ url: 'https://x.com/{person.linkedinUrl}' },
			'People Lake needs person.linkedinUrl for its URL',
		],
		[{ query: [{ name: 'p', value: '{identity.phone}' }] }, 'People Lake needs identity.phone'],
		// Expressions of n8n are filled before: nothing is known to be missing.
		[{ query: [{ name: 'email', value: 'dana@northwind.com' }] }, null],
	])('knows when it cannot be asked: %j', (change, reason) => {
		expect(custom(change).cannotAsk(lead())).toBe(reason);
	});

	it.each<[string, Partial<CustomHttpSettings>, string]>([
		['no field', { answer: { fields: {} } }, 'fills no field'],
		['a broken path', { answer: { fields: { 'person.title': 'data..title' } } }, 'is no JMESPath'],
		['a broken condition', { answer: { ...settings.answer, foundWhen: 'a ==' } }, "'Found When'"],
		['a broken body', { method: 'POST', body: '{"a": ' }, 'is no JSON'],
		['a host of the lead', { url: 'https://{company.domain}/x' }, 'must not be a placeholder'],
		['no name', { name: ' ' }, 'has no name'],
	])('refuses %s', (_, change, message) => {
		const make = () => custom(change);
		expect(make).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
		expect(make).toThrow(message);
	});

	it('refuses an address that is none', async () => {
		await expect(asked({ url: 'people.acme.com/v1' })).rejects.toMatchObject({
			code: 'CONFIG_INVALID',
			message: expect.stringContaining('must begin with https://'),
		});
	});

	it.each([
		['success', 'success', 'no-match'],
		['false', 'success', 'no-match'],
		['people', 'people', 'no-match'],
		['count', 'count', 'found'],
		["status == 'done'", 'status', 'found'],
		['length(missing) > `0`', 'missing', 'no-match'],
	])('reads the condition %s as JMESPath does', async (foundWhen, _, kind) => {
		const body = { success: false, people: [], count: 0, status: 'done', title: 'CEO' };
		const { http } = answering({ body });
		const answer = { fields: { 'person.title': 'title' }, foundWhen } as const;
		expect(await custom({ answer }).lookup(lead(), http, [])).toMatchObject({ kind });
	});

	it('charges the price of a hit where the answer does not say', async () => {
		const { http } = answering({
			body: { data: { people: [{ level: 'vp', certainty: 'high' }] } },
		});
		expect(await custom().lookup(lead(), http, [])).toEqual({
			kind: 'found',
			credits: 3,
			fields: { 'person.seniority': 'vp' },
		});
	});

	it('knows nobody where the API says so by its status, in whatever words', async () => {
		const { http } = answering({ status: 410, body: 'Gone' }, { status: 410, body: 'Gone' });
		const one = custom({ notFound: [404, 410] });
		expect(await one.lookup(lead(), http, [])).toEqual({ kind: 'no-match', credits: 0 });
		await expect(custom().lookup(lead(), http, [])).rejects.toMatchObject({
			code: 'FIELD_MISMATCH',
		});
	});

	it('does not use an answer again that other settings gave', () => {
		const key = (one: EnrichmentProvider) => lookupKey(keptAs(one), lead());
		expect(key(custom())).toBe(key(custom()));
		expect(key(custom({ url: 'https://x.com' }))).not.toBe(key(custom()));
	});

	it('asks again later where the API says that it is still looking', async () => {
		const { http } = answering({ status: 202, body: {} });
		expect(await custom().lookup(lead(), http, ['person.title'])).toEqual({
			kind: 'no-match',
			credits: 0,
			unanswered: ['person.title'],
		});
	});
});
