import { enrichmentBar } from '../../domain/enrichment';
import type { Budget } from '../../domain/enrichment-budget';
import { costOf, FREE, type Cost } from '../../domain/enrichment-cost';
import { missingOf, type FieldPath } from '../../domain/enrichment-fields';
import { pendingIn } from '../../domain/enrichment-known';
import { isPipelineError, PipelineError } from '../../domain/errors';
import type { Lead } from '../../domain/lead';
import type { Http } from '../../runtime/http';
import type {
	EnrichmentProvider,
	LaterLookup,
	LaterLookups,
	Pricing,
	StartedJob,
} from '../enrichment/port';
import { keptAs, lookupKey, subjectOf, type LookupCache } from '../lookup-cache';
import type { Ledger } from '../waterfall';
import { creditsAtMost, priceOf } from '../waterfall/legs';
import type { LookupJob, StartedJobs, WaitingLead } from './started-jobs';

export interface StartOrder {
	readonly provider: EnrichmentProvider;
	readonly callbackUrl?: string | undefined;
	readonly wanted: readonly FieldPath[];
	readonly fields: readonly FieldPath[];
	readonly personalAddresses: boolean;
	/** What the account pays, where it is not the public price. */
	readonly pricing?: Partial<Pricing>;
	readonly budgets: readonly Budget[];
}

export interface StartWorld {
	readonly http: Http;
	readonly jobs: StartedJobs;
	readonly cache: LookupCache;
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
	| ({ readonly kind: 'started' } & StartedJob)
	/** The answer is kept, and costs nothing. */
	| { readonly kind: 'known' }
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
	const results: Array<Started | PipelineError | undefined> = await Promise.all(
		applicants.map(async (one) => {
			const reason = whyNot(one.lead, order);
			if (reason !== null) return { kind: 'not-started', reason } as const;
			return await askedAlready(one, order, world);
		}),
	);
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

/** What this lead has been given already, so that nothing is paid for twice. */
async function askedAlready(
	{ lead, item, ...rest }: Applicant,
	{ provider, wanted, fields }: StartOrder,
	{ cache, jobs }: StartWorld,
): Promise<Started | undefined> {
	const missing = missingOf(lead, wanted);
	const own = pendingIn(item['enrichment']).find(
		({ provider: id, jobId, fields: asked }) =>
			id === provider.id && jobId && missing.every((path) => asked.includes(path)),
	);
	if (own?.jobId) {
		return { kind: 'started', jobId: own.jobId, pollAfterMs: own.pollAfterMs ?? SOON_MS };
	}
	if (!provider.later?.instead) return undefined;
	const key = lookupKey(keptAs(provider), lead);
	await cache.prepare([key]);
	if (cache.peek(key, { wanted: fillable(missing, provider) })) return { kind: 'known' };
	const job = await cache.jobOf(key, fillable(missing, provider));
	if (!job) return undefined;
	const waiting = { ...rest, item, wanted, fields, subject: subjectOf(lead) };
	const { id, revision: account } = provider;
	await jobs.wait({ provider: id, account, ...job }, waiting);
	return { kind: 'started', ...job };
}

const SOON_MS = 30_000;

const fillable = (paths: readonly FieldPath[], { fills }: EnrichmentProvider) =>
	paths.filter((path) => fills.includes(path));

async function startJob(
	batch: readonly Applicant[],
	order: StartOrder & { readonly later: LaterLookup },
	world: StartWorld,
): Promise<Started[]> {
	const { provider, later, callbackUrl, pricing } = order;
	const { http, jobs, ledger, now } = world;
	const step = { provider, fields: order.fields, timeoutMs: 0, ...(pricing && { pricing }) };
	const missing = order.wanted.filter((path) =>
		batch.some(({ lead }) => missingOf(lead, [path]).length > 0),
	);
	const most =
		later.creditsAtMost?.(missing) ?? creditsAtMost(step, { part: 'person', wanted: missing });
	const price = costOf(Math.max(most, pricing?.perHit ?? 0), priceOf(step).currencyPerCredit);
	const held = await setAside(
		batch.length,
		{ provider: provider.id, price, budgets: order.budgets },
		ledger,
	);
	const settle = (cost: Cost) => held.forEach((one) => one.settle(cost));
	const started = await later
		.start(
			batch.map(({ lead }) => lead),
			http,
			callbackUrl,
			missing,
		)
		.catch((error: unknown) => {
			// A provider that was cut off may have taken the job, and charge for it.
			settle(isPipelineError(error) && error.code === 'TIMEOUT' ? price : FREE);
			throw error;
		});
	// Counted now, and corrected by what was charged once the answer is there.
	settle(price);
	const { jobId, pollAfterMs } = started;
	const job: LookupJob = {
		provider: provider.id,
		jobId,
		startedAt: now(),
		account: provider.revision,
		leads: batch.map((one): WaitingLead => ({
			item: one.item,
			correlationId: one.correlationId,
			wanted: order.wanted,
			fields: order.fields,
			heldMilliCredits: price.milliCredits,
			usdPerCredit: pricing?.currencyPerCredit,
			subject: subjectOf(one.lead),
		})),
	};
	if (pollAfterMs <= AT_ONCE_MS && later.collect) {
		const answer = await later.collect(jobId, http).catch(orPending);
		if (answer?.state === 'done') {
			return batch.map((_, place) => ({ kind: 'answered', job, lookups: answer.lookups, place }));
		}
	}
	await jobs.remember(job, pollAfterMs);
	await shareable(batch, { provider, started, missing }, world);
	return batch.map(() => ({ kind: 'started', jobId, pollAfterMs }));
}

const AT_ONCE_MS = 10;

/** The job is there, whatever its first poll says: it is asked for again. */
function orPending(error: unknown): undefined {
	if (!isPipelineError(error)) throw error;
}

/** The next one who asks the same waits for this job. Of several leads in one, nobody knows whose answer is whose. */
async function shareable(
	batch: readonly Applicant[],
	job: {
		readonly provider: EnrichmentProvider;
		readonly started: StartedJob;
		readonly missing: readonly FieldPath[];
	},
	{ cache }: StartWorld,
) {
	const [only, ...others] = batch;
	const { provider, started, missing } = job;
	if (!only || others.length > 0 || !provider.later?.instead) return;
	const key = lookupKey(keptAs(provider), only.lead);
	const wanted = fillable(missing, provider);
	await cache.keepJob(key, { ...started, wanted, subject: subjectOf(only.lead) });
}

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
