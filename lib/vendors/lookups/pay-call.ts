import type { Budget } from '../../domain/enrichment-budget';
import { costOf, FREE, type Cost } from '../../domain/enrichment-cost';
import { isPipelineError } from '../../domain/errors';
import type { Http } from '../../runtime/http';
import type { EnrichmentProvider } from '../enrichment/port';
import type { Ledger, Step } from '../waterfall';

/** Makes one call that may cost something: sets its price aside, asks, and counts what was charged. */
export type Pay = <R extends { readonly credits: number }>(
	run: (http: Http) => Promise<R>,
) => Promise<R>;

export interface Till {
	readonly step: Step;
	/** Epoch ms that no call passes. */
	readonly deadlineAt: number;
	readonly purse: Map<string, Cost>;
	readonly budgets: readonly Budget[];
	/** The provider's client, bound to a moment (epoch ms). */
	readonly open: (provider: EnrichmentProvider, deadlineAt: number) => Http;
	readonly ledger: Ledger;
	/** Told what each call cost. */
	readonly onPaid: (cost: Cost) => void;
}

/** A call throws what the provider fails with, and `BUDGET_EXHAUSTED` before it where a budget says no. */
export function payer(till: Till): Pay {
	const { step, deadlineAt, purse, budgets, open, ledger, onPaid } = till;
	const { provider } = step;
	const price = { ...provider.pricing, ...step.pricing };
	const atMost = costOf(price.perPersonHit ?? price.perHit, price.currencyPerCredit);
	return async (run) => {
		const held = await ledger.reserve({ provider: provider.id, atMost, purse }, budgets);
		try {
			const answer = await run(open(provider, deadlineAt));
			const cost = costOf(answer.credits, price.currencyPerCredit);
			held.settle(cost);
			onPaid(cost);
			return answer;
		} catch (error) {
			// A provider that was cut off may have charged; one that refused has not.
			const cut = isPipelineError(error) && CUT_OFF.has(error.code);
			held.settle(cut ? atMost : FREE);
			throw error;
		}
	};
}

const CUT_OFF: ReadonlySet<string> = new Set(['TIMEOUT', 'CANCELLED']);
