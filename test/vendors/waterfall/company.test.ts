import { PipelineError } from '../../../lib/domain/errors';
import { redisStore } from '../../../lib/runtime/store/redis';
import { redisConnection } from '../../../lib/runtime/store/redis-connection';
import type { Store } from '../../../lib/runtime/store/port';
import { enrich } from '../../../lib/vendors/waterfall';
import { lead } from '../../leads';
import { startRedis, type RedisServer } from '../../runtime/store/redis-server';
import { clock } from './clock';
import { COMPANY, found, nobody, order, TITLE, world, type Simulated } from './world';

const northwind = found({
	'company.domain': 'northwind.com',
	'company.industry': 'Software',
	'company.employeeCount': 800,
});
const people = (count: number) =>
	Array.from({ length: count }, (_, place) =>
		lead({ identity: { email: `p${place}@northwind.com` } }),
	);
const companyOnly = { wanted: COMPANY };
const withCompany = (change: Simulated = {}): Simulated => ({
	company: () => northwind,
	...change,
});

describe('ten leads of one company', () => {
	it('cost one call, at once', async () => {
		const w = world();
		const one = w.provider('one', withCompany());
		const worker = w.worker();
		const all = people(10).map((each) => enrich(each, order([one], companyOnly), worker));
		const ends = await w.time.run(Promise.all(all));
		expect(w.calls).toEqual(['one northwind.com']);
		expect(ends.map(({ enrichment }) => enrichment.status)).toEqual(Array(10).fill('enriched'));
		expect(ends.map(({ enrichment }) => enrichment.credits)).toEqual([1, ...Array(9).fill(0)]);
		expect(worker.ledger.spent().get('one')).toEqual({ milliCredits: 1_000, microUsd: 100_000 });
	});

	it('cost one call, in one execution after the other', async () => {
		const w = world();
		const one = w.provider('one', withCompany());
		for (const each of people(10)) {
			const worker = w.worker();
			await w.time.run(enrich(each, order([one], companyOnly), worker));
			await worker.flush();
		}
		expect(w.calls).toEqual(['one northwind.com']);
	});

	it('cost one call, in ten workers at the same moment', async () => {
		const w = world();
		const one = w.provider('one', withCompany({ latencyMs: 700 }));
		const all = people(10).map((each) => enrich(each, order([one], companyOnly), w.worker()));
		const ends = await w.time.run(Promise.all(all));
		expect(w.calls).toEqual(['one northwind.com']);
		expect(ends.filter(({ enrichment }) => enrichment.cached)).toHaveLength(9);
		expect(ends.every(({ enrichment }) => enrichment.status === 'enriched')).toBe(true);
	});

	it('cost one call, at once, without a store', async () => {
		const w = world();
		const one = w.provider('one', withCompany());
		const worker = w.worker({ away: true });
		const all = people(10).map((each) => enrich(each, order([one], companyOnly), worker));
		await w.time.run(Promise.all(all));
		expect(w.calls).toEqual(['one northwind.com']);
	});

	it('share the failure of that call, instead of failing one after the other', async () => {
		const w = world();
		const down = new PipelineError('UPSTREAM_UNAVAILABLE', 'one answered 500');
		const one = w.provider('one', withCompany({ company: () => down }));
		const worker = w.worker();
		const all = people(10).map((each) => enrich(each, order([one], companyOnly), worker));
		const ends = await w.time.run(Promise.all(all));
		expect(w.calls).toHaveLength(1);
		expect(ends.every(({ failure }) => failure === down)).toBe(true);
	});

	it('cost one call where nobody knows the company', async () => {
		const w = world();
		const one = w.provider('one', withCompany({ company: () => nobody }));
		const worker = w.worker();
		const all = people(10).map((each) => enrich(each, order([one], companyOnly), worker));
		const ends = await w.time.run(Promise.all(all));
		expect(w.calls).toHaveLength(1);
		expect(ends.every(({ enrichment }) => enrichment.status === 'unmatched')).toBe(true);
	});

	it('are asked again by the next worker when the one that asked died', async () => {
		const w = world();
		const dead = w.provider('one', withCompany({ company: () => new Error('never read') }));
		const lost = {
			...dead,
			company: { ...dead.company, lookup: () => new Promise(() => undefined) },
		};
		const [first, second] = people(2);
		if (!first || !second) throw new Error('two leads');
		void enrich(first, order([lost as typeof dead], companyOnly), w.worker()).catch(
			() => undefined,
		);
		await w.time.pass(10);
		const one = w.provider('one', withCompany());
		const steps = { ...order([one], companyOnly), budgetMs: 60_000 };
		const long = { ...steps, steps: steps.steps.map((step) => ({ ...step, timeoutMs: 30_000 })) };
		const { enrichment } = await w.time.run(enrich(second, long, w.worker()));
		expect(enrichment.status).toBe('enriched');
	});

	it('are not asked, and nothing is set aside, once the time is over that was spent waiting', async () => {
		const w = world();
		const silent = { ...withCompany().company, latencyMs: 60_000 };
		const one = w.provider('one', { ...withCompany(), ...silent, latencyMs: 60_000 });
		const [first, second] = people(2);
		if (!first || !second) throw new Error('two leads');
		const patient = order([one], { ...companyOnly, finishLate: true, budgetMs: 5_000 });
		void enrich(first, patient, w.worker());
		await w.time.pass(10);
		const late = w.worker();
		await w.time.run(enrich(second, order([one], { ...companyOnly, budgetMs: 2_000 }), late));
		await w.time.pass(3_000);
		expect(w.calls).toHaveLength(1);
		expect([...late.ledger.spent()]).toEqual([]);
	});

	it('get the company that came along with the first person', async () => {
		const w = world();
		const both = found({
			'person.title': 'CEO',
			...(northwind.kind === 'found' && northwind.fields),
		});
		const one = w.provider(
			'one',
			withCompany({ answer: ({ identity }) => (identity.email?.startsWith('p0') ? both : nobody) }),
		);
		const worker = w.worker();
		const ends = [];
		for (const each of people(3)) ends.push(await w.time.run(enrich(each, order([one]), worker)));
		expect(w.calls).toEqual([
			'one p0@northwind.com',
			'one p1@northwind.com',
			'one p2@northwind.com',
		]);
		expect(ends[2]?.facts).toEqual({
			'company.industry': 'Software',
			'company.employeeCount': 800,
		});
	});
});

describe('a company that came along', () => {
	it('is not that of the lead, and is kept for nobody', async () => {
		const w = world();
		const other = found({
			'company.domain': 'oldmill.com',
			'company.industry': 'Insurance',
			'company.employeeCount': 5_200,
		});
		const one = w.provider('one', withCompany({ answer: () => other }));
		const worker = w.worker();
		const [first, second] = people(2);
		if (!first || !second) throw new Error('two leads');
		await w.time.run(enrich(first, order([one]), worker));
		await w.time.run(enrich(second, order([one], companyOnly), worker));
		expect(w.calls).toEqual(['one p0@northwind.com', 'one northwind.com']);
	});
});

describe('a step', () => {
	it('asks for the company alone where the person is unknown', async () => {
		const w = world();
		const one = w.provider('one', withCompany());
		const { enrichment } = await w.time.run(enrich(lead(), order([one]), w.worker()));
		expect(w.calls).toEqual(['one dana@northwind.com', 'one northwind.com']);
		expect(enrichment).toMatchObject({ status: 'partial', missing: TITLE, credits: 1 });
	});

	it('asks for both at once where that costs no more, or where time presses', async () => {
		const person = () => found({ 'person.title': 'CEO' });
		const run = async (pricing: Simulated['pricing'], companyBeside: boolean) => {
			const w = world();
			const one = w.provider('one', withCompany({ answer: person, pricing: pricing ?? {} }));
			const startedAt = w.time.now();
			await w.time.run(enrich(lead(), order([one], { companyBeside }), w.worker()));
			return w.time.now() - startedAt;
		};
		expect(await run({ perHit: 2, perPersonHit: 1, perCompanyHit: 1 }, false)).toBe(100);
		expect(await run({ perHit: 1 }, true)).toBe(100);
		expect(await run({ perHit: 1 }, false)).toBe(200);
	});

	it('keeps what one of its two questions brought when the other fails', async () => {
		const w = world();
		const down = new PipelineError('UPSTREAM_UNAVAILABLE', 'one answered 500');
		const answer = () => found({ 'person.title': 'CEO' });
		const one = w.provider('one', withCompany({ answer, company: () => down }));
		const { enrichment, facts, failure } = await w.time.run(
			enrich(lead(), order([one], { companyBeside: true }), w.worker()),
		);
		expect(facts).toEqual({ 'person.title': 'CEO' });
		expect(enrichment).toMatchObject({
			status: 'partial',
			steps: [{ outcome: 'hit', code: 'UPSTREAM_UNAVAILABLE', reason: 'one answered 500' }],
		});
		expect(failure).toBeUndefined();
	});
});

describe('ten workers on Redis', () => {
	let server: RedisServer;
	let stores: Store[] = [];
	beforeAll(async () => {
		server = await startRedis();
	});
	afterAll(async () => {
		await Promise.all(stores.map(async (store) => await store.close()));
		await server.stop();
	});

	it('cost one call', async () => {
		const w = world({ ...clock(), now: Date.now, after: timer, sleep: wait });
		const one = w.provider('one', withCompany({ latencyMs: 300 }));
		const connect = () => redisStore(redisConnection({ host: '127.0.0.1', port: server.port }));
		stores = people(10).map(connect);
		const ends = await Promise.all(
			people(10).map(async (each, place) => {
				const { worker } = world(
					{ ...clock(), now: Date.now, after: timer, sleep: wait },
					stores[place],
				);
				return await enrich(each, order([one], companyOnly), worker());
			}),
		);
		expect(w.calls).toEqual(['one northwind.com']);
		expect(ends.every(({ enrichment }) => enrichment.status === 'enriched')).toBe(true);
	});
});

const timer = (ms: number, then: () => void) => {
	const handle = setTimeout(then, ms);
	return () => clearTimeout(handle);
};
const wait = async (ms: number) => await new Promise<void>((done) => void timer(ms, done));
