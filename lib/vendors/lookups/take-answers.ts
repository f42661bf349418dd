import { costOf, FREE, negative, sumOf } from '../../domain/enrichment-cost';
import { withFacts } from '../../domain/enrichment-fields';
import { knownFields, pendingIn } from '../../domain/enrichment-known';
import { isPipelineError, PipelineError } from '../../domain/errors';
import { Lead } from '../../domain/lead';
import type { Http } from '../../runtime/http';
import type { EnrichmentProvider, LaterLookups, Lookup } from '../enrichment/port';
import { keptAs, lookupCache, lookupKey, subjectOf, type LookupCache } from '../lookup-cache';
import { enrich, noteOf, type Ledger } from '../waterfall';
import type { JobName, LookupJob, StartedJobs, WaitingLead } from './started-jobs';

export interface CollectWorld {
	readonly jobs: StartedJobs;
	readonly cache: LookupCache;
	readonly ledger: Ledger;
	readonly now: () => number;
}

export type Received =
	| {
			readonly kind: 'collected';
			/** The lead's item as it was when the job was started, with the answer in it. */
			readonly item: Readonly<Record<string, unknown>>;
			readonly note: string;
	  }
	/** This answer was taken in before. */
	| { readonly kind: 'repeat' }
	/** Somebody else is taking it in just now, or has died over it: later it is one of the others. */
	| { readonly kind: 'busy' }
	/** The lead was erased, or nothing was said of it. */
	| { readonly kind: 'gone' };

/**
 * Puts a job's answers into the leads that wait for them, each once. `only`: the one lead of the job
 * that is asked about.
 */
export async function takeAnswers(
	job: LookupJob,
	{
		provider,
		lookups,
		only,
	}: {
		readonly provider: EnrichmentProvider;
		readonly lookups: LaterLookups;
		readonly only?: number;
	},
	world: CollectWorld,
): Promise<Received[]> {
	const places = job.leads.flatMap((lead, place) =>
		only === undefined || only === place ? [{ lead, place }] : [],
	);
	return await Promise.all(
		places.map(async ({ lead, place }): Promise<Received> => {
			const lookup = lookups[lead?.answerAt ?? place];
			if (!lead || !lookup) return { kind: 'gone' };
			// Everything that can fail comes before the answer counts as taken.
			const { item, note } = await absorb(lead, { provider, lookup, job }, world);
			const answer = isPipelineError(lookup) ? { code: lookup.code } : lookup;
			const held = await world.jobs.claim(job, [place, lead.correlationId, answer]);
			if (typeof held === 'string') return { kind: held };
			const paid = lead.heldMilliCredits !== undefined && { heldMilliCredits: 0 };
			await world.jobs.update(job, place, { ...lead, item, ...paid });
			await settle(lead, { provider, lookup }, world);
			// Last, so that whoever dies before leaves the answer to be taken in again.
			await world.jobs.complete(held);
			return { kind: 'collected', item, note };
		}),
	);
}

/** The merge of a waterfall whose only step has answered already. */
async function absorb(
	waiting: WaitingLead,
	said: {
		readonly provider: EnrichmentProvider;
		readonly lookup: Lookup | PipelineError;
		readonly job: JobName;
	},
	world: CollectWorld,
) {
	const { item, wanted, fields } = waiting;
	const { provider, lookup, job } = said;
	const lead = Lead.parse(item['lead']);
	const { now } = world;
	const price = waiting.usdPerCredit;
	const step = {
		provider: answered(provider, lookup),
		fields,
		timeoutMs: ENOUGH_MS,
		...(price !== undefined && { pricing: { currencyPerCredit: price } }),
	};
	const order = {
		steps: [step],
		wanted,
		budgetMs: ENOUGH_MS,
		onlyWanted: false,
		personalAddresses: true,
		known: knownFields(item['enrichment']),
	};
	const unkept = lookupCache({ store: nowhere, maxAgeMs: 0, now, onTrouble: () => undefined });
	const result = await enrich(lead, order, { now, cache: unkept, open: () => NO_HTTP });
	const pending = pendingIn(item['enrichment']).filter(
		(one) => one.provider !== provider.id || one.jobId !== job.jobId,
	);
	const enrichment = { ...result.enrichment, ...(pending.length > 0 && { pending }) };
	return {
		// The lead as it was kept, not as it was parsed: fields that others added to it stay.
		item: { ...item, lead: withFacts(sections(item['lead'], lead), result.facts), enrichment },
		note: noteOf(enrichment),
	};
}

/** Plain JSON that was read as a lead: its sections are there, with whatever else others put into them. */
const sections = (kept: unknown, lead: Lead): Lead => ({ ...lead, ...(kept as Lead) });

const ENOUGH_MS = 60_000;

function answered(
	{ id, title, credential, fills, pricing }: EnrichmentProvider,
	lookup: Lookup | PipelineError,
): EnrichmentProvider {
	return {
		...{ id, title, credential, fills, pricing },
		cannotAsk: () => null,
		lookup: async () => {
			if (isPipelineError(lookup)) throw lookup;
			return await Promise.resolve(lookup);
		},
	};
}

const nowhere = (): never => {
	throw new PipelineError('INTERNAL', 'The answer of a job was looked for in the store');
};
const NO_HTTP: Http = { send: async () => await Promise.reject(new Error('nobody is asked here')) };

/** Counts what was charged instead of what was set aside; an immediate question is free from now on. */
async function settle(
	{ item, wanted, heldMilliCredits, usdPerCredit }: WaitingLead,
	{
		provider,
		lookup,
	}: { readonly provider: EnrichmentProvider; readonly lookup: Lookup | PipelineError },
	{ ledger, cache, now }: CollectWorld,
) {
	if (heldMilliCredits !== undefined) {
		const price = usdPerCredit ?? provider.pricing.currencyPerCredit;
		const held = costOf(heldMilliCredits / 1_000, price);
		const cost = isPipelineError(lookup) ? FREE : costOf(lookup.credits, price);
		const order = { provider: provider.id, atMost: FREE, purse: new Map() };
		const reservation = await ledger.reserve(order, []);
		reservation.settle(sumOf([cost, negative(held)]));
	}
	const lead = Lead.safeParse(item['lead']).data;
	if (!lead || !provider.later?.instead || isPipelineError(lookup)) return;
	const key = lookupKey(keptAs(provider), lead);
	cache.keep(key, { lookup, at: now(), wanted }, subjectOf(lead));
	await cache.dropJob(key);
}
