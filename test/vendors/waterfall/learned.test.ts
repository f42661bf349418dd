import { enrich, segmentOf } from '../../../lib/vendors/waterfall';
import { PipelineError } from '../../../lib/domain/errors';
import { lead } from '../../leads';
import { found, nobody, order, TITLE, world } from './world';

const person = (place: number, country: string) =>
	lead({ identity: { email: `p${place}@a${place}.com` }, company: { country } });
const learned = { wanted: TITLE, learned: { explore: 0 } };

describe('the learned order', () => {
	it('asks first whoever costs least for a lead that it knows, for each kind of lead, and says why', async () => {
		const w = world();
		const knows = (country: string) => ({
			answer: (one: ReturnType<typeof lead>) =>
				one.company.country === country ? found({ 'person.title': 'CEO' }, 1) : nobody,
		});
		const american = w.provider('american', { ...knows('US'), latencyMs: 500 });
		const german = w.provider('german', { ...knows('DE'), latencyMs: 500 });
		const before = w.worker();
		let place = 0;
		for (const country of ['US', 'DE']) {
			for (const first of [american, german]) {
				for (const end = place + 50; place < end; place += 1) {
					const one = person(place, country);
					await w.time.run(enrich(one, order([first], { wanted: TITLE }), before));
				}
			}
		}
		await before.flush();
		const now = w.worker();
		await now.health.prepare(['american', 'german']);
		const orderFor = async (country: string) => {
			const one = person(1_000, country);
			const { enrichment } = await w.time.run(
				enrich(one, order([american, german], learned), { ...now, cache: w.worker().cache }),
			);
			return enrichment.order;
		};
		expect((await orderFor('US'))?.map(({ provider }) => provider)).toEqual(['american', 'german']);
		expect(await orderFor('DE')).toEqual([
			expect.objectContaining({ provider: 'german', by: 'learned', step: 1, averageMs: 500 }),
			expect.objectContaining({ provider: 'american', by: 'learned', step: 0 }),
		]);
	});

	it('keeps the order of the steps while little is known, and tries another now and then', async () => {
		const w = world();
		const [one, two] = [w.provider('one'), w.provider('two')];
		const worker = w.worker();
		const kept = await w.time.run(enrich(lead(), order([one, two], learned), worker));
		expect(kept.enrichment.order).toEqual([
			{ provider: 'one', step: 0, by: 'kept', answers: 0 },
			{ provider: 'two', step: 1, by: 'kept', answers: 0 },
		]);
		const curious = { ...order([one, two], learned), learned: { explore: 0.1 } };
		const tried = await w.time.run(
			enrich(lead(), curious, { ...worker, random: () => 0.05, cache: w.worker().cache }),
		);
		expect(tried.enrichment.order).toMatchObject([
			{ provider: 'two', by: 'explored' },
			{ provider: 'one', by: 'kept' },
		]);
	});

	it('does not change whose value stands', async () => {
		const w = world();
		const one = w.provider('one', { answer: () => found({ 'person.title': 'CEO' }) });
		const two = w.provider('two', {
			answer: () => found({ 'person.title': 'Boss', 'company.industry': 'Software' }),
		});
		const curious = { learned: { explore: 1 }, hedgeAfterMs: 0 };
		const { facts, enrichment } = await w.time.run(
			enrich(lead(), order([one, two], curious), { ...w.worker(), random: () => 0 }),
		);
		expect(facts).toMatchObject({ 'person.title': 'CEO', 'company.industry': 'Software' });
		expect(enrichment.alternatives?.['person.title']).toMatchObject([
			{ value: 'Boss', provider: 'two' },
		]);
	});
});

describe('health', () => {
	it('keeps failures apart from matches, adds up over workers, and forgets slowly', async () => {
		const w = world();
		const answers = [
			found({ 'person.title': 'CEO' }),
			nobody,
			new PipelineError('UPSTREAM_UNAVAILABLE', '500'),
		];
		const one = w.provider('one', { answer: () => answers[w.calls.length % 3] });
		for (let run = 0; run < 2; run += 1) {
			const worker = w.worker();
			for (let place = 0; place < 3; place += 1) {
				const each = lead({ identity: { email: `p${run}${place}@a.com` } });
				await w.time.run(enrich(each, order([one], { wanted: TITLE }), worker));
			}
			await worker.flush();
		}
		const seenNow = async () => {
			const worker = w.worker();
			await worker.health.prepare(['one']);
			return worker.health.overall('one');
		};
		const seen = await seenNow();
		expect(seen?.answered).toBeCloseTo(4, 3);
		expect(seen?.matched).toBeCloseTo(2, 3);
		expect(seen?.failed).toBeCloseTo(2, 3);
		expect(seen?.microUsd).toBeCloseTo(200_000, -2);
		await w.time.pass(14 * 86_400_000);
		expect((await seenNow())?.answered).toBeCloseTo(2, 3);
	});

	it('loses nothing when workers write at the same moment', async () => {
		const w = world();
		const one = w.provider('one');
		const workers = [1, 2, 3, 4].map(() => w.worker());
		for (const [place, worker] of workers.entries()) {
			await w.time.run(enrich(person(place, 'US'), order([one], { wanted: TITLE }), worker));
		}
		await Promise.all(workers.map(async (worker) => await worker.flush()));
		const worker = w.worker();
		await worker.health.prepare(['one']);
		expect(worker.health.overall('one')?.answered).toBeCloseTo(4, 3);
	});

	it('does not judge a provider by the leads that another one did not know', async () => {
		const w = world();
		const [one, two] = [w.provider('one'), w.provider('two')];
		const worker = w.worker();
		await w.time.run(enrich(lead(), order([one, two], { wanted: TITLE }), worker));
		await worker.flush();
		expect(worker.health.seen('one', segmentOf(lead()))?.answered).toBe(1);
		expect(worker.health.seen('two', segmentOf(lead()))).toBeUndefined();
		expect(worker.health.overall('two')?.answered).toBe(1);
	});

	it('tells leads apart by address, country and size', () => {
		expect(segmentOf(lead())).toBe('business any any');
		expect(segmentOf(lead({ company: { country: 'DE', employeeCount: 51 } }))).toBe(
			'business DE 51-250',
		);
		expect(segmentOf(lead({ company: { employeeCount: 9_000 } }))).toBe('business any 5000+');
	});

	it('is no reason to lose a lead when the store is away', async () => {
		const w = world();
		const one = w.provider('one', { answer: () => found({ 'person.title': 'CEO' }) });
		const worker = w.worker({ away: true });
		await worker.health.prepare(['one']);
		const { enrichment } = await w.time.run(enrich(lead(), order([one], learned), worker));
		await worker.flush();
		expect(enrichment.status).toBe('enriched');
		expect(w.troubles.length).toBeGreaterThan(0);
	});
});
