import { z } from 'zod';
import { loose } from '../../../domain/enrichment-facts';
import { PipelineError } from '../../../domain/errors';
import { maskValue } from '../../../domain/mask';
import { readAnswer } from '../../../runtime/answer';
import type { Http } from '../../../runtime/http';
import type { Collected, LaterLookup, LaterLookups } from '../port';
import { lookupOf } from '../verdict';
import { ask, BASE } from './call';
import { Verification, verdictOf } from './verification';

const Started = z.object({ job_id: z.number() });
const Status = z.object({ job_status: z.string(), failure_reason: loose.text });
const Results = z.object({
	total_pages: z.number(),
	results: z.array(
		z.object({ data: z.object({ id: loose.text }).nullish(), verification: Verification }),
	),
});

const POLL_MS = 5_000;
const PAGE = 1_000;

/**
 * A list is a job: NeverBounce locks accounts that send one to the single check.
 * The job's id of ours is theirs with the number of leads: `150970.3`.
 */
export const jobs: LaterLookup = {
	size: 1_000,

	async start(leads, http) {
		const places = new Map<string, number[]>();
		leads.forEach(({ identity }, place) => {
			const email = identity.email ?? '';
			places.set(email, [...(places.get(email) ?? []), place]);
		});
		// https://developers.neverbounce.com/reference/jobs-create
		const response = await ask(http, {
			method: 'POST',
			url: `${BASE}/jobs/create`,
			body: {
				input_location: 'supplied',
				filename: 'lead-handoff.csv',
				auto_parse: true,
				auto_start: true,
				allow_manual_review: false,
				// Duplicates are dropped there, and the order is not promised: the row carries its places.
				input: [...places].map(([email, at]) => ({ id: at.join(' '), email })),
			},
		});
		const { job_id } = readAnswer(Started, response, 'neverbounce');
		return { jobId: `${job_id}.${leads.length}`, pollAfterMs: POLL_MS };
	},

	async collect(jobId, http): Promise<Collected> {
		const [, id, count] = /^(\d+)\.(\d+)$/.exec(jobId) ?? [];
		if (!id || !count) throw unknownJob(jobId);
		// https://developers.neverbounce.com/reference/jobs-status
		const response = await ask(http, {
			method: 'GET',
			url: `${BASE}/jobs/status`,
			query: { job_id: id },
		}).catch((error: unknown) => {
			if (error instanceof PipelineError && error.code === 'FIELD_MISMATCH')
				throw unknownJob(jobId);
			throw error;
		});
		const { job_status, failure_reason } = readAnswer(Status, response, 'neverbounce');
		if (job_status === 'failed') throw failed(failure_reason);
		if (job_status !== 'complete') return { state: 'pending', pollAfterMs: POLL_MS };
		return { state: 'done', lookups: await results(id, Number(count), http) };
	},
};

async function results(jobId: string, count: number, http: Http): Promise<LaterLookups> {
	const lookups: LaterLookups[number][] = Array.from({ length: count }, () => failed('no verdict'));
	for (let page = 1, pages = 1; page <= pages; page += 1) {
		// https://developers.neverbounce.com/reference/jobs-results
		const response = await ask(http, {
			method: 'GET',
			url: `${BASE}/jobs/results`,
			query: { job_id: jobId, page, items_per_page: PAGE },
		});
		const answer = readAnswer(Results, response, 'neverbounce');
		pages = answer.total_pages;
		for (const { data, verification } of answer.results) {
			const places = (data?.id ?? '').split(' ').filter(Boolean).map(Number);
			places.forEach((place, nth) => {
				// An address that several leads share was paid once.
				const verdict = verdictOf(verification, nth === 0 ? 1 : 0);
				if (verdict && place < count) lookups[place] = lookupOf(verdict);
			});
		}
	}
	return lookups;
}

const unknownJob = (jobId: string) =>
	new PipelineError(
		'INVALID_INPUT',
		`neverbounce knows no job ${maskValue(jobId)}. Use the job ID that the Waterfall Enrich node gave`,
		{ vendor: 'neverbounce' },
	);

const failed = (reason: string | null | undefined) =>
	new PipelineError(
		'UPSTREAM_UNAVAILABLE',
		`neverbounce could not finish the job${reason ? ` (${reason})` : ''}`,
		{ vendor: 'neverbounce' },
	);
