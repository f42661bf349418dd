import { memoryStore } from '../../../lib/runtime/store/memory';
import { fullenrich } from '../../../lib/vendors/enrichment/fullenrich';
import { lookupCache } from '../../../lib/vendors/lookup-cache';
import { startedJobs } from '../../../lib/vendors/lookups/started-jobs';
import { takeAnswers } from '../../../lib/vendors/lookups/take-answers';
import { ledger } from '../../../lib/vendors/waterfall';
import { lead } from '../../leads';

const MINUTE_MS = 60_000;
const lookups = [{ kind: 'found', credits: 1, fields: { 'person.title': 'CRO' } }] as const;

/** A job of one lead, for which eleven credits are set aside. */
async function scene() {
	let now = Date.parse('2026-11-21T09:00:00Z');
	const store = memoryStore(() => now);
	const shared = {
		store: () => store,
		now: () => now,
		onTrouble: (error: unknown) => {
			throw error;
		},
	};
	const jobs = startedJobs(shared);
	const world = {
		jobs,
		cache: lookupCache({ ...shared, maxAgeMs: 0 }),
		ledger: ledger(shared),
		now: () => now,
	};
	const name = { provider: 'fullenrich', jobId: 'job-1' };
	const waiting = {
		item: { lead: lead() },
		correlationId: 'c1',
		wanted: ['person.title'] as const,
		fields: [],
		heldMilliCredits: 11_000,
	};
	await jobs.wait({ ...name, pollAfterMs: MINUTE_MS }, waiting);
	const take = async (change: Partial<typeof world> = {}) => {
		const job = await jobs.find(name);
		if (!job) throw new Error('the job is forgotten');
		return await takeAnswers(job, { provider: fullenrich, lookups }, { ...world, ...change });
	};
	return { take, jobs, ledger: world.ledger, pass: (ms: number) => (now += ms) };
}

describe('the answer of a job', () => {
	it('is taken in once, however much later it comes again', async () => {
		const { take, pass } = await scene();
		expect(await take()).toMatchObject([
			{ kind: 'collected', item: { lead: { person: { title: 'CRO' } } } },
		]);
		pass(24 * 60 * MINUTE_MS);
		expect(await take()).toEqual([{ kind: 'repeat' }]);
	});

	it('gives back what it did not cost, once', async () => {
		const { take, ledger: spending } = await scene();
		await take();
		await take();
		expect(spending.spent().get('fullenrich')?.milliCredits).toBe(-10_000);
	});

	it('is nobody else’s while it is taken in, and is taken in again by the next one after a death', async () => {
		const { take, jobs, pass } = await scene();
		const update = async () => await Promise.reject(new Error('killed'));
		await expect(take({ jobs: { ...jobs, update } })).rejects.toThrow('killed');
		expect(await take()).toEqual([{ kind: 'busy' }]);
		pass(MINUTE_MS);
		expect(await take()).toMatchObject([{ kind: 'collected' }]);
	});
});
