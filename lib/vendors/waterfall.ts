import {
	conclude,
	enrichmentBar,
	merge,
	type Conflict,
	type EnrichmentStatus,
	type Filled,
	type StepReport,
} from '../domain/enrichment';
import { missingOf, type FieldPath, type Facts } from '../domain/enrichment-fields';
import { PipelineError } from '../domain/errors';
import type { Lead } from '../domain/lead';
import type { Http } from '../runtime/http';
import type { EnrichmentProvider } from './enrichment/port';
import { lookupKey, subjectOf, type LookupCache } from './lookup-cache';

export interface Step {
	readonly provider: EnrichmentProvider;
	/** What this step may fill; empty for everything that the provider can. */
	readonly fields: readonly FieldPath[];
	readonly timeoutMs: number;
	/** Why this step does not apply to this lead. */
	readonly skip?: string;
}

export interface EnrichmentOrder {
	readonly steps: readonly Step[];
	readonly wanted: readonly FieldPath[];
	/** Milliseconds for all steps together. */
	readonly budgetMs: number;
	readonly personalAddresses: boolean;
	/** Whether facts that nobody wanted are thrown away. */
	readonly onlyWanted: boolean;
}

export interface EnrichmentWorld {
	/** The provider's client, bound to a moment (epoch ms) that no call passes. */
	open(provider: EnrichmentProvider, deadlineAt: number): Http;
	readonly cache: LookupCache;
	readonly now: () => number;
}

export interface Enrichment {
	readonly status: EnrichmentStatus;
	readonly reason?: string;
	readonly filled: Readonly<Partial<Record<FieldPath, Filled>>>;
	readonly missing: readonly FieldPath[];
	readonly conflicts: readonly Conflict[];
	readonly steps: readonly StepReport[];
	readonly credits: number;
	/** True when answers were used and none of them was paid for now. */
	readonly cached: boolean;
	readonly enrichedAt: string;
}

export interface Enriched {
	readonly enrichment: Enrichment;
	/** What goes into the lead. */
	readonly facts: Facts;
	/** Set when every provider that was asked failed: the last failure. */
	readonly failure?: PipelineError;
}

/** State between two steps; each step returns the next. */
interface Progress {
	readonly lead: Lead;
	readonly facts: Facts;
	readonly filled: Enrichment['filled'];
	readonly conflicts: readonly Conflict[];
	readonly steps: readonly StepReport[];
	readonly failure?: PipelineError;
}

/**
 * Asks one provider after the other, each only for what is still missing, until nothing is or the
 * time is up. A provider that fails is a step that failed; the next one is asked all the same.
 */
export async function enrich(
	lead: Lead,
	order: EnrichmentOrder,
	world: EnrichmentWorld,
): Promise<Enriched> {
	const bar = enrichmentBar(lead, order);
	const deadlineAt = world.now() + order.budgetMs;
	let progress: Progress = { lead, facts: {}, filled: {}, conflicts: [], steps: [] };
	for (const step of order.steps) {
		const skip = bar ?? whySkip(progress.lead, step, order, world.now() >= deadlineAt);
		progress = skip
			? skipped(progress, step, skip)
			: await take(progress, step, { order, world, deadlineAt });
	}
	return report(progress, order, { bar, at: world.now() });
}

type Skip = string | { readonly reason: string; readonly code: 'TIMEOUT' };

function whySkip(lead: Lead, step: Step, order: EnrichmentOrder, late: boolean): Skip | null {
	if (missingOf(lead, order.wanted).length === 0) return 'Nothing that is wanted is missing';
	if (step.skip) return step.skip;
	if (helpOf(lead, step, order).length === 0) return 'It cannot fill what is missing';
	const cannot = step.provider.cannotAsk(lead);
	if (cannot) return cannot;
	if (late)
		return { reason: `The ${order.budgetMs} ms for this lead were used up`, code: 'TIMEOUT' };
	return null;
}

/** What is wanted, missing, and may be filled by this step. */
const helpOf = (lead: Lead, step: Step, { wanted }: EnrichmentOrder) => {
	const able = allowed(step);
	return missingOf(lead, wanted).filter((path) => able.includes(path));
};

const allowed = ({ fields, provider }: Step) =>
	provider.fills.filter((path) => fields.length === 0 || fields.includes(path));

function skipped(progress: Progress, { provider }: Step, skip: Skip): Progress {
	const why = typeof skip === 'string' ? { reason: skip } : skip;
	const step = {
		provider: provider.id,
		outcome: 'skipped',
		...why,
		durationMs: 0,
		credits: 0,
	} as const;
	return { ...progress, steps: [...progress.steps, step] };
}

interface Run {
	readonly order: EnrichmentOrder;
	readonly world: EnrichmentWorld;
	/** Epoch ms. */
	readonly deadlineAt: number;
}

async function take(progress: Progress, step: Step, run: Run): Promise<Progress> {
	const { provider } = step;
	const startedAt = run.world.now();
	const deadlineAt = Math.min(run.deadlineAt, startedAt + step.timeoutMs);
	const http = run.world.open(provider, deadlineAt);
	const close = (end: Ending): StepReport => ({
		provider: provider.id,
		credits: 0,
		...end,
		durationMs: run.world.now() - startedAt,
	});
	try {
		const answer = await askFor(progress.lead, step, run, http);
		const steps = [...progress.steps, close(endingOf(answer))];
		return { ...progress, ...taken(progress, answer, step, run.order), steps };
	} catch (error) {
		if (!(error instanceof PipelineError)) throw error;
		const failed = close({ outcome: 'failed', code: error.code, reason: error.message });
		return { ...progress, failure: error, steps: [...progress.steps, failed] };
	}
}

type Ending = Pick<StepReport, 'outcome'> & Partial<StepReport>;
type Answer = Awaited<ReturnType<LookupCache['find']>>;

async function askFor(lead: Lead, step: Step, run: Run, http: Http): Promise<Answer> {
	const { provider } = step;
	const wanted = helpOf(lead, step, run.order);
	return await run.world.cache.find(
		lookupKey(provider.id, lead),
		{ wanted, subject: subjectOf(lead) },
		async () => await provider.lookup(lead, http, wanted),
	);
}

function endingOf({ lookup, cached }: Answer): Ending {
	const { kind, credits, apiVersion, unanswered } = lookup;
	return {
		outcome: kind === 'found' ? 'hit' : 'no-match',
		credits: cached ? 0 : credits,
		...(cached && { cached }),
		...(apiVersion && { apiVersion }),
		...(unanswered?.length && { reason: `Not answered yet: ${unanswered.join(', ')}` }),
	};
}

function taken(progress: Progress, { lookup, at }: Answer, step: Step, order: EnrichmentOrder) {
	if (lookup.kind === 'no-match') return {};
	const { lead } = progress;
	const { fields, confidence } = lookup;
	const sure = confidence === undefined ? {} : { confidence };
	const source = { provider: step.provider.id, at: new Date(at).toISOString(), ...sure };
	const may = order.onlyWanted ? helpOf(lead, step, order) : allowed(step);
	const merged = merge(lead, { ...source, facts: fields }, may);
	return {
		lead: merged.lead,
		facts: { ...progress.facts, ...merged.facts },
		filled: { ...progress.filled, ...merged.filled },
		conflicts: [...progress.conflicts, ...merged.conflicts],
	};
}

function report(
	{ lead, facts, filled, conflicts, steps, failure }: Progress,
	{ wanted }: EnrichmentOrder,
	{ bar, at }: { readonly bar: string | null; readonly at: number },
): Enriched {
	const missing = missingOf(lead, wanted);
	const answered = steps.filter(({ outcome }) => outcome === 'hit' || outcome === 'no-match');
	const enrichment: Enrichment = {
		...(bar === null ? conclude(steps, missing) : { status: 'skipped', reason: bar }),
		filled,
		missing,
		conflicts,
		steps,
		credits: steps.reduce((sum, { credits }) => sum + credits, 0),
		cached: answered.length > 0 && answered.every(({ cached }) => cached === true),
		enrichedAt: new Date(at).toISOString(),
	};
	return { enrichment, facts, ...(failure && answered.length === 0 && { failure }) };
}

/** One line for the lead's timeline: `apollo hit, hunter no-match: 5 fields filled, missing …`. */
export function noteOf({ status, reason, filled, missing, steps }: Enrichment): string {
	if (status === 'skipped') return `not enriched: ${reason}`;
	const asked = steps
		.filter(({ outcome }) => outcome !== 'skipped')
		.map(({ provider, outcome, code }) => `${provider} ${code ?? outcome}`);
	const found = `${Object.keys(filled).length} fields filled`;
	const left = missing.length > 0 ? `, missing ${missing.join(', ')}` : '';
	return `${asked.length ? asked.join(', ') : 'nobody asked'}: ${found}${left}`;
}
