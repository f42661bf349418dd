import fc from 'fast-check';
import type { Budget } from '../../../lib/domain/enrichment-budget';
import { PipelineError } from '../../../lib/domain/errors';
import { memoryStore } from '../../../lib/runtime/store/memory';
import { enrich, spentOnDay } from '../../../lib/vendors/waterfall';
import { lead } from '../../leads';
import { clock } from './clock';
import { found, nobody, order, TITLE, world } from './world';

const people = (count: number) =>
	Array.from({ length: count }, (_, place) =>
		lead({ identity: { email: `p${place}@a${place}.com` } }),
	);
const titled = () => found({ 'person.title': 'CEO' });
const wanted = TITLE;

describe('a budget', () => {
	it('of a lead stops before the step that would cost too much, and says so', async () => {
		const w = world();
		const first = w.provider('first', { fills: ['person.city'], answer: () => found({}, 1) });
		const second = w.provider('second', { answer: titled, pricing: { perHit: 2 } });
		const third = w.provider('third', { answer: titled, pricing: { perHit: 0.5 } });
		const budgets: Budget[] = [{ per: 'lead', usd: 0.25 }];
		const steps = order([first, second, third], { wanted: ['person.city', ...TITLE], budgets });
		const { enrichment } = await w.time.run(enrich(lead(), steps, w.worker()));
		expect(enrichment.steps).toMatchObject([
			{ provider: 'first', outcome: 'hit', credits: 1, cost: 0.1 },
			{
				provider: 'second',
				outcome: 'skipped',
				code: 'BUDGET_EXHAUSTED',
				reason:
					'The budget of $0.25 a lead is used up: $0.1 are spent, and the call costs up to $0.2 more',
			},
			{ provider: 'third', outcome: 'hit' },
		]);
		expect(w.calls).toHaveLength(2);
	});

	it.each(['run', 'day'] as const)(
		'of a %s is never overshot by leads at the same time',
		async (per) => {
			const w = world();
			const one = w.provider('one', { answer: titled });
			const worker = w.worker();
			const steps = order([one], { wanted, budgets: [{ per, usd: 0.35 }] });
			const ends = await w.time.run(
				Promise.all(people(10).map((each) => enrich(each, steps, worker))),
			);
			expect(w.calls).toHaveLength(3);
			expect(ends.filter(({ enrichment }) => enrichment.status === 'enriched')).toHaveLength(3);
			expect(ends.at(-1)?.enrichment).toMatchObject({
				status: 'partial',
				steps: [{ outcome: 'skipped', code: 'BUDGET_EXHAUSTED' }],
			});
		},
	);

	it('of a day is shared by the workers and new at midnight, in the zone of the day', async () => {
		const time = clock(Date.parse('2026-11-01T20:00:00Z'));
		const store = memoryStore(time.now);
		const w = world(time, store);
		const one = w.provider('one', { answer: titled });
		const steps = order([one], { wanted, budgets: [{ per: 'day', provider: 'one', credits: 2 }] });
		const run = async () => {
			const ends = await time.run(
				Promise.all(people(3).map((each) => enrich(each, steps, w.worker({ cacheMs: 0 })))),
			);
			return ends.filter(({ enrichment }) => enrichment.status === 'enriched').length;
		};
		expect(await run()).toBe(2);
		expect(await run()).toBe(0);
		const spent = await spentOnDay(store, ['one'], { now: time.now() });
		expect(spent.get('one')).toEqual({ milliCredits: 2_000, microUsd: 200_000 });
		expect(spent.get('all')).toEqual({ milliCredits: 2_000, microUsd: 200_000 });
		await time.pass(4 * 3_600_000);
		expect(await run()).toBe(2);
	});

	it('counts what was charged, not what was set aside', async () => {
		const w = world();
		const one = w.provider('one', { answer: () => nobody, pricing: { perHit: 1, atMost: 3 } });
		const budgets: Budget[] = [
			{ per: 'run', credits: 3 },
			{ per: 'day', credits: 3 },
		];
		const worker = w.worker();
		for (const each of people(5)) {
			await w.time.run(enrich(each, order([one], { wanted, budgets }), worker));
			await worker.flush();
		}
		expect(w.calls).toHaveLength(5);
	});

	it.each([
		['us', undefined],
		['the client', new PipelineError('TIMEOUT', 'No answer came from one')],
	])('keeps what a call that was cut off by %s may have cost', async (_, answer) => {
		const w = world();
		const one = w.provider('one', { answer: () => answer });
		const steps = order([one], { wanted, budgets: [{ per: 'run', credits: 1 }] });
		const worker = w.worker();
		const ends = [];
		for (const each of people(2)) ends.push(await w.time.run(enrich(each, steps, worker)));
		expect(ends[0]?.enrichment.steps).toMatchObject([
			{ code: 'TIMEOUT', credits: 0, creditsAtRisk: 1 },
		]);
		expect(ends[1]?.enrichment.steps).toMatchObject([{ code: 'BUDGET_EXHAUSTED' }]);
	});

	it('gives back what a call that was refused did not cost', async () => {
		const w = world();
		const one = w.provider('one', {
			answer: () => new PipelineError('UPSTREAM_UNAVAILABLE', 'one answered 500'),
		});
		const steps = order([one], { wanted, budgets: [{ per: 'run', credits: 1 }] });
		const worker = w.worker();
		for (const each of people(3)) await w.time.run(enrich(each, steps, worker));
		expect(w.calls).toHaveLength(3);
	});

	it('in dollars does not let through what has no known price', async () => {
		const w = world();
		const one = w.provider('one', { answer: titled });
		const priceless = { ...one, pricing: { perHit: 1 } };
		const steps = order([priceless], { wanted, budgets: [{ per: 'lead', usd: 5 }] });
		const { enrichment } = await w.time.run(enrich(lead(), steps, w.worker()));
		expect(w.calls).toEqual([]);
		expect(enrichment.steps[0]?.reason).toMatch(/The price of the call is unknown/);
	});

	it('of a day that cannot be read is a budget that is spent; the others hold without the store', async () => {
		const w = world();
		const one = w.provider('one', { answer: titled });
		const away = new PipelineError('STORE_UNAVAILABLE', 'no disk');
		const worker = w.worker({ away: true });
		const broken = {
			...worker,
			ledger: {
				...worker.ledger,
				reserve: async (...args: Parameters<typeof worker.ledger.reserve>) =>
					await worker.ledger.reserve(...args).catch(() => Promise.reject(away)),
			},
		};
		const by = async (per: Budget['per']) =>
			(
				await w.time.run(
					enrich(lead(), order([one], { wanted, budgets: [{ per, credits: 5 }] }), broken),
				)
			).enrichment;
		expect(await by('day')).toMatchObject({
			status: 'partial',
			steps: [{ outcome: 'failed', code: 'STORE_UNAVAILABLE' }],
		});
		expect(w.calls).toEqual([]);
		expect(await by('run')).toMatchObject({ status: 'enriched' });
	});
});

describe('over any providers, prices and budgets', () => {
	const providers = fc.array(
		fc.record({
			price: fc.integer({ min: 0, max: 5_000 }).map((milli) => milli / 1_000),
			charged: fc.integer({ min: 0, max: 1_000 }),
			known: fc.boolean(),
		}),
		{ minLength: 1, maxLength: 4 },
	);
	const limits = fc.record({
		lead: fc.option(fc.integer({ min: 0, max: 10 })),
		run: fc.option(fc.integer({ min: 0, max: 20 })),
		day: fc.option(fc.integer({ min: 0, max: 20 })),
	});

	it('the costs add up, and no budget is exceeded', async () => {
		await fc.assert(
			fc.asyncProperty(
				providers,
				limits,
				fc.integer({ min: 1, max: 6 }),
				async (all, most, count) => {
					const w = world();
					const steps = all.map(({ price, charged, known }, place) =>
						w.provider(`p${place}`, {
							fills: ['person.title', 'person.city'],
							pricing: { perHit: price },
							// A provider charges up to its price, to the thousandth of a credit.
							answer: () => {
								const credits = Math.floor(price * charged) / 1_000;
								const fields = place === 0 ? ({ 'person.city': 'Rome' } as const) : {};
								return known ? found(fields, credits) : { ...nobody, credits };
							},
						}),
					);
					const budgets = Object.entries(most).flatMap(([per, credits]): Budget[] =>
						credits === null ? [] : [{ per: per as Budget['per'], credits }],
					);
					const worker = w.worker();
					const ends = await w.time.run(
						Promise.all(
							people(count).map((each) =>
								enrich(
									each,
									order(steps, { wanted: ['person.title', 'person.city'], budgets }),
									worker,
								),
							),
						),
					);
					await worker.flush();
					const milli = (credits: number) => Math.round(credits * 1_000);
					const spentByLead = ends.map(({ enrichment }) => {
						const sum = enrichment.steps.reduce((total, { credits }) => total + milli(credits), 0);
						expect(milli(enrichment.credits)).toBe(sum);
						const usd = enrichment.steps.reduce((total, { cost = 0 }) => total + cost, 0);
						expect(enrichment.cost).toBeCloseTo(usd, 9);
						const byField = Object.values(enrichment.fields).reduce(
							(t, { cost = 0 }) => t + cost,
							0,
						);
						expect(byField).toBeLessThanOrEqual(usd + 1e-9);
						return sum;
					});
					const total = spentByLead.reduce((a, b) => a + b, 0);
					const run = [...worker.ledger.spent().values()].reduce((t, c) => t + c.milliCredits, 0);
					expect(run).toBe(total);
					const day = await spentOnDay(w.store, [], { now: w.time.now() });
					expect(day.get('all')?.milliCredits).toBe(total);
					if (most.lead !== null)
						spentByLead.forEach((s) => expect(s).toBeLessThanOrEqual(most.lead! * 1_000));
					if (most.run !== null) expect(total).toBeLessThanOrEqual(most.run * 1_000);
					if (most.day !== null) expect(total).toBeLessThanOrEqual(most.day * 1_000);
				},
			),
			{ numRuns: 150 },
		);
	});
});
