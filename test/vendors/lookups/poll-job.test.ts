import { PipelineError } from '../../../lib/domain/errors';
import type { Collected, EnrichmentProvider } from '../../../lib/vendors/enrichment/port';
import { pollJob } from '../../../lib/vendors/lookups/poll-job';

const HOUR_MS = 3_600_000;
const job = { provider: 'slow', jobId: 'j1', startedAt: 0, leads: [undefined, undefined] };
const done: Collected = { state: 'done', lookups: [] };

/** A provider of the port, whose job answers this. */
const provider = (collect?: () => Promise<Collected>): EnrichmentProvider => ({
	id: 'slow',
	title: 'Slow',
	credential: 'slowApi',
	fills: [],
	pricing: { perHit: 1 },
	cannotAsk: () => null,
	lookup: async () => await Promise.reject(new Error('answers later')),
	later: {
		size: 2,
		start: async () => await Promise.resolve({ jobId: 'j1', pollAfterMs: 1 }),
		...(collect && { collect }),
	},
});

const poll = async (collect: (() => Promise<Collected>) | undefined, now: number) =>
	await pollJob(job, {
		provider: provider(collect),
		http: () => ({ send: async () => await Promise.reject(new Error('not asked')) }),
		now,
		giveUpMs: HOUR_MS,
	});

const throwing =
	(code: 'UPSTREAM_UNAVAILABLE' | 'AUTH_FAILED' | 'INVALID_INPUT', retryAfterMs?: number) =>
	async () =>
		await Promise.reject(
			new PipelineError(code, 'no', { vendor: 'slow', ...(retryAfterMs && { retryAfterMs }) }),
		);

const codes = (answer: Awaited<ReturnType<typeof poll>>) =>
	answer.state === 'done'
		? answer.lookups.map((one) => one instanceof Error && 'code' in one && one.code)
		: answer;

describe('asking for a job', () => {
	it('passes on what it says', async () => {
		expect(await poll(async () => await Promise.resolve(done), 1)).toEqual(done);
		const pending = { state: 'pending', pollAfterMs: 7 } as const;
		expect(await poll(async () => await Promise.resolve(pending), 1)).toEqual(pending);
	});

	it('leaves a job of another account to that one, as long as there is time', async () => {
		const ask = async (now: number) =>
			await pollJob(
				{ ...job, account: 'a' },
				{
					provider: { ...provider(throwing('INVALID_INPUT')), revision: 'b' },
					http: () => ({ send: async () => await Promise.reject(new Error('not asked')) }),
					now,
					giveUpMs: HOUR_MS,
				},
			);
		expect(await ask(1)).toMatchObject({
			state: 'pending',
			reason: expect.stringMatching(/another Slow credential/),
		});
		expect(codes(await ask(HOUR_MS))).toEqual(['INVALID_INPUT', 'INVALID_INPUT']);
	});

	it('comes again where the provider is down, when it says so', async () => {
		expect(await poll(throwing('UPSTREAM_UNAVAILABLE'), 1)).toMatchObject({
			state: 'pending',
			pollAfterMs: 60_000,
		});
		expect(await poll(throwing('UPSTREAM_UNAVAILABLE', 9_000), 1)).toMatchObject({
			pollAfterMs: 9_000,
		});
	});

	it('gives up in time, with a failure for each lead', async () => {
		const pending = async () =>
			await Promise.resolve({ state: 'pending', pollAfterMs: 7 } as const);
		expect(codes(await poll(pending, HOUR_MS))).toEqual(['TIMEOUT', 'TIMEOUT']);
		expect(codes(await poll(throwing('UPSTREAM_UNAVAILABLE'), HOUR_MS))).toEqual([
			'UPSTREAM_UNAVAILABLE',
			'UPSTREAM_UNAVAILABLE',
		]);
	});

	it('is over for a job that the provider does not know', async () => {
		expect(codes(await poll(throwing('INVALID_INPUT'), 1))).toEqual([
			'INVALID_INPUT',
			'INVALID_INPUT',
		]);
	});

	it('fails for what a person has to mend, and the job stays', async () => {
		await expect(poll(throwing('AUTH_FAILED'), HOUR_MS * 2)).rejects.toMatchObject({
			code: 'AUTH_FAILED',
		});
	});

	it('waits out a provider that can only call back', async () => {
		expect(await poll(undefined, HOUR_MS / 2)).toMatchObject({
			state: 'pending',
			pollAfterMs: HOUR_MS / 2,
		});
		expect(codes(await poll(undefined, HOUR_MS))).toEqual(['TIMEOUT', 'TIMEOUT']);
	});
});
