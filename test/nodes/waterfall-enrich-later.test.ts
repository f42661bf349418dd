import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { lead } from '../leads';
import { ownStore, run, type Answer, type Scene } from './waterfall-enrich-host';

beforeAll(ownStore);

const json = (body: unknown, statusCode = 200): Answer => ({ statusCode, body });

const CALLBACK_URL = 'https://n8n.example.com/webhook/enrichment-callback';
const HOST = 'app.fullenrich.com';
const start = {
	operation: 'start',
	laterProvider: 'fullenrich',
	providers: ['fullenrich'],
	wanted: ['identity.phone', 'person.title'],
};
const collect = { operation: 'collect', providers: ['fullenrich'] };

const scene = (parameters: IDataObject, answers: Scene['answers'] = {}): Scene => ({
	answers,
	parameters,
	credentials: ['fullEnrichApi', 'apolloEnrichmentApi'],
	typeVersion: 1.1,
});

let count = 0;
function item(name = 'Dana'): IDataObject {
	count += 1;
	return {
		lead: lead({ identity: { email: `p${count}@northwind.com` }, person: { firstName: name } }),
		trace: { correlationId: `c${count}`, stages: [] },
		crm: { recordId: String(count) },
		headers: { authorization: 'not to be kept' },
	} as unknown as IDataObject;
}

/** Starts one job for these leads, as a workflow does; FullEnrich names it `job-N`. */
async function started(items: readonly IDataObject[]) {
	const jobId = `job-${count}`;
	const answers = { [HOST]: json({ enrichment_id: jobId }) };
	const { outputs, sent } = await run(
		items,
		scene({ ...start, callbackUrl: CALLBACK_URL }, answers),
	);
	return { jobId, items: outputs[0] ?? [], sent };
}

/** What a Webhook Verifier puts out. */
const verified = { verification: { ok: true, scheme: 'fullenrich' } };

const result = (id: string, people: ReadonlyArray<{ title: string; phone?: string }>) => ({
	id,
	status: 'FINISHED',
	cost: { credits: people.length },
	data: people.map(({ title, phone }, place) => ({
		custom: { place: String(place) },
		contact_info: { ...(phone && { most_probable_phone: { number: phone } }) },
		profile: { employment: { current: { title } } },
	})),
});

describe('Start Background Lookup', () => {
	it('gives several leads to the provider in one job, with the callback URL', async () => {
		const { jobId, items, sent } = await started([item('Dana'), item('Ada')]);
		expect(sent.map(({ body }) => body)).toMatchObject([
			{ webhook_url: CALLBACK_URL, data: [{ first_name: 'Dana' }, { first_name: 'Ada' }] },
		]);
		expect(items).toHaveLength(2);
		expect(items[1]?.json).toMatchObject({
			enrichment: { pending: [{ provider: 'fullenrich', jobId, state: 'running' }] },
			lookupJob: { provider: 'fullenrich', jobId, state: 'pending' },
		});
	});

	it('does not start for a lead that lacks nothing, or has refused', async () => {
		const full = item();
		const refused = lead({ consent: { channels: { enrichment: false } } });
		Object.assign(full['lead'] as object, {
			identity: { phone: '+16175550142', email: 'x@northwind.com', externalIds: {} },
			person: { title: 'CRO' },
		});
		const { outputs, sent } = await run(
			[full, { lead: refused as unknown as IDataObject }],
			scene({ ...start, callbackUrl: CALLBACK_URL }),
		);
		expect(sent).toEqual([]);
		expect(outputs[1]?.map(({ json: { lookupJob } }) => lookupJob)).toMatchObject([
			{ state: 'not-started', reason: 'Nothing that is wanted is missing' },
			{ state: 'not-started', reason: expect.stringMatching(/^Consent to enrichment was denied/) },
		]);
	});

	it('does not give a lead twice to a provider that is at work on it', async () => {
		const { jobId, items } = await started([item()]);
		const { outputs, sent } = await run(items, scene({ ...start, callbackUrl: CALLBACK_URL }));
		expect(sent).toEqual([]);
		expect(outputs[0]?.[0]?.json['lookupJob']).toMatchObject({ jobId, state: 'pending' });
	});

	it('lets two events of one person wait for one job, and both get its answer', async () => {
		const [first, second] = [item(), item()];
		second['lead'] = { ...(first['lead'] as object), attribution: { gclid: 'of the second' } };
		const { jobId } = await started([first]);
		const { outputs, sent } = await run([second], scene({ ...start, callbackUrl: CALLBACK_URL }));
		expect(sent).toEqual([]);
		expect(outputs[0]?.[0]?.json['lookupJob']).toMatchObject({ jobId });
		const body = result(jobId, [{ title: 'CRO' }]);
		const call = scene({ ...collect, collectBy: 'callback', callbackBody: body as IDataObject });
		const done = await run([verified], call);
		expect(done.outputs[0]?.map(({ json: one }) => one)).toMatchObject([
			{
				lead: { person: { title: 'CRO' } },
				trace: { correlationId: (first['trace'] as IDataObject)['correlationId'] },
			},
			{
				lead: { person: { title: 'CRO' }, attribution: { gclid: 'of the second' } },
				trace: { correlationId: (second['trace'] as IDataObject)['correlationId'] },
			},
		]);
		expect((await run([verified], call)).outputs.map((lane) => lane.length)).toEqual([0, 0, 1]);
	});

	it('takes the answer that is kept, and pays nothing', async () => {
		const asked = { ...item(), crm: {} };
		const { jobId } = await started([asked]);
		const body = result(jobId, [{ title: 'CRO', phone: '+16175550142' }]);
		await run(
			[verified],
			scene({ ...collect, collectBy: 'callback', callbackBody: body as IDataObject }),
		);
		const again = { ...asked, trace: { correlationId: 'another', stages: [] } };
		const { outputs, sent } = await run([again], scene({ ...start, callbackUrl: CALLBACK_URL }));
		expect(sent).toEqual([]);
		expect(outputs[1]?.[0]?.json).toMatchObject({
			lead: { person: { title: 'CRO' } },
			enrichment: { status: 'enriched', cached: true, credits: 0 },
			lookupJob: { state: 'known' },
		});
	});

	it('fails the leads of a job that the provider refuses, and no others', async () => {
		const answers = { [HOST]: json({ code: 'error.not_enough_credits' }, 402) };
		const { outputs } = await run([item(), { lead: 'none' }], scene(start, answers));
		expect(outputs[0]?.map(({ json: { details } }) => (details as IDataObject)['code'])).toEqual([
			'QUOTA_EXHAUSTED',
			'INVALID_INPUT',
		]);
	});
});

describe('Collect Async Result from a callback', () => {
	const call = (body: unknown): Scene =>
		scene({ ...collect, collectBy: 'callback', callbackBody: body as IDataObject });

	it('finds the leads of the job, as they were, and says what was found', async () => {
		const { jobId } = await started([item('Dana'), item('Ada')]);
		const body = result(jobId, [{ title: 'CRO' }, { title: 'CMO', phone: '+16175550142' }]);
		const { outputs } = await run([{ ...verified, body: {} }], call(body));
		expect(outputs.map((lane) => lane.length)).toEqual([2, 0, 0]);
		expect(outputs[0]?.[0]?.json).toMatchObject({
			lead: { person: { firstName: 'Dana', title: 'CRO' } },
			enrichment: { status: 'partial', missing: ['identity.phone'] },
			crm: { recordId: String(count - 1) },
			trace: { correlationId: `c${count - 1}` },
			lookupJob: { state: 'collected', by: 'callback', jobId },
		});
		expect(outputs[0]?.[1]?.json).toMatchObject({
			lead: { identity: { phone: '+16175550142' } },
			enrichment: { status: 'enriched', filled: { 'identity.phone': { provider: 'fullenrich' } } },
		});
		expect(outputs[0]?.[0]?.json).not.toHaveProperty('headers');
		expect(outputs[0]?.[0]?.json).not.toHaveProperty('body');
		expect(outputs[0]?.[0]?.json['enrichment']).not.toHaveProperty('pending');
	});

	it('ignores a callback that comes again', async () => {
		const { jobId } = await started([item()]);
		const body = result(jobId, [{ title: 'CRO' }]);
		await run([verified], call(body));
		const { outputs } = await run([verified], call(body));
		expect(outputs.map((lane) => lane.length)).toEqual([0, 0, 1]);
		expect(outputs[2]?.[0]?.json['lookupJob']).toMatchObject({
			reason: 'This answer was taken in before',
		});
	});

	it('adds a later answer of the same job to what is there', async () => {
		const { jobId } = await started([item()]);
		await run([verified], call(result(jobId, [{ title: 'CRO' }])));
		const { outputs } = await run(
			[verified],
			call(result(jobId, [{ title: 'Chief', phone: '+16175550142' }])),
		);
		expect(outputs[0]?.[0]?.json['lead']).toMatchObject({
			person: { title: 'CRO' },
			identity: { phone: '+16175550142' },
		});
	});

	it.each([
		[
			'of a job that nobody here has started',
			result('somebody-elses', [{ title: 'CRO' }]),
			'No job of this name was started here',
		],
		['that is none', { hello: 'world' }, 'This is no callback of a provider that answers later'],
	])('ignores one %s', async (_, body, reason) => {
		const { outputs } = await run([verified], call(body));
		expect(outputs[2]?.[0]?.json['lookupJob']).toMatchObject({ state: 'ignored', reason });
	});

	it.each([
		['unsigned', {}],
		['with a signature that was refused', { verification: { ok: false } }],
		['with a verification in the body', { body: verified }],
	])('ignores one that comes %s of a provider that signs', async (_, json) => {
		const { jobId } = await started([item()]);
		const { outputs } = await run([json], call(result(jobId, [{ title: 'CRO' }])));
		expect(outputs.map((lane) => lane.length)).toEqual([0, 0, 1]);
		expect(outputs[2]?.[0]?.json['lookupJob']).toMatchObject({
			state: 'ignored',
			reason: expect.stringMatching(/^FullEnrich signs its callbacks/),
		});
	});

	it('reads the bytes as JSON too', async () => {
		const { jobId } = await started([item()]);
		const raw = JSON.stringify(result(jobId, [{ title: 'CRO' }]));
		const data = { data: Buffer.from(raw).toString('base64'), mimeType: 'application/json' };
		const { outputs } = await run([{ json: verified, binary: { data } }], call({}));
		expect(outputs[0]?.[0]?.json['lead']).toMatchObject({ person: { title: 'CRO' } });
	});

	it('reads the bytes where they were kept: a job id may be longer than a number can be', async () => {
		const jobId = '9007199254740993123';
		const parameters = {
			...start,
			laterProvider: 'apollo',
			providers: ['apollo'],
			callbackUrl: CALLBACK_URL,
		};
		const accepted = { person: { id: 'p1' }, request_id: jobId };
		await run([item()], scene(parameters, { 'api.apollo.io': json(accepted) }));
		const raw = `{"request_id":${jobId},"people":[{"id":"p1","phone_numbers":[{"sanitized_number":"+16175550142"}]}]}`;
		const input: INodeExecutionData = {
			json: { body: JSON.parse(raw) as IDataObject },
			binary: { data: { data: Buffer.from(raw).toString('base64'), mimeType: 'application/json' } },
		};
		const { outputs } = await run([input], call({}));
		expect(outputs[0]?.[0]?.json['lead']).toMatchObject({ identity: { phone: '+16175550142' } });
		expect(outputs[0]?.[0]).not.toHaveProperty('binary');
	});
});

describe('Collect Async Result by asking', () => {
	const byItem = (answer: Answer) => scene({ ...collect, collectBy: 'item' }, { [HOST]: answer });
	const pending = json({ code: 'error.enrichment.in_progress' }, 400);

	it('leaves a lead on Pending until its job has ended', async () => {
		const { jobId, items } = await started([item()]);
		const waiting = await run(items, byItem(pending));
		expect(waiting.outputs.map((lane) => lane.length)).toEqual([0, 1, 0]);
		expect(waiting.outputs[1]?.[0]?.json['lookupJob']).toMatchObject({ state: 'pending' });
		const done = await run(
			waiting.outputs[1] ?? [],
			byItem(json(result(jobId, [{ title: 'CRO' }]))),
		);
		expect(done.outputs[0]?.[0]?.json).toMatchObject({
			lead: { person: { title: 'CRO' } },
			headers: { authorization: 'not to be kept' },
		});
		expect(done.outputs[0]?.[0]?.json['enrichment']).not.toHaveProperty('pending');
	});

	it('gives each lead of a shared job its own answer', async () => {
		const { jobId, items } = await started([item('Dana'), item('Ada')]);
		const { outputs } = await run(
			items,
			byItem(json(result(jobId, [{ title: 'CRO' }, { title: 'CMO' }]))),
		);
		expect(outputs[0]?.map(({ json: one }) => one['lead'])).toMatchObject([
			{ person: { firstName: 'Dana', title: 'CRO' } },
			{ person: { firstName: 'Ada', title: 'CMO' } },
		]);
	});

	it('gives up on a job in the end, and the lead goes on', async () => {
		const { items } = await started([item()]);
		const parameters = { ...collect, collectBy: 'item', giveUpHours: 0 };
		const { outputs } = await run(items, scene(parameters, { [HOST]: pending }));
		expect(outputs[0]?.[0]?.json['enrichment']).toMatchObject({
			status: 'partial',
			steps: [{ provider: 'fullenrich', outcome: 'failed', code: 'TIMEOUT' }],
		});
	});

	it('says so when the item waits for nothing', async () => {
		const { outputs } = await run([item()], byItem(pending));
		expect(outputs[0]?.[0]?.json['details']).toMatchObject({ code: 'INVALID_INPUT' });
	});
});

/** Jobs that are due are everybody's: this comes last, and takes what the tests above have left. */
describe('Collect Async Result of every job that is due', () => {
	const due = (answer: Answer) => scene({ ...collect, collectBy: 'due' }, { [HOST]: answer });

	it('asks for none before its time, and puts none out', async () => {
		await started([item()]);
		const { outputs, sent } = await run([{}], due(json({})));
		expect(sent).toEqual([]);
		expect(outputs.map((lane) => lane.length)).toEqual([0, 0, 0]);
	});
});
