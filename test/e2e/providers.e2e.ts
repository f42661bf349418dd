import { z } from 'zod';
import { demoCredentials } from '../../sandbox/demo-credentials';
import { secrets } from '../../sandbox/secrets';
import { lead } from '../leads';
import { runChain } from './chain';
import { openHost, type TestHost } from './world';

const domain = 'northwind-analytics.com';
const dana = lead({
	identity: { email: `dana.whitfield@${domain}` },
	company: { name: 'Northwind Analytics', domain },
});
const Enriched = z.object({
	lead: z.object({ person: z.object({ title: z.string() }) }),
	enrichment: z.object({ status: z.string() }),
});
const Tested = z.object({ status: z.string(), message: z.string() });

/** Each credential in a real n8n: its test button, and how it signs for the node. */
describe('providers', () => {
	let host: TestHost;
	beforeAll(async () => {
		host = await openHost();
	});
	beforeEach(() => host.world.reset());

	const nodeOf = (provider: string, credential: string, name: string) => ({
		name: 'Waterfall Enrich',
		type: 'n8n-nodes-lead-handoff.waterfallEnrich',
		typeVersion: 1,
		credentials: { [credential]: { id: null, name } },
		parameters: {
			providers: [provider],
			wanted: ['person.title'],
			steps: { values: [{ provider, timeoutSeconds: 10 }] },
			onAllFailed: 'fail',
			options: { cacheHours: 0, budgetSeconds: 20 },
		},
	});

	it.each([
		['apollo', 'apolloEnrichmentApi', 'Apollo', ['/api/v1/people/match']],
		['clearbit', 'clearbitApi', 'Clearbit', ['/v2/people/find']],
		['pdl', 'peopleDataLabsApi', 'People Data Labs', ['/v5/person/enrich']],
		['zoominfo', 'zoomInfoOAuth2Api', 'ZoomInfo', ['/gtm/data/v1/contacts/enrich']],
		[
			'zoominfoLegacy',
			'zoomInfoLegacyApi',
			'ZoomInfo (legacy)',
			['/authenticate', '/enrich/contact'],
		],
	])('%s enriches with its credential', async (provider, credential, name, paths) => {
		const run = await runChain(host, [{ lead: dana }], [nodeOf(provider, credential, name)]);
		expect({ status: run.status, error: run.error }).toEqual({
			status: 'success',
			error: undefined,
		});
		const [[item] = []] = run.outputs('Waterfall Enrich');
		expect(Enriched.parse(item?.json)).toMatchObject({
			lead: { person: { title: 'Director of Revenue Operations' } },
			enrichment: { status: 'enriched' },
		});
		expect(host.world.calls().map(({ path }) => path)).toEqual(paths);
	});

	it('signs in at the old API once, not for every lead', async () => {
		const node = nodeOf('zoominfoLegacy', 'zoomInfoLegacyApi', 'ZoomInfo (legacy)');
		await runChain(host, [{ lead: dana }], [node]);
		host.world.reset();
		await runChain(host, [{ lead: dana }], [node]);
		expect(host.world.calls().map(({ path }) => path)).toEqual(['/enrich/contact']);
	});

	it('signs in again where the token has run out', async () => {
		const node = nodeOf('zoominfoLegacy', 'zoomInfoLegacyApi', 'ZoomInfo (legacy)');
		await runChain(host, [{ lead: dana }], [node]);
		host.world.reset();
		host.world.setFault('zoominfo', { kind: 'error', status: 401, times: 1, path: '/enrich' });
		const run = await runChain(host, [{ lead: dana }], [node]);
		expect(run.status).toBe('success');
		expect(host.world.calls().map(({ path, status }) => `${path} ${status}`)).toEqual([
			'/enrich/contact 401',
			'/authenticate 200',
			'/enrich/contact 200',
		]);
	});

	it.each([
		['People Data Labs', { apiKey: 'wrong' }],
		['ZoomInfo (legacy)', { username: secrets.zoominfoUser, password: 'wrong' }],
		['Apollo', { apiKey: 'wrong' }],
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
