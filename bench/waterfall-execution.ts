import type { FieldPath } from '../lib/domain/enrichment-fields';
import type { Store } from '../lib/runtime/store/port';
import type { EnrichmentProvider } from '../lib/vendors/enrichment/port';
import { lookupCache } from '../lib/vendors/lookup-cache';
import { health, ledger, type EnrichmentOrder } from '../lib/vendors/waterfall';
import { COMPANY, PERSON } from './waterfall-world';

/** All that is known of anybody, phone and revenue too. */
export const RARE: readonly FieldPath[] = [...PERSON, ...COMPANY];
export const http = { send: () => Promise.reject(new Error('not used')) };

export type Change = Partial<EnrichmentOrder>;

export const orderOf = (
	providers: readonly EnrichmentProvider[],
	change: Change,
): EnrichmentOrder => ({
	budgetMs: 60_000,
	wanted: RARE,
	...change,
	steps: providers.map((provider) => ({ provider, fields: [], timeoutMs: 10_000 })),
	personalAddresses: false,
	onlyWanted: true,
});

/** What all items of one execution share. */
export function executionOn(store: Store, now: () => number) {
	const common = { store: () => store, now, onTrouble: fail };
	return {
		now,
		open: () => http,
		cache: lookupCache({ ...common, maxAgeMs: 86_400_000 }),
		ledger: ledger(common),
		health: health(common),
	};
}

const fail = (error: unknown) => {
	throw error;
};
