import { PipelineError } from '../../../lib/domain/errors';
import { enrich } from '../../../lib/vendors/waterfall';
import { lead } from '../../leads';
import { found, nobody, order, TITLE, world } from './world';

const people = (count: number) =>
	Array.from({ length: count }, (_, place) =>
		lead({ identity: { email: `p${place}@a${place}.com` } }),
	);
const bulkCalls = (calls: readonly string[]) => calls.filter((call) => call.includes('bulk'));
const wanted = { wanted: TITLE };

describe('several waiting items', () => {
	it('are one request, up to its size, and each gets its own answer', async () => {
		const w = world();
		const one = w.provider('one', {
			bulkSize: 10,
			answer: ({ identity }) =>
				identity.email === 'p3@a3.com' ? nobody : found({ 'person.title': `${identity.email}` }),
		});
		const worker = w.worker();
		const ends = await w.time.run(
			Promise.all(people(25).map((each) => enrich(each, order([one], wanted), worker))),
		);
		expect(bulkCalls(w.calls)).toEqual(['one bulk of 10', 'one bulk of 10', 'one bulk of 5']);
		expect(ends.map(({ facts }) => facts['person.title'])).toEqual(
			people(25).map(({ identity }, place) => (place === 3 ? undefined : identity.email)),
		);
		expect(ends[3]?.enrichment.status).toBe('unmatched');
		expect(worker.ledger.spent().get('one')?.milliCredits).toBe(24_000);
	});

	it('ask singly when there is one', async () => {
		const w = world();
		const one = w.provider('one', { bulkSize: 10 });
		await w.time.run(enrich(lead(), order([one], wanted), w.worker()));
		expect(w.calls).toEqual(['one dana@northwind.com']);
	});

	it('do not share a request when they want different fields', async () => {
		const w = world();
		const one = w.provider('one', { bulkSize: 10 });
		const worker = w.worker();
		const fields = [TITLE, ['company.industry'] as const];
		await w.time.run(
			Promise.all(
				people(4).map((each, place) =>
					enrich(each, order([one], { wanted: fields[place % 2] ?? TITLE }), worker),
				),
			),
		);
		expect(bulkCalls(w.calls)).toEqual(['one bulk of 2', 'one bulk of 2']);
	});

	it('are asked singly when one of them spoils the request, and fail together when the provider is down', async () => {
		const run = async (error: PipelineError) => {
			const w = world();
			const one = w.provider('one', {
				bulkSize: 10,
				answer: () => found({ 'person.title': 'CEO' }),
			});
			const spoilt = {
				...one,
				bulk: { size: 10, lookup: async () => await Promise.reject(error) },
			};
			const worker = w.worker();
			const ends = await w.time.run(
				Promise.all(people(3).map((each) => enrich(each, order([spoilt], wanted), worker))),
			);
			return ends.map(({ enrichment }) => enrichment.steps[0]?.outcome);
		};
		expect(await run(new PipelineError('FIELD_MISMATCH', 'a bad address'))).toEqual(
			Array(3).fill('hit'),
		);
		expect(await run(new PipelineError('UPSTREAM_UNAVAILABLE', 'down'))).toEqual(
			Array(3).fill('failed'),
		);
	});

	it('that are left out of the answer fail alone', async () => {
		const w = world();
		const one = w.provider('one', { bulkSize: 10 });
		const short = {
			...one,
			bulk: { size: 10, lookup: async () => await Promise.resolve([nobody]) },
		};
		const worker = w.worker();
		const ends = await w.time.run(
			Promise.all(people(2).map((each) => enrich(each, order([short], wanted), worker))),
		);
		expect(ends.map(({ enrichment }) => enrichment.steps[0])).toMatchObject([
			{ outcome: 'no-match' },
			{ outcome: 'failed', code: 'UPSTREAM_UNAVAILABLE', reason: 'one answered 1 of 2 questions' },
		]);
	});

	it('get the error of one of them alone', async () => {
		const w = world();
		const bad = new PipelineError('INVALID_INPUT', 'not an address');
		const one = w.provider('one', {
			bulkSize: 10,
			answer: ({ identity }) => (identity.email === 'p1@a1.com' ? bad : nobody),
		});
		const worker = w.worker();
		const ends = await w.time.run(
			Promise.all(people(3).map((each) => enrich(each, order([one], wanted), worker))),
		);
		expect(ends.map(({ enrichment }) => enrichment.steps[0]?.outcome)).toEqual([
			'no-match',
			'failed',
			'no-match',
		]);
	});
});

describe('several companies', () => {
	const companies = (count: number) =>
		Array.from({ length: 2 * count }, (_, place) => {
			const domain = `a${place % count}.com`;
			return lead({ identity: { email: `p${place}@${domain}` }, company: { domain } });
		});
	const industry = { wanted: ['company.industry'] as const };

	it('are one request, each once however many leads they have', async () => {
		const w = world();
		const one = w.provider('one', {
			companiesAtOnce: 10,
			company: (domain) => found({ 'company.domain': domain, 'company.industry': `of ${domain}` }),
		});
		const worker = w.worker();
		const leads = companies(12);
		const ends = await w.time.run(
			Promise.all(leads.map((each) => enrich(each, order([one], industry), worker))),
		);
		expect(w.calls).toEqual(['one bulk of 10 companies', 'one bulk of 2 companies']);
		expect(ends.map(({ facts }) => facts['company.industry'])).toEqual(
			leads.map(({ company }) => `of ${company.domain}`),
		);
		expect(worker.ledger.spent().get('one')?.milliCredits).toBe(12_000);
	});

	it('are asked singly where the key may not ask for several', async () => {
		const w = world();
		const answer = (domain: string) =>
			found({ 'company.domain': domain, 'company.industry': 'Any' });
		const one = w.provider('one', { companiesAtOnce: 10, company: answer });
		const denied = new PipelineError('SCOPE_DENIED', 'not with this key');
		const narrow = {
			...one,
			...(one.company && {
				company: {
					...one.company,
					bulk: { size: 10, lookup: async () => await Promise.reject(denied) },
				},
			}),
		};
		const worker = w.worker();
		const ends = await w.time.run(
			Promise.all(companies(2).map((each) => enrich(each, order([narrow], industry), worker))),
		);
		expect(w.calls).toEqual(['one a0.com', 'one a1.com']);
		expect(ends.every(({ enrichment }) => enrichment.status === 'enriched')).toBe(true);
	});
});
