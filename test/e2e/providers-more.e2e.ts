import { z } from 'zod';
import { demoCredentials } from '../../sandbox/demo-credentials';
import { secrets } from '../../sandbox/secrets';
import { lead } from '../leads';
import { runChain } from './chain';
import { openHost, type TestHost } from './world';

const domain = 'northwind-analytics.com';
const dana = lead({
	identity: { email: `dana.whitfield@${domain}` },
	person: { linkedinUrl: 'https://www.linkedin.com/in/dana-whitfield' },
	company: { name: 'Northwind Analytics', domain },
});
const Item = z.looseObject({
	lead: z.object({
		identity: z.looseObject({ emailStatus: z.string().optional() }),
		person: z.looseObject({ title: z.string().optional() }),
	}),
	enrichment: z.looseObject({ status: z.string() }),
});
const Tested = z.object({ status: z.string(), message: z.string() });

/** Each credential in a real n8n: its test button, and how it signs for the node. */
describe('providers that verify, answer later, or are the user’s own', () => {
	let host: TestHost;
	beforeAll(async () => {
		host = await openHost();
	});
	beforeEach(() => host.world.reset());

	interface Step {
		readonly account: string;
		readonly credential: string;
		readonly name: string;
		readonly wanted: string;
		readonly step: object;
	}
	async function enrich({ account, credential, name, wanted, step }: Step) {
		const run = await runChain(
			host,
			[{ lead: dana }],
			[
				{
					name: 'Waterfall Enrich',
					type: 'n8n-nodes-lead-handoff.waterfallEnrich',
					typeVersion: 1,
					credentials: { [credential]: { id: null, name } },
					parameters: {
						providers: [account],
						wanted: [wanted],
						steps: { values: [{ timeoutSeconds: 4, ...step }] },
						onAllFailed: 'fail',
						options: { cacheHours: 0, budgetSeconds: 4 },
					},
				},
			],
		);
		const items = run.outputs('Waterfall Enrich');
		return { ...run, items };
	}

	it.each([
		['hunter', 'hunterApi', 'Hunter', '/v2/email-verifier', 0.01225],
		['zerobounce', 'zeroBounceApi', 'ZeroBounce', '/v2/validate', 0.0099],
		['neverbounce', 'neverBounceApi', 'NeverBounce', '/v4.2/single/check', 0.008],
	])('%s verifies with its credential, at its list price', async (...row) => {
		const [provider, credential, name, path, cost] = row;
		const wanted = 'identity.emailStatus';
		const step = { provider };
		const run = await enrich({ account: provider, credential, name, wanted, step });
		expect([run.status, run.error]).toEqual(['success', undefined]);
		const item = Item.parse(run.items[0]?.[0]?.json);
		expect(item.lead.identity.emailStatus).toBe('valid');
		expect(item.enrichment['cost']).toBe(cost);
		expect(host.world.calls().map((call) => call.path)).toEqual([path]);
	});

	it.each([
		['dropcontact', 'dropcontactApi', 'Dropcontact'],
		['fullenrich', 'fullEnrichApi', 'FullEnrich'],
		['clay', 'clayTableApi', 'Clay table'],
	])('%s takes a job with its credential', async (provider, credential, name) => {
		const step = { provider };
		const wanted = 'person.title';
		const run = await enrich({ account: provider, credential, name, wanted, step });
		const [first] = host.world.calls();
		expect(first).toMatchObject({ vendor: provider, status: 200 });
		// Nobody waits half a minute in a step: the lead goes on without it.
		expect(JSON.stringify(run.error ?? run.items)).toContain(provider);
	});

	const people = {
		provider: 'customHttp',
		name: 'People Lake',
		method: 'GET',
		url: 'https://people.acme-handoff.com/v1/people',
		query: { values: [{ name: 'email', value: '{identity.email}' }] },
		mapping: { values: [{ field: 'person.title', value: 'data.people[0]."job title"' }] },
	};

	it.each([
		['httpHeaderAuth', 'People API'],
		['httpQueryAuth', 'People API (query)'],
		['httpBasicAuth', 'People API (login)'],
		['httpBearerAuth', 'People API (bearer)'],
		['oAuth2Api', 'People API (OAuth2)'],
	])('an API of the user’s own is signed in to with %s', async (credential, name) => {
		const run = await enrich({
			account: `custom:${credential}`,
			credential,
			name,
			wanted: 'person.title',
			step: { ...people, authentication: credential },
		});
		expect([run.status, run.error]).toEqual(['success', undefined]);
		expect(Item.parse(run.items[0]?.[0]?.json)).toMatchObject({
			lead: { person: { title: 'Director of Revenue Operations' } },
			enrichment: { status: 'enriched' },
		});
	});

	it.each([
		['ZeroBounce', { apiKey: 'wrong' }],
		['NeverBounce', { apiKey: 'wrong' }],
		['FullEnrich', { apiKey: 'wrong' }],
		['Clay table', { webhookUrl: secrets.clayWebhookUrl, token: 'wrong' }],
		['Dropcontact', { apiKey: 'wrong' }],
	])('%s: the test button knows a right credential from a wrong one', async (name, wrong) => {
		const demo = demoCredentials.find((one) => one.name === name);
		const saved = host.credentials.find((one) => one.name === name);
		if (!demo || !saved) throw new Error(`There is no ${name}`);
		const test = async (data: Readonly<Record<string, unknown>>) =>
			Tested.parse(
				await host.rest.call('POST', '/rest/credentials/test', {
					credentials: { id: saved.id, name, type: demo.type, data },
				}),
			);
		expect(await test(demo.data)).toMatchObject({ status: 'OK' });
		expect(await test(wrong)).toMatchObject({ status: 'Error' });
	});
});
