import { DateTime } from 'luxon';
import { overBudget, type Budget } from '../../domain/enrichment-budget';
import { negative, type Cost } from '../../domain/enrichment-cost';
import { PipelineError } from '../../domain/errors';
import type { Store } from '../../runtime/store/port';
import type { LedgerOptions } from './ledger';

/** Counters of a day outlive it by so much, so that yesterday can still be read. */
const KEPT_MS = 48 * 3_600_000;
const ALL = 'all';

/**
 * The day's spending in the store, shared by all workers: thousandths of a credit and millionths of a
 * dollar, for each provider and for all. A budget is held by counting first and looking second: two
 * workers at the limit may both be refused, never both be let through.
 */
export function dayCounters({ store, now, zone = 'utc', onTrouble }: LedgerOptions) {
	const later = new Map<string, Cost>();
	let writing: Promise<void> = Promise.resolve();

	const today = () => dayOf(now(), zone);
	const add = async (to: Store, provider: string, cost: Cost): Promise<Map<string, Cost>> => {
		const expiresAt = now() + KEPT_MS;
		const total = async (of: string): Promise<readonly [string, Cost]> => {
			const [credits, usd] = keysOf(today(), of);
			const { milliCredits, microUsd = 0 } = cost;
			const [spentCredits, spentUsd] = await Promise.all([
				to.increment(credits, milliCredits, expiresAt),
				to.increment(usd, microUsd, expiresAt),
			]);
			return [of, { milliCredits: spentCredits, microUsd: spentUsd }];
		};
		return new Map(await Promise.all([provider, ALL].map(total)));
	};

	const writeLater = async () => {
		const waiting = [...later];
		later.clear();
		try {
			const to = await store();
			for (const [provider, cost] of waiting) await add(to, provider, cost);
		} catch (error) {
			onTrouble(error);
		}
	};

	return {
		async reserve(provider: string, atMost: Cost, budgets: readonly Budget[]) {
			const to = await store();
			const totals = await add(to, provider, atMost);
			const reason = budgets
				.map((budget) =>
					overBudget(budget, before(totals.get(budget.provider ?? ALL), atMost), atMost),
				)
				.find((refusal) => refusal !== null);
			if (!reason) return;
			await add(to, provider, negative(atMost));
			throw new PipelineError('BUDGET_EXHAUSTED', reason, { vendor: provider });
		},
		/** Written with the others, soon and beside the work. */
		count(provider: string, cost: Cost) {
			if (cost.milliCredits === 0 && !cost.microUsd) return;
			const { milliCredits, microUsd = 0 } = later.get(provider) ?? { milliCredits: 0 };
			later.set(provider, {
				milliCredits: milliCredits + cost.milliCredits,
				microUsd: microUsd + (cost.microUsd ?? 0),
			});
			if (later.size === 1) writing = writing.then(writeLater);
		},
		async flush() {
			await writing;
			if (later.size > 0) await writeLater();
		},
	};
}

const before = (total: Cost | undefined, added: Cost): Cost => ({
	milliCredits: (total?.milliCredits ?? 0) - added.milliCredits,
	microUsd: (total?.microUsd ?? 0) - (added.microUsd ?? 0),
});

const dayOf = (now: number, zone: string) =>
	DateTime.fromMillis(now, { zone }).toISODate() ?? new Date(now).toISOString().slice(0, 10);

const keysOf = (day: string, of: string) =>
	[`spend:v1:${day}:${of}:milli-credits`, `spend:v1:${day}:${of}:micro-usd`] as const;

/** What was paid on the day of `now`, by provider, and by all of them together under `all`. */
export async function spentOnDay(
	store: Store,
	providers: readonly string[],
	{ now, zone = 'utc' }: { readonly now: number; readonly zone?: string },
): Promise<ReadonlyMap<string, Cost>> {
	const names = [...providers, ALL];
	const values = await store.get(names.flatMap((name) => [...keysOf(dayOf(now, zone), name)]));
	return new Map(
		names.map((name, place) => [
			name,
			{
				milliCredits: Number(values[2 * place] ?? 0),
				microUsd: Number(values[2 * place + 1] ?? 0),
			},
		]),
	);
}
