import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { lead } from '../leads';
import { ownStore, run as runNode, type Answer } from './waterfall-enrich-host';

beforeAll(ownStore);

const person = {
	title: 'Director',
	seniority: 'director',
	linkedin_url: 'https://www.linkedin.com/in/dana',
	contact: { sanitized_phone: '+16175550142' },
	organization: { name: 'Northwind', estimated_num_employees: 800, industry: 'software' },
};
const noPerson: Answer = { statusCode: 200, body: { person: null, organization: null } };
const known: Answer = { statusCode: 200, body: { person } };
/** The same for several at once. */
const allKnown = ({ body }: IHttpRequestOptions): Answer => {
	const { details } = body as { details?: unknown[] };
	return details ? { statusCode: 200, body: { matches: details.map(() => person) } } : known;
};
const nobody: Answer = { statusCode: 404, body: { errors: [] } };
const down: Answer = { statusCode: 401, body: 'Invalid access credentials.' };

interface Scene {
	readonly apollo: Answer | ((options: IHttpRequestOptions) => Answer);
	readonly hunter: Answer;
	readonly parameters?: IDataObject;
	readonly credentials?: readonly string[];
	readonly account?: string;
	readonly typeVersion?: number;
}

const run = async (items: readonly IDataObject[], { apollo, hunter, ...scene }: Scene) =>
	await runNode(items, {
		...scene,
		answers: { 'api.apollo.io': apollo, 'api.hunter.io': hunter },
	});

let count = 0;
/** Everybody is new, so that no answer of another test is remembered. */
const item = () => {
	count += 1;
	return {
		lead: lead({
			identity: { email: `p${count}@north${count}.com` },
			company: { name: 'Northwind', domain: `north${count}.com` },
		}),
	} as unknown as IDataObject;
};

describe('Waterfall Enrich', () => {
	it('sends a lead with everything wanted to Enriched, and leaves the rest of the item alone', async () => {
		const json = item();
		(json['lead'] as IDataObject)['mine'] = { stays: true };
		const { outputs, paths } = await run([{ ...json, dedupe: { state: 'new' } }], {
			apollo: known,
			hunter: nobody,
		});
		expect(paths).toEqual(['/api/v1/people/match']);
		expect(outputs.map((lane) => lane.length)).toEqual([1, 0, 0]);
		expect(outputs[0]?.[0]?.json).toMatchObject({
			dedupe: { state: 'new' },
			lead: { mine: { stays: true }, person: { firstName: 'Dana', title: 'Director' } },
			enrichment: { status: 'enriched', credits: 1 },
			trace: { stages: [{ stage: 'enriched', note: 'apollo hit: 6 fields filled' }] },
		});
		expect((json['lead'] as IDataObject)['person']).not.toHaveProperty('title');
	});

	it('signs Hunter with the key of n8n’s own credential', async () => {
		const { sent } = await run([item()], { apollo: noPerson, hunter: nobody });
		const hunters = sent.filter(({ url }) => url.startsWith('https://api.hunter.io/'));
		expect(hunters[0]?.headers).toMatchObject({ 'X-API-KEY': 'hunter-key' });
		expect(JSON.stringify(hunters[0]?.qs)).not.toContain('hunter-key');
	});

	it('asks again in the same parts for what is still under way', async () => {
		const pending = [{ provider: 'apollo', fields: ['person.title'], state: 'running' }];
		const scene = {
			typeVersion: 1.1,
			parameters: { profile: 'full' },
			apollo: ({ url }: IHttpRequestOptions): Answer =>
				url.includes('/organizations/')
					? { statusCode: 200, body: { organization: person.organization } }
					: known,
			hunter: nobody,
		};
		const again = await run([{ ...item(), enrichment: { pending } }], scene);
		expect([...again.paths].sort()).toEqual([
			'/api/v1/organizations/enrich',
			'/api/v1/people/match',
		]);
		expect((await run([item()], scene)).paths).toEqual(['/api/v1/people/match']);
	});

	it.each([
		['nobody known anywhere', { apollo: noPerson, hunter: nobody }, 2, 'unmatched'],
		['one failed, one knows nobody', { apollo: down, hunter: nobody }, 1, 'partial'],
		['all failed', { apollo: down, hunter: down }, 1, 'partial'],
	] as const)('%s', async (_, scene, output, status) => {
		const { outputs } = await run([item()], scene);
		expect(outputs[output]?.[0]?.json['enrichment']).toMatchObject({ status });
	});

	it('fails the item when all failed and that was chosen', async () => {
		const parameters = { onAllFailed: 'fail' };
		const { outputs } = await run([item()], { apollo: down, hunter: down, parameters });
		expect(outputs[0]?.[0]?.json['details']).toMatchObject({
			code: 'AUTH_FAILED',
			vendor: 'hunter',
		});
	});

	it('sends a skipped lead to Partial without asking anybody', async () => {
		const personal = {
			lead: lead({ identity: { emailKind: 'personal' } }) as unknown as IDataObject,
		};
		const { outputs, sent } = await run([personal], { apollo: known, hunter: nobody });
		expect(sent).toEqual([]);
		expect(outputs[1]?.[0]?.json['enrichment']).toMatchObject({ status: 'skipped' });
	});

	it('pays once for one person, in one run and in the next', async () => {
		const json = item();
		const scene = { apollo: known, hunter: nobody };
		expect((await run([json, json], scene)).sent).toHaveLength(1);
		const again = await run([json], scene);
		expect(again.sent).toEqual([]);
		expect(again.outputs[0]?.[0]?.json['enrichment']).toMatchObject({ cached: true, credits: 0 });
	});

	it('does not give one account what another has paid for', async () => {
		const json = item();
		const scene = { apollo: known, hunter: nobody };
		expect((await run([json], scene)).sent).toHaveLength(1);
		expect((await run([json], { ...scene, account: '2' })).sent).toHaveLength(1);
		expect((await run([json], scene)).sent).toEqual([]);
	});

	it('asks for several at once where the provider can, and keeps their order', async () => {
		const items = Array.from({ length: 12 }, item);
		const { outputs, paths } = await run(items, { apollo: allKnown, hunter: nobody });
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, index) => ({ item: index })),
		);
		expect(paths).toEqual(['/api/v1/people/bulk_match', '/api/v1/people/bulk_match']);
	});

	it.each([
		['a credential is missing', { credentials: ['hunterApi'] }, /Apollo is selected but no Apollo/],
		['nothing is wanted', { parameters: { wanted: [] } }, /'Fields Wanted' is empty/],
		['there is no step', { parameters: { steps: {} } }, /'Steps' is empty/],
		[
			'a timeout is below 0',
			{ parameters: { steps: { values: [{ provider: 'apollo', timeoutSeconds: -1 }] } } },
			/'Timeout of step 1' is -1/,
		],
	])('says so when %s', async (_, change, message) => {
		const { outputs } = await run([item()], { apollo: known, hunter: nobody, ...change });
		expect(outputs[0]?.[0]?.json['details']).toMatchObject({
			code: 'CONFIG_INVALID',
			message: expect.stringMatching(message),
		});
	});

	it('skips the step of a provider that is not ticked', async () => {
		const parameters = { providers: ['hunter'] };
		const { outputs, paths } = await run([item()], { apollo: known, hunter: nobody, parameters });
		expect(paths.every((path) => path.startsWith('/v2/'))).toBe(true);
		expect(outputs[2]?.[0]?.json['enrichment']).toMatchObject({
			steps: [{ outcome: 'skipped', reason: "Apollo is not ticked in 'Providers'" }, {}],
		});
	});
});
