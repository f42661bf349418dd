import type { Pending, StepReport } from '../../domain/enrichment';
import { creditsOf, sumOf, usdOf, type Cost } from '../../domain/enrichment-cost';
import type { FieldPath } from '../../domain/enrichment-fields';
import type { Offer } from '../../domain/enrichment-offer';
import type { ErrorCode, PipelineError } from '../../domain/errors';
import type { Employer, StartedJob } from '../enrichment/port';

/** A provider's answer, with what was paid for it now. */
export interface Answer extends Offer {
	readonly kind: 'found' | 'no-match';
	readonly cost: Cost;
	readonly cached: boolean;
	readonly apiVersion?: string;
	readonly unanswered: readonly FieldPath[];
	readonly employer?: Employer;
}

/** What was asked and not answered. */
export interface Failure {
	readonly error: PipelineError;
	/** Of a call that was cut off: it may have been charged. */
	readonly atRisk: Cost;
	/** The job that goes on without us. */
	readonly job?: StartedJob;
}

export interface StepEnd {
	readonly report: StepReport;
	readonly answers: readonly Answer[];
	readonly failure?: PipelineError;
	readonly pending?: Pending;
}

/** One line for all that a step asked: a hit where one question was answered, a failure where none was. */
export function endOf(
	provider: string,
	{
		answers,
		failures,
		durationMs,
		need,
	}: {
		readonly answers: readonly Answer[];
		readonly failures: readonly Failure[];
		readonly durationMs: number;
		readonly need: readonly FieldPath[];
	},
): StepEnd {
	const [failure] = failures;
	const job = failures.find((one) => one.job)?.job;
	const cost = sumOf(answers.map((answer) => answer.cost));
	const usd = usdOf(cost);
	const risk = creditsOf(sumOf(failures.map(({ atRisk }) => atRisk)));
	const cached = answers.length > 0 && answers.every((answer) => answer.cached);
	const apiVersion = answers.find((answer) => answer.apiVersion)?.apiVersion;
	const reason = reasonOf(answers, failure);
	const report: StepReport = {
		provider,
		outcome: outcomeOf(answers, failures),
		durationMs,
		credits: creditsOf(cost),
		...(usd !== undefined && cost.milliCredits > 0 && { cost: usd }),
		...(risk > 0 && { creditsAtRisk: risk }),
		...(failure && !job && { code: failure.error.code }),
		...(reason && { reason }),
		...(cached && { cached }),
		...(apiVersion && { apiVersion }),
		...(job && { jobId: job.jobId }),
	};
	return {
		report,
		answers,
		...(failure && !job && { failure: failure.error }),
		...(job && { pending: { provider, fields: need, state: 'running', ...job } }),
	};
}

/** Not the provider's failure: it was left alone, or not asked for the money's sake. */
const NOT_ASKED: ReadonlySet<ErrorCode> = new Set(['CIRCUIT_OPEN', 'BUDGET_EXHAUSTED']);

function outcomeOf(
	answers: readonly Answer[],
	failures: readonly Failure[],
): StepReport['outcome'] {
	if (answers.some(({ kind }) => kind === 'found')) return 'hit';
	if (failures.some(({ job }) => job)) return 'pending';
	if (failures.length === 0) return 'no-match';
	const left = failures.every(({ error }) => NOT_ASKED.has(error.code));
	return left && answers.length === 0 ? 'skipped' : 'failed';
}

function reasonOf(answers: readonly Answer[], failure: Failure | undefined): string | undefined {
	if (failure?.job) return 'Still being looked up when the lead went on';
	if (failure) return failure.error.message;
	const open = answers.flatMap(({ unanswered }) => unanswered);
	return open.length > 0 ? `Not answered yet: ${open.join(', ')}` : undefined;
}

export type Skip = string | { readonly reason: string; readonly code: ErrorCode };

export function skippedEnd(provider: string, skip: Skip, need: readonly FieldPath[]): StepEnd {
	const why = typeof skip === 'string' ? { reason: skip } : skip;
	const report = { provider, outcome: 'skipped', ...why, durationMs: 0, credits: 0 } as const;
	const late = typeof skip !== 'string' && skip.code === 'TIMEOUT';
	if (!late) return { report, answers: [] };
	return { report, answers: [], pending: { provider, fields: need, state: 'not-asked' } };
}

/** A step that nobody waits for any more. */
export function unawaitedEnd(
	provider: string,
	{
		durationMs,
		need,
		missing,
		job,
		held,
	}: {
		readonly durationMs: number;
		readonly need: readonly FieldPath[];
		readonly missing: readonly FieldPath[];
		readonly job: StartedJob | undefined;
		/** Credits that were set aside for the job. */
		readonly held: number;
	},
): StepEnd {
	const fields = need.filter((path) => missing.includes(path));
	const reason =
		fields.length > 0
			? 'Still running when the lead went on'
			: 'Not waited for: nothing that is wanted is missing any more';
	const id = job ? { jobId: job.jobId, creditsAtRisk: held } : {};
	return {
		report: { provider, outcome: 'pending', reason, durationMs, credits: 0, ...id },
		answers: [],
		...(fields.length > 0 && { pending: { provider, fields, state: 'running', ...job } }),
	};
}
