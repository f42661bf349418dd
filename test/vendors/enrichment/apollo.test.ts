import type { FieldPath } from '../../../lib/domain/enrichment-fields';
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
			employer: {
				name: 'Northwind',
				domain: 'northwind.com',
				title: 'Director of Revenue Operations',
			},
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

	it('leaves the company of somebody unknown to its own question', async () => {
		const { http, requests } = answering({ body: { person: {} } });
		const found = await apollo.lookup(lead(), http, ['person.title', 'company.industry']);
		expect(found).toEqual({ kind: 'no-match', credits: 0 });
		expect(requests).toHaveLength(1);
	});

	it('finds a company by its domain, else by its name', async () => {
		const { http, requests } = answering({ body: { organization } }, { body: { organization } });
		await apollo.company?.lookup({ domain: 'northwind.com', name: 'Northwind' }, http);
		const found = await apollo.company?.lookup({ name: 'Northwind' }, http);
		expect(requests.map(({ query }) => query)).toEqual([
			{ domain: 'northwind.com' },
			{ name: 'Northwind' },
		]);
		expect(found).toMatchObject({ credits: 1, fields: { 'company.employeeCount': 800 } });
	});

	it('says where the person works now', async () => {
		const employment_history = [
			{ current: false, organization_name: 'Old Mill', title: 'Analyst', start_date: '2015-01-01' },
			{
				current: true,
				organization_name: 'Northwind',
				title: 'Director',
				start_date: '2023-04-01',
			},
		];
		const { http } = answering({ body: { person: { ...person, employment_history } } });
		expect(await apollo.lookup(lead(), http, [])).toMatchObject({
			employer: {
				name: 'Northwind',
				domain: 'northwind.com',
				title: 'Director',
				since: '2023-04-01',
			},
		});
	});

	it.each([
		[401, 'Invalid API key.', 'AUTH_FAILED'],
		[403, { error: 'no', error_code: 'API_INACCESSIBLE' }, 'SCOPE_DENIED'],
		[422, { error: 'Insufficient credits to enrich this person.' }, 'QUOTA_EXHAUSTED'],
		[422, { error: "Required parameter 'domain' missing" }, 'FIELD_MISMATCH'],
		[422, { status: 'failed', error_message: 'Not enough credits' }, 'QUOTA_EXHAUSTED'],
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

describe('Apollo, ten people at once', () => {
	const others = ['Ada', 'Ben', 'Cleo'].map((firstName) =>
		lead({
			identity: { email: `${firstName.toLowerCase()}@northwind.com` },
			person: { firstName, lastName: 'Stone' },
		}),
	);
	const known = (name: string) => ({ id: name, name: `${name} Stone`, title: `Title of ${name}` });
	const titles = async (matches: unknown[], credits_consumed?: number) => {
		const { http } = answering({ body: { matches, credits_consumed } });
		const answers = (await apollo.bulk?.lookup(others, http, [])) ?? [];
		return answers.map((one) => {
			if ('code' in one) return one.code;
			return one.kind === 'found' ? [one.fields['person.title'], one.credits] : one.kind;
		});
	};

	it('reads who is who by their places, and shares what was charged', async () => {
		expect(await titles([known('Ada'), null, known('Cleo')], 1)).toEqual([
			['Title of Ada', 0.5],
			'no-match',
			['Title of Cleo', 0.5],
		]);
	});

	it('reads who is who by their names where somebody was left out', async () => {
		expect(await titles([known('Cleo')])).toEqual(['no-match', 'no-match', ['Title of Cleo', 1]]);
	});

	it('gives nobody the record of somebody else', async () => {
		expect(await titles([{ id: 'x', name: 'Who Else', title: 'CEO' }])).toEqual(
			Array(3).fill('UPSTREAM_UNAVAILABLE'),
		);
	});
});

describe('Apollo, several companies at once', () => {
	const organization = (primary_domain: string) => ({ name: primary_domain, primary_domain });
	const domains = ['northwind.com', 'fabrikam.com', 'contoso.com'];
	const ask = async (organizations: readonly unknown[]) => {
		const { http, requests } = answering({ body: { organizations } });
		const queries = domains.map((domain) => ({ domain }));
		return { answers: await apollo.company?.bulk?.lookup(queries, http), requests };
	};
	const named = (name: string) => ({
		kind: 'found',
		credits: 1,
		fields: { 'company.name': name },
	});

	it('tells them apart by their domains, whatever the order; one that is left out is unknown', async () => {
		const found = ['contoso.com', 'northwind.com'].map(organization);
		const { answers, requests } = await ask(found);
		expect(requests).toMatchObject([
			{
				method: 'POST',
				url: 'https://api.apollo.io/api/v1/organizations/bulk_enrich',
				body: { details: domains.map((domain) => ({ domain })) },
			},
		]);
		expect(answers).toMatchObject([
			named('northwind.com'),
			{ kind: 'no-match', credits: 0 },
			named('contoso.com'),
		]);
	});

	it('takes one that is known by another domain where only one can be meant', async () => {
		const found = ['northwind.com', 'fabrikam-group.com', 'contoso.com'].map(organization);
		expect((await ask(found)).answers?.[1]).toMatchObject(named('fabrikam-group.com'));
	});

	it('mixes up none where that is unclear', async () => {
		const found = ['northwind.com', 'a-group.com'].map(organization);
		expect((await ask(found)).answers).toMatchObject([
			named('northwind.com'),
			{ code: 'UPSTREAM_UNAVAILABLE' },
			{ code: 'UPSTREAM_UNAVAILABLE' },
		]);
	});
});

describe('Apollo, minutes later', () => {
	const url = 'https://n8n.example.com/webhook/later';
	const start = async (body: unknown) => {
		const { http, requests } = answering({ body });
		return { job: await apollo.later?.start([lead()], http, url), requests };
	};

	it('starts a waterfall for what is missing', async () => {
		const { job, requests } = await start({ person, request_id: '-1039995589705121900' });
		expect(job).toMatchObject({ jobId: '-1039995589705121900' });
		expect(requests[0]?.body).toMatchObject({
			run_waterfall_email: false,
			run_waterfall_phone: true,
			webhook_url: url,
		});
		// A second one would be paid twice.
		expect(requests[0]?.idempotent).toBeUndefined();
	});

	it('pays for nothing that is not wanted', async () => {
		const { http, requests } = answering({ body: { person, request_id: '7' } });
		const wanting = async (wanted: readonly FieldPath[]) =>
			await apollo.later?.start([lead()], http, url, wanted);
		const job = await wanting(['person.title', 'identity.email']);
		expect(requests).toEqual([]);
		expect(await apollo.later?.collect?.(job?.jobId ?? '', http)).toEqual({
			state: 'done',
			lookups: [{ kind: 'no-match', credits: 0 }],
		});
		await wanting(['identity.phone']);
		expect(requests).toHaveLength(1);
	});

	it('refuses to guess an id that has lost its digits', async () => {
		const lost = JSON.parse('{"request_id":1039995589705121901}') as object;
		await expect(start({ person, ...lost })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
	});

	it('says what is missing in Apollo or in the node', async () => {
		const waterfall = { status: 'failed', message: 'No data sources are configured' };
		await expect(start({ person, waterfall })).rejects.toMatchObject({
			code: 'CONFIG_INVALID',
			message: expect.stringContaining('No data sources are configured'),
		});
		const { http } = answering();
		await expect(apollo.later?.start([lead()], http, undefined)).rejects.toMatchObject({
			code: 'CONFIG_INVALID',
			message: expect.stringContaining('callback URL'),
		});
	});

	it.each([
		[404, { error_code: 'result_pending', retry_after_seconds: 12 }, { pollAfterMs: 12_000 }],
		[404, { error_code: 'result_pending' }, { pollAfterMs: 10_000 }],
	])('waits as long as Apollo says: %i %j', async (status, body, pending) => {
		const { http } = answering({ status, body });
		expect(await apollo.later?.collect?.('7', http)).toEqual({ state: 'pending', ...pending });
	});

	it.each([
		[404, 'request_id_unknown'],
		[410, 'request_id_expired'],
		[400, 'invalid_request_id'],
	])('does not wait for ever: %i %s', async (status, error_code) => {
		const { http } = answering({ status, body: { error_code } });
		await expect(apollo.later?.collect?.('7', http)).rejects.toMatchObject({
			code: 'INVALID_INPUT',
		});
	});

	const delivery = (id: string) =>
		`{"status":"success","credits_consumed":8,"request_id":${id},"people":[{"id":"64a7","emails":[],"phone_numbers":[{"sanitized_number":"+16175550142"}]}]}`;

	it.each([['"-1039995589705121901"'], ['-1039995589705121901']])(
		'reads a callback with the id %s, and the same a second time',
		(id) => {
			const read = apollo.later?.readCallback?.(delivery(id));
			expect(read).toEqual({
				jobId: '-1039995589705121901',
				lookups: [{ kind: 'found', fields: { 'identity.phone': '+16175550142' }, credits: 9 }],
			});
			expect(apollo.later?.readCallback?.(delivery(id))).toEqual(read);
		},
	);

	it.each([
		[null],
		['text'],
		[[]],
		[{}],
		[{ id: 7 }],
		[JSON.parse(delivery('1039995589705121901'))],
	])('does not take %j for a callback that it can place', (body) => {
		expect(apollo.later?.readCallback?.(body)).toBeNull();
	});
});
