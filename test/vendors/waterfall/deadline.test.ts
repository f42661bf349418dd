import { PROFILES } from '../../../lib/domain/enrichment-profile';
import { PipelineError } from '../../../lib/domain/errors';
import { enrich } from '../../../lib/vendors/waterfall';
import { lead } from '../../leads';
import { found, nobody, order, world } from './world';

const { budgetMs, startBeforeMs, hedgeAfterMs, fastestFirst, companyBeside, finishLate } =
	PROFILES.routing;
const routing = { budgetMs, startBeforeMs, hedgeAfterMs, fastestFirst, companyBeside, finishLate };

const all = found({
	'person.title': 'Director',
	'company.industry': 'Software',
	'company.employeeCount': 800,
});

describe('the routing profile', () => {
	it('leaves at 5 s with what the fast one knew, every time, when the others take 10 s', async () => {
		for (let run = 0; run < 200; run += 1) {
			const w = world();
			const fast = w.provider('fast', {
				latencyMs: 50 + run,
				answer: () => found({ 'person.title': 'Director' }),
			});
			const slow = w.provider('slow', { latencyMs: 10_000, answer: () => all });
			const dead = w.provider('dead', { answer: () => undefined });
			const startedAt = w.time.now();
			const steps = [slow, fast, dead];
			const work = enrich(lead(), order(steps, routing), w.worker());
			const { enrichment, facts } = await w.time.run(work);
			expect(w.time.now() - startedAt).toBe(5_000);
			expect(enrichment.durationMs).toBe(5_000);
			expect(facts).toEqual({ 'person.title': 'Director' });
			expect(enrichment.pending).toEqual([
				{
					provider: 'slow',
					fields: ['company.industry', 'company.employeeCount'],
					state: 'running',
				},
				{
					provider: 'dead',
					fields: ['company.industry', 'company.employeeCount'],
					state: 'running',
				},
			]);
			expect(enrichment).toMatchObject({
				status: 'partial',
				missing: ['company.industry', 'company.employeeCount'],
			});
		}
	});

	it('holds on the real clock too', async () => {
		const w = world();
		const dead = w.provider('dead', { answer: () => undefined });
		const quick = { ...routing, budgetMs: 60, hedgeAfterMs: 10 };
		const { cache, open } = w.worker();
		for (let run = 0; run < 5; run += 1) {
			const startedAt = performance.now();
			const steps = [{ provider: dead, fields: [], timeoutMs: 150 }];
			const { enrichment } = await enrich(
				lead(),
				{ ...order([], quick), steps },
				{ cache, open, now: Date.now },
			);
			expect(performance.now() - startedAt).toBeLessThan(120);
			expect(enrichment.pending).toMatchObject([{ provider: 'dead', state: 'running' }]);
		}
	});

	it('remembers what came too late, and the background gets it without paying again', async () => {
		const w = world();
		const slow = w.provider('slow', { latencyMs: 8_000, answer: () => all });
		const routed = w.worker();
		const { enrichment } = await w.time.run(enrich(lead(), order([slow], routing), routed));
		expect(enrichment).toMatchObject({ status: 'partial', credits: 0 });
		const full = enrich(lead(), order([slow], PROFILES.full), w.worker());
		const { enrichment: later } = await w.time.run(full);
		expect(w.calls).toEqual(['slow dana@northwind.com']);
		expect(later).toMatchObject({ status: 'enriched', cached: true, credits: 0 });
		expect(routed.ledger.spent().get('slow')).toEqual({ milliCredits: 1_000, microUsd: 100_000 });
	});

	it('cuts off what is running where it may not finish late', async () => {
		const w = world();
		const slow = w.provider('slow', { latencyMs: 8_000, answer: () => all });
		const cut = { ...routing, finishLate: false };
		const { enrichment, failure } = await w.time.run(
			enrich(lead(), order([slow], cut), w.worker()),
		);
		expect(enrichment.steps).toMatchObject([
			{ outcome: 'failed', code: 'TIMEOUT', durationMs: 5_000, creditsAtRisk: 1 },
		]);
		expect(failure).toMatchObject({ code: 'TIMEOUT' });
	});

	it('asks the next one beside the first when that is slow, and does not wait for the loser', async () => {
		const w = world();
		const slow = w.provider('slow', { latencyMs: 4_000, answer: () => all });
		const backup = w.provider('backup', { latencyMs: 300, answer: () => all });
		const startedAt = w.time.now();
		const { enrichment } = await w.time.run(
			enrich(lead(), order([slow, backup], routing), w.worker()),
		);
		expect(w.time.now() - startedAt).toBe(1_300);
		expect(enrichment.status).toBe('enriched');
		expect(enrichment.steps).toMatchObject([
			{
				provider: 'slow',
				outcome: 'pending',
				reason: 'Not waited for: nothing that is wanted is missing any more',
			},
			{ provider: 'backup', outcome: 'hit' },
		]);
		expect(enrichment.pending).toBeUndefined();
	});

	it('starts nobody after 3 s, and says who was not asked', async () => {
		const w = world();
		const slow = w.provider('slow', { latencyMs: 3_500 });
		const next = w.provider('next', { answer: () => all });
		const alone = { ...routing, hedgeAfterMs: 60_000 };
		const { enrichment } = await w.time.run(enrich(lead(), order([slow, next], alone), w.worker()));
		expect(w.calls).toHaveLength(1);
		expect(enrichment.pending).toEqual([
			{ provider: 'next', fields: enrichment.missing, state: 'not-asked' },
		]);
		expect(enrichment.steps[1]).toMatchObject({
			code: 'TIMEOUT',
			reason: 'No provider is started after 3000 ms',
		});
	});

	it('asks the fastest first, by what was measured and then by what it says of itself', async () => {
		const w = world();
		const seen = w.provider('seen', { latencyMs: 700 });
		const said = { ...w.provider('said'), typicalMs: 200 };
		const unknown = w.provider('unknown');
		const before = w.worker();
		for (let run = 0; run < 5; run += 1) {
			const one = lead({ identity: { email: `p${run}@northwind.com` } });
			await w.time.run(enrich(one, order([seen]), before));
		}
		await before.flush();
		const now = w.worker();
		await now.health.prepare(['seen', 'said', 'unknown']);
		const { enrichment } = await w.time.run(
			enrich(lead(), order([unknown, seen, said], routing), now),
		);
		expect(enrichment.order).toMatchObject([
			{ provider: 'said', by: 'fastest', averageMs: 200 },
			{ provider: 'seen', by: 'fastest', averageMs: 700, answers: 5 },
			{ provider: 'unknown', by: 'fastest' },
		]);
		expect(enrichment.steps.map(({ provider }) => provider)).toEqual(['said', 'seen', 'unknown']);
	});

	it('waits for what a provider needs before it gives it up', async () => {
		const w = world();
		const finder = {
			...w.provider('finder', {
				fills: ['identity.email'],
				latencyMs: 2_000,
				answer: () => found({ 'identity.email': 'dana@northwind.com' }),
			}),
			cannotAsk: () => null,
		};
		const second = w.provider('second', { answer: () => all });
		const unknown = lead({ identity: { email: undefined } } as Parameters<typeof lead>[0]);
		const steps = order([finder, second], {
			...routing,
			wanted: ['identity.email', 'person.title'],
		});
		const { enrichment } = await w.time.run(enrich(unknown, steps, w.worker()));
		expect(enrichment.status).toBe('enriched');
	});
});

describe('a provider that is out', () => {
	it('is skipped with a note, and the next one is asked', async () => {
		const w = world();
		const out = new PipelineError('CIRCUIT_OPEN', 'Calls to first are paused for 15 s');
		const first = w.provider('first', { answer: () => out });
		const second = w.provider('second', { answer: () => nobody });
		const { enrichment, failure } = await w.time.run(
			enrich(lead(), order([first, second]), w.worker()),
		);
		expect(enrichment.steps).toMatchObject([
			{ outcome: 'skipped', code: 'CIRCUIT_OPEN', reason: out.message },
			{ outcome: 'no-match' },
		]);
		expect(enrichment.status).toBe('partial');
		expect(failure).toBeUndefined();
	});
});
