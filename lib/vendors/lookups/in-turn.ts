import type { StepReport } from '../../domain/enrichment';
import type { Budget } from '../../domain/enrichment-budget';
import { creditsOf, FREE, sumOf, usdOf, type Cost } from '../../domain/enrichment-cost';
import { isPipelineError, type PipelineError } from '../../domain/errors';
import { deadline } from '../../runtime/policies/deadline';
import type { EnrichmentProvider } from '../enrichment/port';
import type { Step } from '../waterfall';
import type { KeptAnswers } from './kept-answers';
import { payer, type Pay, type Till } from './pay-call';

export interface TurnWorld extends Pick<Till, 'open' | 'ledger'> {
	readonly answers: KeptAnswers;
	readonly now: () => number;
}

/** What a provider said; without an answer it knows nobody. */
export interface Said<T> {
	readonly answer?: T;
	readonly cached: boolean;
}

export interface Turns<T> {
	readonly steps: readonly Step[];
	/** Milliseconds for all steps together. */
	readonly budgetMs: number;
	readonly budgets: readonly Budget[];
	/** Why a provider cannot be asked; null when it can. */
	cannotAsk(provider: EnrichmentProvider): string | null;
	ask(provider: EnrichmentProvider, pay: Pay): Promise<Said<T>>;
	/** Whether nobody else has to be asked. */
	enough(answers: readonly T[]): boolean;
}

export interface TurnsTaken<T> {
	readonly answers: ReadonlyArray<{ readonly provider: string; readonly answer: T }>;
	readonly steps: readonly StepReport[];
	readonly credits: number;
	/** US dollars; absent where a price is unknown. */
	readonly cost?: number;
	/** Set when every provider that was asked failed: the last failure. */
	readonly failure?: PipelineError;
}

/** Asks providers one after the other until there is enough. One that fails is a step that failed. */
export async function askInTurn<T>(turns: Turns<T>, world: TurnWorld): Promise<TurnsTaken<T>> {
	const deadlineAt = world.now() + turns.budgetMs;
	const purse = new Map<string, Cost>();
	const answers: Array<{ readonly provider: string; readonly answer: T }> = [];
	const steps: StepReport[] = [];
	const costs: Cost[] = [];
	let failure: PipelineError | undefined;
	let answered = false;

	for (const step of turns.steps) {
		const { provider } = step;
		const startedAt = world.now();
		const idle = { provider: provider.id, durationMs: 0, credits: 0 } as const;
		const enough = turns.enough(answers.map(({ answer }) => answer));
		const reason = enough
			? 'Nothing is missing any more'
			: (step.skip ?? turns.cannotAsk(provider));
		if (reason) {
			steps.push({ ...idle, outcome: 'skipped', reason });
			continue;
		}
		if (startedAt >= deadlineAt) {
			steps.push({ ...idle, outcome: 'skipped', code: 'TIMEOUT', reason: used(turns) });
			continue;
		}
		const paid: Cost[] = [];
		let atRisk = FREE;
		const end = Math.min(deadlineAt, startedAt + step.timeoutMs);
		const pay = payer({
			...world,
			...turns,
			step,
			purse,
			deadlineAt: end,
			onPaid: add(paid),
			onRisk: (cost) => (atRisk = cost),
		});
		try {
			const { answer, cached } = await within(
				provider,
				end,
				world,
			)(async () => await turns.ask(provider, pay));
			answered = true;
			if (answer !== undefined) answers.push({ provider: provider.id, answer });
			const outcome = answer === undefined ? 'no-match' : 'hit';
			steps.push({ ...idle, outcome, ...spent(paid), ...(cached && { cached }) });
		} catch (error) {
			if (!isPipelineError(error)) throw error;
			const { code, message } = error;
			const outcome = NOT_ASKED.has(code) ? 'skipped' : 'failed';
			if (outcome === 'failed') failure = error;
			const risk = atRisk.milliCredits > 0 && { creditsAtRisk: creditsOf(atRisk) };
			steps.push({ ...idle, outcome, code, reason: message, ...spent(paid), ...risk });
		}
		const last = steps.pop();
		if (last) steps.push({ ...last, durationMs: world.now() - startedAt });
		costs.push(...paid);
	}
	return { answers, steps, ...spent(costs), ...(failure && !answered && { failure }) };
}

/** Not the provider's failure: it was left alone, or not asked for the money's sake. */
const NOT_ASKED: ReadonlySet<string> = new Set(['CIRCUIT_OPEN', 'BUDGET_EXHAUSTED']);

const used = ({ budgetMs }: Pick<Turns<unknown>, 'budgetMs'>) =>
	`The ${budgetMs} ms for this item were used up`;

const add = (to: Cost[]) => (cost: Cost) => void to.push(cost);

function spent(costs: readonly Cost[]) {
	const all = sumOf(costs);
	const usd = usdOf(all);
	return {
		credits: creditsOf(all),
		...(usd !== undefined && all.milliCredits > 0 && { cost: usd }),
	};
}

/** Nobody waits longer than the step may take, whatever the provider does. */
const within =
	({ id }: EnrichmentProvider, deadlineAt: number, { now }: TurnWorld) =>
	async <A>(ask: () => Promise<A>): Promise<A> =>
		await deadline<{ readonly deadlineAt: number }, A>({ vendor: id, now })(ask)({ deadlineAt });
