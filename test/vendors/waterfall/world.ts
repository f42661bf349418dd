import type { FieldPath, Facts } from '../../../lib/domain/enrichment-fields';
import type { Lead } from '../../../lib/domain/lead';
import { memoryStore } from '../../../lib/runtime/store/memory';
import type { Store } from '../../../lib/runtime/store/port';
import type {
	CompanyLookup,
	EnrichmentProvider,
	Lookup,
	Pricing,
} from '../../../lib/vendors/enrichment/port';
import { lookupCache, type LookupCache } from '../../../lib/vendors/lookup-cache';
import {
	bulkDesk,
	health,
	ledger,
	type EnrichmentOrder,
	type EnrichmentWorld,
} from '../../../lib/vendors/waterfall';
import { clock, type Clock } from './clock';

export const found = (fields: Facts, credits = 1): Lookup => ({ kind: 'found', credits, fields });
export const nobody: Lookup = { kind: 'no-match', credits: 0 };

export const TITLE: readonly FieldPath[] = ['person.title'];
export const COMPANY: readonly FieldPath[] = ['company.industry', 'company.employeeCount'];

export interface Simulated {
	readonly fills?: readonly FieldPath[];
	readonly latencyMs?: number;
	/** Undefined: never answers. */
	readonly answer?: (lead: Lead) => Lookup | Error | undefined;
	readonly company?: (domain: string) => Lookup | Error;
	readonly bulkSize?: number;
	/** Companies in one request. */
	readonly companiesAtOnce?: number;
	readonly pricing?: Partial<Pricing>;
}

export interface Worker extends EnrichmentWorld {
	readonly cache: LookupCache;
	readonly ledger: NonNullable<EnrichmentWorld['ledger']>;
	readonly health: NonNullable<EnrichmentWorld['health']>;
	/** What an execution does at its end. */
	flush(): Promise<void>;
}

/** Providers that answer after a while, and workers that share a store. */
export function world(time: Clock = clock(), store: Store = memoryStore(time.now)) {
	const calls: string[] = [];
	const troubles: unknown[] = [];

	const answered = async (call: string, latencyMs: number, answer: Lookup | Error | undefined) => {
		calls.push(call);
		if (answer === undefined) return await new Promise<Lookup>(() => undefined);
		await time.sleep(latencyMs);
		if (answer instanceof Error) throw answer;
		return answer;
	};

	const provider = (id: string, how: Simulated = {}): EnrichmentProvider => {
		const { fills = [...TITLE, ...COMPANY], latencyMs = 100, answer = () => nobody } = how;
		const one = async (lead: Lead) =>
			await answered(`${id} ${lead.identity.email}`, latencyMs, answer(lead));
		const company: CompanyLookup | undefined = how.company && {
			fills: COMPANY,
			cannotAsk: (lead) => (lead.company.domain ? null : 'It needs a domain'),
			lookup: async ({ domain = '' }) =>
				await answered(`${id} ${domain}`, latencyMs, how.company?.(domain)),
			...(how.companiesAtOnce !== undefined && {
				bulk: {
					size: how.companiesAtOnce,
					lookup: async (queries) => {
						calls.push(`${id} bulk of ${queries.length} companies`);
						await time.sleep(latencyMs);
						return queries.map(({ domain = '' }) => how.company?.(domain) as Lookup);
					},
				},
			}),
		};
		return {
			id,
			title: id,
			credential: `${id}Api`,
			fills,
			pricing: { perHit: 1, currencyPerCredit: 0.1, ...how.pricing },
			cannotAsk: (lead) => (lead.identity.email ? null : 'It needs an email address'),
			lookup: async (lead) => await one(lead),
			...(company && { company }),
			...(how.bulkSize !== undefined && {
				bulk: {
					size: how.bulkSize,
					lookup: async (leads) => {
						calls.push(`${id} bulk of ${leads.length}`);
						await time.sleep(latencyMs);
						return leads.map((lead) => answer(lead) as Lookup);
					},
				},
			}),
		};
	};

	const open = () => ({ send: () => Promise.reject(new Error('not used')) });

	/** One execution: what it has learnt is known to the others through the store alone. */
	const worker = ({ cacheMs = 86_400_000, away = false } = {}): Worker => {
		const common = {
			store: () => {
				if (away) throw new Error('no disk');
				return store;
			},
			now: time.now,
			onTrouble: (error: unknown) => void troubles.push(error),
		};
		const parts = {
			cache: lookupCache({ ...common, maxAgeMs: cacheMs, sleep: time.sleep }),
			ledger: ledger(common),
			health: health(common),
		};
		return {
			...parts,
			open,
			now: time.now,
			after: time.after,
			random: () => 0.99,
			bulk: bulkDesk({ open, soon: (then) => void time.after(5, then) }),
			async flush() {
				await Promise.all(Object.values(parts).map(async (part) => await part.flush()));
			},
		};
	};

	return { time, store, calls, troubles, provider, worker };
}

export const order = (
	providers: readonly EnrichmentProvider[],
	change: Partial<EnrichmentOrder> = {},
): EnrichmentOrder => ({
	steps: providers.map((provider) => ({ provider, fields: [], timeoutMs: 10_000 })),
	wanted: [...TITLE, ...COMPANY],
	budgetMs: 60_000,
	personalAddresses: false,
	onlyWanted: false,
	...change,
});
