import { secrets } from '../../sandbox/secrets';
import { useWorld } from './world';

const at = useWorld();
const json = { 'content-type': 'application/json' };
const dropcontact = { 'x-access-token': secrets.dropcontactKey };
const fullenrich = { authorization: `Bearer ${secrets.fullenrichKey}` };
const clay = { 'x-clay-webhook-auth': secrets.clayToken };
const own = { 'x-people-key': secrets.ownApiKey };
const DROPCONTACT = 'https://api.dropcontact.com/v1/enrich/all';
const FULLENRICH = 'https://app.fullenrich.com/api/v2/contact/enrich/bulk';
const ZEROBOUNCE = 'https://api.zerobounce.net/v2';
const NEVERBOUNCE = 'https://api.neverbounce.com/v4.2';
const zeroKey = `api_key=${secrets.zerobounceKey}`;
const neverKey = `key=${secrets.neverbounceKey}`;
const contact = { first_name: 'A', last_name: 'B', domain: 'c.com' };

describe('the providers of the second half', () => {
	it.each<[string, string, object, unknown, number, object]>([
		['Dropcontact', DROPCONTACT, {}, { data: [{}] }, 401, { reason: 'Unknown account' }],
		['Dropcontact', DROPCONTACT, dropcontact, { data: [] }, 400, { reason: 'data is required' }],
		[
			'Dropcontact',
			DROPCONTACT,
			dropcontact,
			{ data: Array.from({ length: 251 }, () => ({ email: 'a@b.com' })) },
			400,
			{ reason: 'Too many records, you can only submit up to 250 records' },
		],
		[
			'Dropcontact',
			DROPCONTACT,
			dropcontact,
			{ data: [{ mail: 'a@b.com' }] },
			400,
			{ reason: 'Unknown contact field: mail' },
		],
		['Dropcontact', `${DROPCONTACT}/x`, dropcontact, undefined, 200, { success: false }],
		// Free, and what n8n's own credential is tested with.
		[
			'Dropcontact',
			'https://api.dropcontact.io/batch',
			dropcontact,
			{ data: [{}] },
			200,
			{ success: true, credits_left: 5_000 },
		],
		['FullEnrich', FULLENRICH, {}, {}, 401, { code: 'error.authorization.not_set' }],
		[
			'FullEnrich',
			FULLENRICH,
			fullenrich,
			{ data: [] },
			400,
			{ code: 'error.enrichment.name.empty' },
		],
		[
			'FullEnrich',
			FULLENRICH,
			fullenrich,
			{ name: 'x', data: [contact] },
			400,
			{ code: 'error.enrichment.enrich_fields.empty' },
		],
		[
			'FullEnrich',
			FULLENRICH,
			fullenrich,
			{ name: 'x', data: [{ ...contact, enrich_fields: ['contact.emails'] }] },
			400,
			{ code: 'error.enrichment.enrich_field.value' },
		],
		[
			'FullEnrich',
			`${FULLENRICH}/x`,
			fullenrich,
			undefined,
			404,
			{ code: 'error.enrichment.not_found' },
		],
		['Clay', secrets.clayWebhookUrl, {}, { a: 1 }, 401, {}],
		['Clay', secrets.clayWebhookUrl, clay, [], 400, {}],
		['Clay', 'https://api.clay.com/v3/sources/webhook/x', clay, { a: 1 }, 404, {}],
		['Clay', secrets.clayWebhookUrl, clay, { a: 1 }, 200, { success: true }],
		[
			'ZeroBounce',
			`${ZEROBOUNCE}/validate?api_key=x&email=a@b.com`,
			{},
			undefined,
			200,
			{ error: 'Invalid API Key or your account ran out of credits' },
		],
		['ZeroBounce', `${ZEROBOUNCE}/validate?${zeroKey}`, {}, undefined, 400, {}],
		[
			'ZeroBounce',
			`${ZEROBOUNCE}/validate?${zeroKey}&email=a@b.com&timeout=99`,
			{},
			undefined,
			400,
			{},
		],
		['ZeroBounce', `${ZEROBOUNCE}/getcredits?api_key=x`, {}, undefined, 200, { Credits: '-1' }],
		[
			'NeverBounce',
			`${NEVERBOUNCE}/single/check?email=a@b.com`,
			{},
			undefined,
			200,
			{ status: 'general_failure' },
		],
		[
			'NeverBounce',
			`${NEVERBOUNCE}/single/check?key=x&email=a@b.com`,
			{},
			undefined,
			200,
			{ status: 'auth_failure' },
		],
		[
			'NeverBounce',
			`${NEVERBOUNCE}/single/check?${neverKey}`,
			{},
			undefined,
			200,
			{ message: "Missing required parameter 'email'" },
		],
		[
			'NeverBounce',
			`${NEVERBOUNCE}/jobs/results?${neverKey}&job_id=1`,
			{},
			undefined,
			200,
			{ status: 'general_failure' },
		],
		[
			'the people API',
			'https://people.acme-handoff.com/v1/people?email=a@b.com',
			own,
			undefined,
			404,
			{},
		],
		['the people API', 'https://people.acme-handoff.com/v1/people', {}, undefined, 401, {}],
	])('%s answers %s', async (_, url, headers, body, status, said) => {
		const call = body === undefined ? { headers } : { headers: { ...json, ...headers }, body };
		expect(await at.client.call(url, call as object)).toMatchObject({ status, body: said });
	});
});
