import type { IDataObject } from 'n8n-workflow';
import { OUTPUTS } from '../../nodes/WaterfallEnrich/operations';
import { lead } from '../leads';
import { runIdentity } from './identity-host';
import { ownStore, run, type Answer, type Scene } from './waterfall-enrich-host';

beforeAll(ownStore);

const json = (body: unknown, statusCode = 200): Answer => ({ statusCode, body });

let count = 0;
/** Everybody and every company is new, so that no answer of another test is remembered. */
function newLead(parts: Parameters<typeof lead>[0] = {}) {
	count += 1;
	const domain = `company${count}.com`;
	return lead({
		...parts,
		identity: { email: `dana${count}@${domain}`, ...parts.identity },
		company: { name: 'Northwind', domain, ...parts.company },
	});
}

const item = (parts?: Parameters<typeof lead>[0]) =>
	({
		lead: newLead(parts),
		trace: { correlationId: `c${count}`, stages: [] },
	}) as unknown as IDataObject;

const only = (provider: string) => ({ providers: [provider], steps: { values: [{ provider }] } });

const scene = (operation: string, rest: Scene): Scene => ({
	...rest,
	typeVersion: 1.1,
	parameters: { operation, ...rest.parameters },
});

describe('what is left over', () => {
	const slow = {
		'api.apollo.io': json({ person: { title: 'Director' } }),
		'api.hunter.io': async () =>
			await new Promise<Answer>((done) => setTimeout(() => done(json({}, 404)), 3_000)),
	};
	const parameters = { profile: 'custom', deadlineSeconds: 1.8 };

	it('goes on Background, as a copy of the lead that goes on', async () => {
		const { outputs } = await run([item()], scene('enrich', { answers: slow, parameters }));
		expect(outputs.map((lane) => lane.length)).toEqual([0, 1, 0, 1]);
		for (const output of [1, 3]) {
			expect(outputs[output]?.[0]?.json).toMatchObject({
				lead: { person: { title: 'Director' } },
				enrichment: { status: 'partial', pending: [{ provider: 'hunter' }] },
			});
			expect(outputs[output]?.[0]?.pairedItem).toEqual({ item: 0 });
		}
	});

	it('does not in version 1, whose fourth output is the error output', async () => {
		const steps = { values: [{ provider: 'hunter' }, { provider: 'apollo' }] };
		const parameters = { steps, options: { budgetSeconds: 0.1 } };
		const old = { ...scene('enrich', { answers: slow, parameters }), typeVersion: 1 };
		const { outputs } = await run([item()], old);
		expect(outputs.map((lane) => lane.length)).toEqual([0, 1, 0]);
		expect(outputs[1]?.[0]?.json['enrichment']).toMatchObject({
			pending: [{ provider: 'apollo' }],
		});
	});
});

describe('Enrich Lead', () => {
	it('skips a step that a budget does not allow, and says so', async () => {
		const parameters = { ...only('apollo'), budgets: { values: [{ per: 'lead', credits: 0.5 }] } };
		const { outputs, sent } = await run([item()], scene('enrich', { answers: {}, parameters }));
		expect(sent).toEqual([]);
		expect(outputs[1]?.[0]?.json['enrichment']).toMatchObject({
			steps: [{ outcome: 'skipped', code: 'BUDGET_EXHAUSTED' }],
		});
	});

	it('asks a custom API as the step describes it', async () => {
		const answers = { 'api.acme.test': json({ data: { job: 'Director of Sales' } }) };
		const step = {
			provider: 'customHttp',
			name: 'Acme Data',
			authentication: 'httpQueryAuth',
			url: 'https://api.acme.test/people/{identity.email}',
			mapping: { values: [{ field: 'person.title', value: 'data.job' }] },
		};
		const parameters = { providers: ['custom:httpQueryAuth'], steps: { values: [step] } };
		const credentials = ['httpQueryAuth'];
		const { outputs, sent } = await run(
			[item()],
			scene('enrich', { answers, parameters, credentials }),
		);
		expect(sent.map(({ url, qs }) => [url, qs])).toEqual([
			[`https://api.acme.test/people/dana${count}%40company${count}.com`, { key: 'query-key' }],
		]);
		expect(outputs[1]?.[0]?.json).toMatchObject({
			lead: { person: { title: 'Director of Sales' } },
			enrichment: { filled: { 'person.title': { provider: 'customAcmeData' } } },
		});
	});
});

describe('Enrich Company', () => {
	const answers = {
		'api.apollo.io': json({
			organization: { name: 'Northwind', estimated_num_employees: 800, industry: 'software' },
		}),
	};

	it('asks by the domain, and sends nothing of the person', async () => {
		const { outputs, sent } = await run(
			[item()],
			scene('enrichCompany', { answers, parameters: only('apollo') }),
		);
		expect(sent).toHaveLength(1);
		expect(JSON.stringify(sent)).not.toMatch(/dana|whitfield/i);
		expect(outputs[0]?.[0]?.json).toMatchObject({
			company: { domain: `company${count}.com`, employeeCount: 800 },
			lead: { company: { employeeCount: 800 }, person: { firstName: 'Dana' } },
		});
	});

	it('needs no lead, and takes a website', async () => {
		const parameters = {
			...only('apollo'),
			companyDomain: 'https://www.bare.com/about',
			companyName: '',
		};
		const { outputs, sent } = await run(
			[{ row: 7 }],
			scene('enrichCompany', { answers, parameters }),
		);
		expect(sent[0]?.qs).toMatchObject({ domain: 'bare.com' });
		expect(outputs[0]?.[0]?.json).toMatchObject({
			row: 7,
			company: { domain: 'bare.com', name: 'Northwind' },
		});
		expect(outputs[0]?.[0]?.json).not.toHaveProperty('lead');
	});

	it('names the value that is no domain', async () => {
		const parameters = { ...only('apollo'), companyDomain: 'not a domain' };
		const { outputs } = await run([{}], scene('enrichCompany', { answers, parameters }));
		expect(outputs[0]?.[0]?.json['details']).toMatchObject({ code: 'INVALID_INPUT' });
	});
});

describe('Verify Email', () => {
	const verified = (status: string): Scene['answers'] => ({
		'api.hunter.io': json({ data: { status, score: 90 } }),
	});

	it.each([
		['valid', 0, 'valid'],
		['accept_all', 1, 'accept_all'],
		['invalid', 2, 'invalid'],
	])('%s goes on output %i', async (status, output, emailStatus) => {
		const rest = { answers: verified(status), parameters: only('hunter') };
		const { outputs } = await run([item()], scene('verifyEmail', rest));
		expect(outputs[output]?.[0]?.json).toMatchObject({
			emailVerification: { status: emailStatus, provider: 'hunter', score: 0.9 },
			lead: { identity: { emailStatus } },
		});
	});

	it('pays once for an address', async () => {
		const json = item();
		const rest = scene('verifyEmail', { answers: verified('valid'), parameters: only('hunter') });
		expect((await run([json, json], rest)).sent).toHaveLength(1);
		expect((await run([json], rest)).outputs[0]?.[0]?.json['emailVerification']).toMatchObject({
			credits: 0,
			steps: [{ cached: true }],
		});
	});

	it('is Risky, and leaves the lead alone, where nobody could say', async () => {
		const rest = { answers: { 'api.hunter.io': json('no', 401) }, parameters: only('hunter') };
		const { outputs } = await run([item()], scene('verifyEmail', rest));
		expect(outputs[1]?.[0]?.json).toMatchObject({
			emailVerification: { status: 'unknown', reason: 'No provider could verify it' },
		});
		expect(outputs[1]?.[0]?.json['lead']).not.toHaveProperty('identity.emailStatus');
	});

	it('sends no address of somebody who has refused', async () => {
		const refused = item({ consent: { channels: { enrichment: false } } });
		const rest = { answers: {}, parameters: only('hunter') };
		const { outputs, sent } = await run([refused], scene('verifyEmail', rest));
		expect(sent).toEqual([]);
		expect(outputs[1]).toHaveLength(1);
	});
});

describe('Find Contacts', () => {
	const people = [
		{ id: 'p1', first_name: 'Ada', title: 'VP Sales', seniority: 'vp' },
		{ id: 'p2', first_name: 'Bo', title: 'Head of RevOps', seniority: 'head' },
	];
	const answers = { 'api.apollo.io': json({ people, total_entries: 2 }) };

	it('gives each person as a lead of their own', async () => {
		const from = { ...item(), score: { total: 80 } };
		const { outputs } = await run(
			[from],
			scene('findContacts', { answers, parameters: only('apollo') }),
		);
		expect(outputs[0]?.map(({ json: { lead: found } }) => found)).toMatchObject([
			{
				person: { firstName: 'Ada', title: 'VP Sales' },
				company: { name: 'Northwind' },
				source: { system: 'apollo', event: 'contact_found' },
			},
			{ person: { firstName: 'Bo' }, consent: { channels: {} } },
		]);
		// What was decided about the lead that was asked from is not true of these.
		expect(outputs[0]?.[0]?.json).not.toHaveProperty('score');
		expect(outputs[0]?.[0]?.json['trace']).toMatchObject({ correlationId: `c${count}` });
	});

	it('can leave the item as it is, with a list', async () => {
		const parameters = { ...only('apollo'), contactsAs: 'list' };
		const { outputs } = await run([item()], scene('findContacts', { answers, parameters }));
		expect(outputs[0]?.[0]?.json).toMatchObject({
			lead: {},
			contacts: [{ id: 'p1', provider: 'apollo' }, { id: 'p2' }],
		});
	});

	it('keeps a list until one who may stand in it is to be forgotten', async () => {
		const asked = { ...item() };
		const find = async () =>
			(await run([asked], scene('findContacts', { answers, parameters: only('apollo') }))).sent;
		expect([(await find()).length, (await find()).length]).toEqual([1, 0]);
		await runIdentity([{}], 'forget', { email: 'ada@northwind.com' });
		expect(await find()).toHaveLength(1);
	});

	it('says on None Found that nobody is known, and fails where nobody could be asked', async () => {
		const parameters = only('apollo');
		const none = await run(
			[item()],
			scene('findContacts', {
				answers: { 'api.apollo.io': json({ people: [], total_entries: 0 }) },
				parameters,
			}),
		);
		expect(none.outputs.map((lane) => lane.length)).toEqual([0, 1]);
		const down = await run(
			[item()],
			scene('findContacts', { answers: { 'api.apollo.io': json('no', 401) }, parameters }),
		);
		expect(down.outputs[0]?.[0]?.json['details']).toMatchObject({ code: 'AUTH_FAILED' });
	});
});

describe('Detect Job Change', () => {
	const at = (name: string, domain: string): Scene['answers'] => ({
		'api.apollo.io': json({
			person: {
				title: 'CRO',
				organization: { name, primary_domain: domain },
				employment_history: [
					{ current: true, organization_name: name, title: 'CRO', start_date: '2026-03-01' },
				],
			},
		}),
	});

	it('finds the lead where it was, although all of it was known', async () => {
		const known = item({ person: { title: 'CRO' } });
		const rest = { answers: at('Northwind', `company${count}.com`), parameters: only('apollo') };
		const { outputs } = await run([known], scene('detectJobChange', rest));
		expect(outputs[0]?.[0]?.json['jobChange']).toMatchObject({
			verdict: 'same',
			titleChanged: false,
		});
	});

	it('names the new employer, and leaves the lead alone', async () => {
		const rest = { answers: at('Old Mill Insurance', 'oldmill.com'), parameters: only('apollo') };
		const { outputs } = await run(
			[item({ person: { title: 'Director' } })],
			scene('detectJobChange', rest),
		);
		expect(outputs[1]?.[0]?.json).toMatchObject({
			jobChange: {
				verdict: 'changed',
				from: { name: 'Northwind' },
				to: { name: 'Old Mill Insurance' },
				provider: 'apollo',
			},
			lead: { company: { name: 'Northwind' }, person: { title: 'Director' } },
		});
	});

	it('puts the new job into the lead when asked to', async () => {
		const parameters = { ...only('apollo'), options: { applyChange: true } };
		const known = item({ person: { seniority: 'director' }, company: { employeeCount: 9 } });
		const rest = { answers: at('Old Mill Insurance', 'oldmill.com'), parameters };
		const { outputs } = await run([known], scene('detectJobChange', rest));
		expect(outputs[1]?.[0]?.json['lead']).toMatchObject({
			person: { firstName: 'Dana', title: 'CRO' },
		});
		expect(outputs[1]?.[0]?.json['lead']).toHaveProperty('company', {
			name: 'Old Mill Insurance',
			domain: 'oldmill.com',
		});
	});

	it('does not know where nobody names an employer', async () => {
		const rest = {
			answers: { 'api.apollo.io': json({ person: null }) },
			parameters: only('apollo'),
		};
		const { outputs } = await run([item()], scene('detectJobChange', rest));
		expect(outputs[2]?.[0]?.json['jobChange']).toMatchObject({ verdict: 'unknown' });
	});
});

it('has as many outputs as names, in every operation', async () => {
	for (const [operation, names] of Object.entries(OUTPUTS)) {
		const rest = scene(operation, {
			answers: {},
			parameters: { laterProvider: 'fullenrich', providers: ['fullenrich'] },
			credentials: ['fullEnrichApi'],
		});
		const { outputs } = await run([], rest);
		expect([operation, outputs.length]).toEqual([operation, names.length]);
	}
});
