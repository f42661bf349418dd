import type { StepReport } from '../../domain/enrichment';
import type { Budget } from '../../domain/enrichment-budget';
import { withoutFields } from '../../domain/enrichment-fields';
import type { PipelineError } from '../../domain/errors';
import { judgeJob, type Job, type JobVerdict } from '../../domain/job-change';
import type { Lead } from '../../domain/lead';
import {
	enrich,
	type EnrichmentOrder,
	type EnrichmentWorld,
	type SaidEmployer,
} from '../waterfall';

export interface JobChange extends JobVerdict {
	readonly from: Job;
	/** The new one, or what the provider says of the same one. */
	readonly to?: Job;
	/** Who said it. */
	readonly provider?: string;
	/** When that provider was asked, ISO 8601 UTC. */
	readonly at?: string;
	readonly steps: readonly StepReport[];
	readonly credits: number;
	readonly cost?: number;
	/** ISO 8601 UTC. */
	readonly checkedAt: string;
}

export interface JobChecked {
	readonly jobChange: JobChange;
	readonly failure?: PipelineError;
}

/**
 * Whether a person still works where the lead says: providers are asked in turn until one names the
 * person's employer. What is known of the job is hidden from the question, so that it has to be asked.
 */
export async function detectJobChange(
	lead: Lead,
	order: EnrichmentOrder,
	world: EnrichmentWorld,
): Promise<JobChecked> {
	const asked = withoutFields(lead, JOB);
	const endsAt = world.now() + order.budgetMs;
	const steps: StepReport[] = [];
	const costs: Array<number | undefined> = [];
	let left = order.budgets ?? [];
	let failure: PipelineError | undefined;
	let employer: SaidEmployer | undefined;
	let bar: string | undefined;

	for (const step of order.steps) {
		const budgetMs = endsAt - world.now();
		if (employer || budgetMs <= 0) {
			const reason = employer ? 'The employer is known' : 'The time for this lead was used up';
			steps.push({
				provider: step.provider.id,
				outcome: 'skipped',
				reason,
				durationMs: 0,
				credits: 0,
			});
			continue;
		}
		const one = { ...order, steps: [step], wanted: WANTED, budgetMs, budgets: left, known: {} };
		const result = await enrich(asked, one, world);
		const { status, reason, credits, cost } = result.enrichment;
		if (status === 'skipped') bar ??= reason;
		steps.push(...result.enrichment.steps);
		costs.push(cost);
		left = lessLead(left, { provider: step.provider.id, credits, usd: cost ?? 0 });
		employer = result.employers[0];
		failure = result.failure ?? failure;
	}
	const credits = steps.reduce((sum, one) => sum + Math.round(one.credits * 1_000), 0) / 1_000;
	const cost = costs.reduce<number>((sum, one) => sum + Math.round((one ?? 0) * 1e6), 0) / 1e6;
	const everybodyFailed = !steps.some(({ outcome }) => outcome === 'hit' || outcome === 'no-match');
	return {
		jobChange: {
			...(employer ? judgeJob(lead, employer) : unknown(bar)),
			from: jobOf(lead),
			...(employer && sayingOf(employer)),
			steps,
			credits,
			...(!costs.includes(undefined) && { cost }),
			checkedAt: new Date(world.now()).toISOString(),
		},
		...(failure && everybodyFailed && { failure }),
	};
}

const JOB = [
	'company.name',
	'company.domain',
	'person.title',
	'person.seniority',
	'person.department',
] as const;

/** A provider that knows a person names the company first of all. */
const WANTED = ['company.name'] as const;

const unknown = (bar = 'No provider names an employer'): JobVerdict => ({
	verdict: 'unknown',
	reason: bar,
	titleChanged: false,
});

const sayingOf = ({ saidBy, at, ...to }: SaidEmployer) => ({ to, provider: saidBy, at });

const jobOf = ({ company, person }: Lead): Job => ({
	...(company.name && { name: company.name }),
	...(company.domain && { domain: company.domain }),
	...(person.title && { title: person.title }),
});

/** Each step is a run of its own, so that the lead's budget has to shrink between them. */
const lessLead = (
	budgets: readonly Budget[],
	spent: { readonly provider: string; readonly credits: number; readonly usd: number },
): Budget[] =>
	budgets.map((budget) => {
		const other = budget.provider !== undefined && budget.provider !== spent.provider;
		if (budget.per !== 'lead' || other) return budget;
		const { credits, usd } = budget;
		return {
			...budget,
			...(credits !== undefined && { credits: Math.max(0, credits - spent.credits) }),
			...(usd !== undefined && { usd: Math.max(0, usd - spent.usd) }),
		};
	});
