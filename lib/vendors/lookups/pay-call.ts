import type { Budget } from '../../domain/enrichment-budget';
import type { Cost } from '../../domain/enrichment-cost';
import type { Http } from '../../runtime/http';
import type { EnrichmentProvider } from '../enrichment/port';
import type { Ledger, Step } from '../waterfall';
import { charged } from '../waterfall/charged';
import { priceOf } from '../waterfall/legs';

/** Makes one call that may cost something, at most `creditsAtMost` (by default a person's price). */
export type Pay = <R extends { readonly credits: number }>(
	run: (http: Http) => Promise<R>,
	creditsAtMost?: number,
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
	readonly now: () => number;
	/** Told what each call cost. */
	readonly onPaid: (cost: Cost) => void;
	/** Told what may still be charged for the call under way, or for one that was cut off. */
	readonly onRisk: (cost: Cost) => void;
}

/** A call throws what the provider fails with, and `BUDGET_EXHAUSTED` before it where a budget says no. */
export function payer({ step, deadlineAt, open, ledger, now, ...till }: Till): Pay {
	const { provider } = step;
	const { perHit, perPersonHit = perHit, currencyPerCredit } = priceOf(step);
	const { budgets, purse, onPaid, onRisk } = till;
	const charge = { provider: provider.id, usdPerCredit: currencyPerCredit, budgets, purse };
	return async (run, creditsAtMost = perPersonHit) =>
		await charged(
			{ ledger, now },
			{ ...charge, creditsAtMost, isMatch: () => true, onPaid, onRisk },
			async () => await run(open(provider, deadlineAt)),
		);
}
