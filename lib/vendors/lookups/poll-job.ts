import { isPipelineError, PipelineError } from '../../domain/errors';
import type { Http } from '../../runtime/http';
import type { Collected, EnrichmentProvider, LaterLookups } from '../enrichment/port';
import type { LookupJob } from './started-jobs';

export type Polled =
	| { readonly state: 'done'; readonly lookups: LaterLookups }
	| { readonly state: 'pending'; readonly pollAfterMs: number; readonly reason?: string };

/** A provider that could not be asked just now is asked again then. */
const TROUBLE_MS = 60_000;
/** Soon, so that a node with the other credential finds it due. */
const ELSEWHERE_MS = 1_000;

/**
 * Asks for a job's result. A provider that is down is one that is not ready. A job that takes longer
 * than `giveUpMs`, or that the provider does not know, is done: with that failure for each lead. Throws
 * what a person has to mend, such as a credential.
 */
export async function pollJob(
	job: LookupJob,
	{
		provider,
		http,
		now,
		giveUpMs,
	}: {
		readonly provider: EnrichmentProvider;
		readonly http: () => Http;
		readonly now: number;
		readonly giveUpMs: number;
	},
): Promise<Polled> {
	const { later, id, title } = provider;
	const over = now - job.startedAt >= giveUpMs;
	const failed = (error: PipelineError): Polled => ({
		state: 'done',
		lookups: job.leads.map(() => error),
	});
	const late = () =>
		failed(new PipelineError('TIMEOUT', `${title} had no result in time`, { vendor: id }));
	if (!later?.collect) {
		return over ? late() : { state: 'pending', pollAfterMs: giveUpMs - (now - job.startedAt) };
	}
	// Another account's job is one that this one does not know: its lead would lose its answer.
	if (!over && job.account !== undefined && job.account !== provider.revision) {
		const reason = `It was started with another ${title} credential: ask for it with that one`;
		return { state: 'pending', pollAfterMs: ELSEWHERE_MS, reason };
	}
	let answer: Collected;
	try {
		answer = await later.collect(job.jobId, http());
	} catch (error) {
		if (!isPipelineError(error)) throw error;
		if (error.code === 'INVALID_INPUT' || (over && error.retryable)) return failed(error);
		if (!error.retryable) throw error;
		const pollAfterMs = error.details.retryAfterMs ?? TROUBLE_MS;
		return { state: 'pending', pollAfterMs, reason: error.message };
	}
	return answer.state === 'pending' && over ? late() : answer;
}
