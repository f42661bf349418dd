import type { FieldPath } from '../../domain/enrichment-fields';
import { isPipelineError, PipelineError } from '../../domain/errors';
import type { Lead } from '../../domain/lead';
import type { Http } from '../../runtime/http';
import { outOfTime } from '../../runtime/policies/deadline';
import type { LaterLookup, Lookup, StartedJob } from '../enrichment/port';
import type { LookupCache } from '../lookup-cache';
import type { After } from './order';

export interface JobContext {
	readonly vendor: string;
	/** Of the kept answer: the job of the same question is the same job. */
	readonly key: string;
	readonly subject: string | undefined;
	readonly lead: Lead;
	readonly wanted: readonly FieldPath[];
	readonly http: Http;
	readonly cache: LookupCache;
	/** Epoch ms. */
	readonly deadlineAt: number;
	readonly now: () => number;
	readonly after: After;
	/** Undefined once it is done. */
	readonly onJob: (job: StartedJob | undefined) => void;
}

/**
 * Gives a provider that answers later its job, or finds the one it has, and looks for the answer as
 * long as there is time. Throws `TIMEOUT` after it; the job goes on, and `onJob` has said its id.
 */
export async function askLater(later: LaterLookup, context: JobContext): Promise<Lookup> {
	const { vendor, key, subject, lead, wanted, http, cache, deadlineAt, now, onJob } = context;
	const started = await cache.jobOf(key, wanted);
	const job = started ?? (await later.start([lead], http, undefined, wanted));
	onJob(job);
	if (!started) await cache.keepJob(key, { ...job, wanted, subject });
	if (!later.collect) throw outOfTime(vendor);
	for (let wait = started ? 0 : job.pollAfterMs; ;) {
		if (now() + wait >= deadlineAt) throw outOfTime(vendor);
		await passed(wait, context);
		const answer = await later.collect(job.jobId, http);
		if (answer.state === 'pending') {
			wait = answer.pollAfterMs;
			onJob({ ...job, pollAfterMs: wait });
			continue;
		}
		onJob(undefined);
		await cache.dropJob(key);
		return only(answer.lookups[0], vendor);
	}
}

const passed = async (ms: number, { after }: JobContext) =>
	await new Promise<void>((done) => {
		if (ms <= 0) done();
		else after(ms, done);
	});

function only(lookup: Lookup | PipelineError | undefined, vendor: string): Lookup {
	if (!lookup) {
		const message = `${vendor} finished a job without an answer`;
		throw new PipelineError('UPSTREAM_UNAVAILABLE', message, { vendor });
	}
	if (isPipelineError(lookup)) throw lookup;
	return lookup;
}
