import type { Budget } from '../../domain/enrichment-budget';
import { costOf, FREE, type Cost } from '../../domain/enrichment-cost';
import { isPipelineError } from '../../domain/errors';
import { LATER, type Observation } from './health';
import type { Purse } from './ledger';
import type { EnrichmentWorld } from './order';

/** One call that costs something. */
export interface Charge<Answer> {
	readonly provider: string;
	/** The most that it may cost, in the provider's credits. */
	readonly creditsAtMost: number;
	readonly usdPerCredit: number | undefined;
	readonly budgets: readonly Budget[];
	readonly purse: Purse;
	/** Whom it is about, where nobody was asked before; see `Health`. */
	readonly segment?: string;
	readonly isMatch: (answer: Answer) => boolean;
	/** Told what may still be charged: all of it while the provider is asked, and after a call that was cut off. */
	readonly onRisk?: (cost: Cost) => void;
	/** Told what was charged. */
	readonly onPaid?: (cost: Cost) => void;
	/** True: the provider works on, so that the call has not failed. */
	readonly goesOn?: () => boolean;
}

/** Sets the price aside, asks, and counts what was charged and how it went. Throws what `ask` throws, and `BUDGET_EXHAUSTED`. */
export async function charged<Answer extends { readonly credits: number }>(
	{ ledger, health, now }: Pick<EnrichmentWorld, 'ledger' | 'health' | 'now'>,
	charge: Charge<Answer>,
	ask: () => Promise<Answer>,
): Promise<Answer> {
	const { provider, usdPerCredit, purse, onRisk } = charge;
	const atMost = costOf(charge.creditsAtMost, usdPerCredit);
	const held = await ledger?.reserve({ provider, atMost, purse }, charge.budgets);
	const startedAt = now();
	const note = (outcome: Observation['outcome'], { microUsd = 0 }: Cost) => {
		const latencyMs = now() - startedAt;
		const segment = charge.segment ?? LATER;
		health?.note({ provider, segment, outcome, latencyMs, microUsd });
	};
	onRisk?.(atMost);
	try {
		const answer = await ask();
		const cost = costOf(answer.credits, usdPerCredit);
		onRisk?.(FREE);
		charge.onPaid?.(cost);
		held?.settle(cost);
		note(charge.isMatch(answer) ? 'match' : 'no-match', cost);
		return answer;
	} catch (error) {
		const code = isPipelineError(error) ? error.code : undefined;
		// A provider that was cut off may have charged; one that refused has not.
		const risk = code === 'TIMEOUT' || code === 'CANCELLED' ? atMost : FREE;
		onRisk?.(risk);
		held?.settle(risk);
		if (code !== 'CIRCUIT_OPEN' && !charge.goesOn?.()) note('failure', risk);
		throw error;
	}
}
