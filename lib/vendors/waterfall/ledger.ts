import { overBudget, type Budget } from '../../domain/enrichment-budget';
import { FREE, negative, sumOf, type Cost } from '../../domain/enrichment-cost';
import { PipelineError } from '../../domain/errors';
import type { Store } from '../../runtime/store/port';
import { dayCounters } from './day-counters';

/** What is paid for one lead, by provider. */
export type Purse = Map<string, Cost>;

export interface Reservation {
	/** What the call really cost instead of what was set aside. Once. */
	settle(actual: Cost): void;
}

export interface Ledger {
	/**
	 * Sets aside what a call may cost at most, so that calls at the same time cannot spend the same
	 * money. Throws `BUDGET_EXHAUSTED`, and `STORE_UNAVAILABLE` where a day's budget cannot be read.
	 */
	reserve(
		call: { readonly provider: string; readonly atMost: Cost; readonly purse: Purse },
		budgets: readonly Budget[],
	): Promise<Reservation>;
	/** What this execution has paid, by provider. */
	spent(): ReadonlyMap<string, Cost>;
	/** Writes what is still to be counted for the day. */
	flush(): Promise<void>;
}

export interface LedgerOptions {
	readonly store: () => Store | Promise<Store>;
	readonly now: () => number;
	/** IANA zone whose midnight ends a day. Default: UTC. */
	readonly zone?: string;
	/** Told when the store cannot be reached to count, and no budget depends on it. */
	readonly onTrouble: (error: unknown) => void;
}

/** Counts what providers are paid: for each lead, for the run, and for the day in the store. */
export function ledger(options: LedgerOptions): Ledger {
	const run: Purse = new Map();
	const days = dayCounters(options);

	return {
		async reserve({ provider, atMost, purse }, budgets) {
			const binding = budgets.filter(
				(one) => one.provider === undefined || one.provider === provider,
			);
			for (const budget of binding) {
				if (budget.per === 'day') continue;
				const spent = spentOf(budget.per === 'lead' ? purse : run, budget.provider);
				refuse(overBudget(budget, spent, atMost), provider);
			}
			const book = (cost: Cost) => [purse, run].forEach((one) => add(one, provider, cost));
			book(atMost);
			const today = binding.filter(({ per }) => per === 'day');
			const held = today.length > 0 ? atMost : FREE;
			try {
				if (today.length > 0) await days.reserve(provider, atMost, today);
			} catch (error) {
				book(negative(atMost));
				throw error;
			}
			let open = true;
			return {
				settle(actual) {
					if (!open) return;
					open = false;
					book(sumOf([actual, negative(atMost)]));
					days.count(provider, sumOf([actual, negative(held)]));
				},
			};
		},
		spent: () => run,
		flush: days.flush,
	};
}

function refuse(reason: string | null, vendor: string) {
	if (reason !== null) throw new PipelineError('BUDGET_EXHAUSTED', reason, { vendor });
}

const spentOf = (purse: Purse, provider: string | undefined): Cost =>
	provider === undefined ? sumOf([...purse.values()]) : (purse.get(provider) ?? FREE);

const add = (purse: Purse, provider: string, cost: Cost) =>
	purse.set(provider, sumOf([purse.get(provider) ?? FREE, cost]));
