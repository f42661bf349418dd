import { memoryStore } from '../../../lib/runtime/store/memory';
import { startedJobs, type WaitingLead } from '../../../lib/vendors/lookups/started-jobs';

const MINUTE_MS = 60_000;

function scene() {
	let now = Date.parse('2026-11-21T09:00:00Z');
	const store = memoryStore(() => now);
	return {
		store,
		jobs: startedJobs({ store: () => store, now: () => now }),
		pass: (ms: number) => (now += ms),
		job: (jobId: string, leads: readonly WaitingLead[] = [waiting('c1')]) => ({
			provider: 'fullenrich',
			jobId,
			startedAt: now,
			leads,
		}),
	};
}

const waiting = (correlationId: string, subject?: string): WaitingLead => ({
	item: { lead: { person: { firstName: 'Dana' } } },
	correlationId,
	wanted: ['person.title'],
	fields: [],
	heldMilliCredits: 1_000,
	...(subject && { subject }),
});

const name = { provider: 'fullenrich', jobId: 'job-1' };

describe('the jobs that were started', () => {
	it('are found with their leads, in order, and those of others are not', async () => {
		const { jobs, job } = scene();
		await jobs.remember(job('job-1', [waiting('c1'), waiting('c2')]), MINUTE_MS);
		const found = await jobs.find(name);
		expect(found?.leads.map((lead) => lead?.correlationId)).toEqual(['c1', 'c2']);
		expect(await jobs.find({ provider: 'dropcontact', jobId: 'job-1' })).toBeUndefined();
	});

	it('are due when their time has come, and for one worker only', async () => {
		const { jobs, job, pass } = scene();
		await jobs.remember(job('job-1'), MINUTE_MS);
		expect(await jobs.takeDue(10)).toEqual([]);
		pass(MINUTE_MS);
		expect(await jobs.takeDue(10)).toMatchObject([name]);
		expect(await jobs.takeDue(10)).toEqual([]);
	});

	it('are due again when the worker that took one has died, or was told to come later', async () => {
		const { jobs, job, pass } = scene();
		await jobs.remember(job('job-1'), 0);
		await jobs.takeDue(10);
		pass(2 * MINUTE_MS);
		expect(await jobs.takeDue(10)).toMatchObject([name]);
		await jobs.askLater(name, 5 * MINUTE_MS);
		pass(4 * MINUTE_MS);
		expect(await jobs.takeDue(10)).toEqual([]);
		pass(MINUTE_MS);
		expect(await jobs.takeDue(10)).toMatchObject([name]);
	});

	it('are asked for no more once ended, but a late callback still finds its leads', async () => {
		const { jobs, job, pass } = scene();
		await jobs.remember(job('job-1'), MINUTE_MS);
		await jobs.end(name);
		pass(MINUTE_MS);
		expect(await jobs.takeDue(10)).toEqual([]);
		expect((await jobs.find(name))?.leads).toHaveLength(1);
	});

	it('take each answer once, and another one too', async () => {
		const { jobs } = scene();
		const answer = [0, { kind: 'found' }];
		const held = await jobs.claim(name, answer);
		expect(await jobs.claim(name, answer)).toBe('busy');
		if (typeof held !== 'string') await jobs.complete(held);
		expect(await jobs.claim(name, answer)).toBe('repeat');
		expect(await jobs.claim(name, [1, { kind: 'found' }])).toHaveProperty('token');
		expect(await jobs.claim({ ...name, jobId: 'job-2' }, answer)).toHaveProperty('token');
	});

	it('give an answer to the next worker when the one that was taking it in has died', async () => {
		const { jobs, pass } = scene();
		await jobs.claim(name, [0, { kind: 'found' }]);
		pass(MINUTE_MS);
		expect(await jobs.claim(name, [0, { kind: 'found' }])).toHaveProperty('token');
	});

	it('are shared by all who wait for the same answer, each once, also when they come at once', async () => {
		const { jobs } = scene();
		const waited = { ...name, account: 'a', pollAfterMs: MINUTE_MS };
		const all = ['c1', 'c2', 'c3', 'c1'].map(async (id) => await jobs.wait(waited, waiting(id)));
		await Promise.all(all);
		await jobs.wait(waited, waiting('c2'));
		const found = await jobs.find(name);
		const leads = found?.leads ?? [];
		expect(found?.account).toBe('a');
		const ids = leads.map((lead) => lead?.correlationId);
		expect(new Set(ids)).toEqual(new Set(['c1', 'c2', 'c3']));
		expect(leads.slice(1).every((lead) => lead?.answerAt === 0)).toBe(true);
		// What was set aside is given back once.
		expect(leads.filter((lead) => lead?.heldMilliCredits !== undefined)).toHaveLength(1);
	});

	it('forget a person who is erased, and keep the others of the job', async () => {
		const { jobs, job, store } = scene();
		await jobs.remember(job('job-1', [waiting('c1', 's1'), waiting('c2', 's2')]), MINUTE_MS);
		await jobs.update(name, 0, waiting('c1', 's1'));
		await store.erase('s1');
		const leads = (await jobs.find(name))?.leads;
		expect(leads?.map((lead) => lead?.correlationId)).toEqual([undefined, 'c2']);
	});

	it('are forgotten after 30 days', async () => {
		const { jobs, job, pass } = scene();
		await jobs.remember(job('job-1'), MINUTE_MS);
		pass(30 * 24 * 60 * MINUTE_MS);
		expect(await jobs.find(name)).toBeUndefined();
	});
});
