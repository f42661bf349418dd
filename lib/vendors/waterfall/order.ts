import type { Conflict } from '../../domain/enrichment-company';
import type { EnrichmentStatus, Pending, Provenance, StepReport } from '../../domain/enrichment';
import type { Budget } from '../../domain/enrichment-budget';
import type { FieldPath, Facts } from '../../domain/enrichment-fields';
import type { Alternative } from '../../domain/enrichment-merge';
import type { Filled } from '../../domain/enrichment-offer';
import type { Profile } from '../../domain/enrichment-profile';
import type { Ranked } from '../../domain/enrichment-rank';
import type { PipelineError } from '../../domain/errors';
import type { Http } from '../../runtime/http';
import type { Employer, EnrichmentProvider, Pricing } from '../enrichment/port';
import type { LookupCache } from '../lookup-cache';
import type { BulkDesk } from './bulk';
import type { Health } from './health';
import type { Ledger } from './ledger';

export interface Step {
	readonly provider: EnrichmentProvider;
	/** What this step may fill; empty for everything that the provider can. */
	readonly fields: readonly FieldPath[];
	readonly timeoutMs: number;
	/** Why this step does not apply to this lead. */
	readonly skip?: string;
	/** What the account pays, where it is not the public price. */
	readonly pricing?: Partial<Pricing>;
	/** Instead of the order's. */
	readonly hedgeAfterMs?: number;
}

/** The profile is optional here: without it the steps are asked one after the other. */
export interface EnrichmentOrder extends Partial<
	Omit<Profile, 'budgetMs' | 'stepTimeoutMs' | 'maxAgeMs'>
> {
	readonly steps: readonly Step[];
	readonly wanted: readonly FieldPath[];
	/** Milliseconds for all steps together. */
	readonly budgetMs: number;
	readonly personalAddresses: boolean;
	/** Whether facts that nobody wanted are thrown away. */
	readonly onlyWanted: boolean;
	/** Providers by field, the most trusted first: a later one may then replace what an earlier one said in this run. */
	readonly precedence?: Readonly<Partial<Record<FieldPath, readonly string[]>>>;
	/** `enrichment.fields` of the item, as an earlier enrichment wrote it. */
	readonly known?: Readonly<Partial<Record<FieldPath, Provenance>>>;
	/** Ms by field: a value of an earlier enrichment that is older counts as missing. */
	readonly maxAgeMs?: Readonly<Partial<Record<FieldPath, number>>>;
	readonly budgets?: readonly Budget[];
	/** Ask in the order that `world.health` has learned; `explore`: the part of the leads that tries another, 0 to 1. */
	readonly learned?: { readonly explore: number };
}

/** Calls back after `ms`; returns how to forget it. */
export type After = (ms: number, then: () => void) => () => void;

export interface EnrichmentWorld {
	/** The provider's client, bound to a moment (epoch ms) that no call passes. */
	open(provider: EnrichmentProvider, deadlineAt: number): Http;
	readonly cache: LookupCache;
	readonly now: () => number;
	/** Default: the process's timer. */
	readonly after?: After;
	/** 0 to 1; default: the process's. */
	readonly random?: () => number;
	/** Counts what is paid, and says no when a budget is used up. One for all items of an execution. */
	readonly ledger?: Ledger;
	/** Asks for several waiting items at once. One for all items of an execution. */
	readonly bulk?: BulkDesk;
	/** Remembers how providers did. One for all items of an execution. */
	readonly health?: Health;
}

/** What goes into the item as `enrichment`. */
export interface Enrichment {
	readonly status: EnrichmentStatus;
	readonly reason?: string;
	/** What this run filled. */
	readonly filled: Readonly<Partial<Record<FieldPath, Filled>>>;
	/** Where every value that a provider brought came from, in this run or an earlier one. */
	readonly fields: Readonly<Partial<Record<FieldPath, Provenance>>>;
	/** Wanted and not there, or too old. */
	readonly missing: readonly FieldPath[];
	readonly conflicts: readonly Conflict[];
	/** What was offered beside the values that were taken. */
	readonly alternatives?: Readonly<Partial<Record<FieldPath, readonly Alternative[]>>>;
	/** Who may still know what is missing: for the background. */
	readonly pending?: readonly Pending[];
	readonly steps: readonly StepReport[];
	/** Why the steps were asked in another order than theirs. */
	readonly order?: readonly Ranked[];
	/** Sum of the steps, each in its provider's own credits. */
	readonly credits: number;
	/** US dollars, sum of the steps; absent where a price is unknown. */
	readonly cost?: number;
	/** True when answers were used and none of them was paid for now. */
	readonly cached: boolean;
	readonly durationMs: number;
	readonly enrichedAt: string;
}

export interface Enriched {
	readonly enrichment: Enrichment;
	/** What goes into the lead. */
	readonly facts: Facts;
	/** Where the person works now, by each provider that says so. */
	readonly employers: readonly SaidEmployer[];
	/** Set when every provider that was asked failed: the last failure. */
	readonly failure?: PipelineError;
}

export interface SaidEmployer extends Employer {
	/** The provider's id. */
	readonly saidBy: string;
	/** When it was asked, ISO 8601 UTC. */
	readonly at: string;
}
