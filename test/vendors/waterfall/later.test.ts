import { PROFILES } from '../../../lib/domain/enrichment-profile';
import { PipelineError } from '../../../lib/domain/errors';
import type { EnrichmentProvider, Lookup } from '../../../lib/vendors/enrichment/port';
import { enrich } from '../../../lib/vendors/waterfall';
import { lead } from '../../leads';
import { found, order, TITLE, world } from './world';

const wanted = { wanted: TITLE };
const patient = (provider: EnrichmentProvider) => ({
	...order([], { ...PROFILES.full, ...wanted }),
	steps: [{ provider, fields: [], timeoutMs: 60_000 }],
});

/** A provider that takes 30 s for a job and says so every 10 s. */
function scene(answer: Lookup | PipelineError = found({ 'person.title': 'CEO' })) {
	const w = world();
	const jobs = new Map<string, number>();
	const unused = w.provider('slow');
	const slow: EnrichmentProvider = {
		...unused,
		later: {
			instead: true,
			size: 100,
			start: async () => {
				const jobId = `job-${jobs.size + 1}`;
				jobs.set(jobId, w.time.now());
				return await Promise.resolve({ jobId, pollAfterMs: 10_000 });
			},
			collect: async (jobId) => {
				const done = w.time.now() - (jobs.get(jobId) ?? Infinity) >= 30_000;
				return await Promise.resolve(
					done ? { state: 'done', lookups: [answer] } : { state: 'pending', pollAfterMs: 10_000 },
				);
			},
		},
	};
	return { w, slow, jobs };
}

describe('a provider that answers later', () => {
	it('is given a job, and looked at until it is done', async () => {
		const { w, slow, jobs } = scene();
		const { enrichment } = await w.time.run(enrich(lead(), patient(slow), w.worker()));
		expect(enrichment).toMatchObject({ status: 'enriched', durationMs: 30_000, credits: 1 });
		expect([...jobs.keys()]).toEqual(['job-1']);
		expect(w.calls).toEqual([]);
	});

	it('goes on with the lead when the time is up, and is not given the job again', async () => {
		const { w, slow, jobs } = scene();
		const routed = await w.time.run(
			enrich(lead(), order([slow], { ...PROFILES.routing, ...wanted }), w.worker()),
		);
		expect(routed.enrichment).toMatchObject({
			status: 'partial',
			steps: [{ outcome: 'pending', jobId: 'job-1', creditsAtRisk: 1 }],
			pending: [
				{ provider: 'slow', state: 'running', jobId: 'job-1', pollAfterMs: 10_000, fields: TITLE },
			],
		});
		const later = await w.time.run(enrich(lead(), patient(slow), w.worker()));
		expect(later.enrichment.status).toBe('enriched');
		expect([...jobs.keys()]).toEqual(['job-1']);
		const cached = await w.time.run(enrich(lead(), patient(slow), w.worker()));
		expect(cached.enrichment).toMatchObject({ status: 'enriched', cached: true });
	});

	it('says so where the profile cuts it off', async () => {
		const { w, slow } = scene();
		const short = { ...patient(slow), budgetMs: 15_000 };
		const { enrichment, failure } = await w.time.run(enrich(lead(), short, w.worker()));
		expect(enrichment).toMatchObject({
			status: 'partial',
			steps: [{ outcome: 'pending', jobId: 'job-1', creditsAtRisk: 1 }],
			pending: [{ jobId: 'job-1' }],
		});
		expect(failure).toBeUndefined();
	});

	it('fails as others do', async () => {
		const { w, slow } = scene(new PipelineError('QUOTA_EXHAUSTED', 'no credits'));
		const { enrichment } = await w.time.run(enrich(lead(), patient(slow), w.worker()));
		expect(enrichment.steps).toMatchObject([{ outcome: 'failed', code: 'QUOTA_EXHAUSTED' }]);
	});
});
