import { enrichmentBar } from '../../domain/enrichment';
import type { Budget } from '../../domain/enrichment-budget';
import { costOf, FREE, type Cost } from '../../domain/enrichment-cost';
import { missingOf, type FieldPath } from '../../domain/enrichment-fields';
import { isPipelineError, PipelineError } from '../../domain/errors';
import type { Lead } from '../../domain/lead';
import type { Http } from '../../runtime/http';
import type { EnrichmentProvider, LaterLookup, LaterLookups } from '../enrichment/port';
import { subjectOf } from '../lookup-cache';
import type { Ledger } from '../waterfall';
import type { LookupJob, StartedJobs, WaitingLead } from './started-jobs';

export interface StartOrder {
	readonly provider: EnrichmentProvider;
	readonly callbackUrl?: string | undefined;
	readonly wanted: readonly FieldPath[];
	readonly fields: readonly FieldPath[];
	readonly personalAddresses: boolean;
	readonly budgets: readonly Budget[];
}

export interface StartWorld {
	readonly http: Http;
	readonly jobs: StartedJobs;
	readonly ledger: Ledger;
	readonly now: () => number;
}

/** A lead to start a job for. */
export interface Applicant {
	readonly lead: Lead;
	readonly item: Readonly<Record<string, unknown>>;
	readonly correlationId: string;
}

export type Started =
	| { readonly kind: 'started'; readonly jobId: string; readonly pollAfterMs: number }
	/** The provider had its answer at once, and it has to be taken in now. */
	| {
			readonly kind: 'answered';
			readonly job: LookupJob;
			readonly lookups: LaterLookups;
			readonly place: number;
	  }
	| { readonly kind: 'not-started'; readonly reason: string };

/** Gives leads to a provider that answers later, as many in a job as it takes. In the order of the leads. */
export async function startLookups(
	applicants: readonly Applicant[],
	order: StartOrder,
	world: StartWorld,
): Promise<Array<Started | PipelineError>> {
	const { later } = order.provider;
	if (!later)
		throw new PipelineError(
			'CONFIG_INVALID',
			`${order.provider.title} answers at once: ask it with 'Enrich Lead'`,
		);
	const results = applicants.map(({ lead }): Started | PipelineError | undefined => {
		const reason = whyNot(lead, order);
		return reason === null ? undefined : { kind: 'not-started', reason };
	});
	const open = applicants.flatMap((applicant, place) =>
		results[place] ? [] : [{ applicant, place }],
	);
	for (let at = 0; at < open.length; at += later.size) {
		const batch = open.slice(at, at + later.size);
		const outcome = await startJob(
			batch.map(({ applicant }) => applicant),
			{ ...order, later },
			world,
		).catch((error: unknown) => {
			if (isPipelineError(error)) return error;
			throw error;
		});
		batch.forEach(({ place }, inJob) => {
			results[place] = Array.isArray(outcome) ? outcome[inJob] : outcome;
		});
	}
	return results.map((result) => result ?? new PipelineError('INTERNAL', 'A lead was in no job'));
}

function whyNot(lead: Lead, { provider, wanted, personalAddresses }: StartOrder): string | null {
	const bar = enrichmentBar(lead, { personalAddresses });
	if (bar !== null) return bar;
	const missing = missingOf(lead, wanted);
	if (missing.length === 0) return 'Nothing that is wanted is missing';
	if (!missing.some((path) => provider.fills.includes(path)))
		return 'It cannot fill what is missing';
	return provider.cannotAsk(lead);
}

async function startJob(
	batch: readonly Applicant[],
	order: StartOrder & { readonly later: LaterLookup },
	{ http, jobs, ledger, now }: StartWorld,
): Promise<Started[]> {
	const { provider, later, callbackUrl } = order;
	const { currencyPerCredit, perHit, atMost = perHit } = provider.pricing;
	const price = costOf(atMost, currencyPerCredit);
	const held = await setAside(
		batch.length,
		{ provider: provider.id, price, budgets: order.budgets },
		ledger,
	);
	const settle = (cost: Cost) => held.forEach((one) => one.settle(cost));
	const missing = order.wanted.filter((path) =>
		batch.some(({ lead }) => missingOf(lead, [path]).length > 0),
	);
	const started = await later
		.start(
			batch.map(({ lead }) => lead),
			http,
			callbackUrl,
			missing,
		)
		.catch((error: unknown) => {
			settle(FREE);
			throw error;
		});
	// Counted now, and corrected by what was charged once the answer is there.
	settle(price);
	const { jobId, pollAfterMs } = started;
	const job: LookupJob = {
		provider: provider.id,
		jobId,
		startedAt: now(),
		leads: batch.map((one): WaitingLead => ({
			item: one.item,
			correlationId: one.correlationId,
			wanted: order.wanted,
			fields: order.fields,
			heldMilliCredits: price.milliCredits,
			subject: subjectOf(one.lead),
		})),
	};
	if (pollAfterMs <= AT_ONCE_MS && later.collect) {
		const answer = await later.collect(jobId, http);
		if (answer.state === 'done') {
			return batch.map((_, place) => ({ kind: 'answered', job, lookups: answer.lookups, place }));
		}
	}
	await jobs.remember(job, pollAfterMs);
	return batch.map(() => ({ kind: 'started', jobId, pollAfterMs }));
}

const AT_ONCE_MS = 10;

async function setAside(
	count: number,
	{
		provider,
		price,
		budgets,
	}: { readonly provider: string; readonly price: Cost; readonly budgets: readonly Budget[] },
	ledger: Ledger,
) {
	const held = [];
	try {
		for (let lead = 0; lead < count; lead += 1) {
			held.push(await ledger.reserve({ provider, atMost: price, purse: new Map() }, budgets));
		}
		return held;
	} catch (error) {
		held.forEach((one) => one.settle(FREE));
		throw error;
	}
}
