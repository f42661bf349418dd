import type { FieldPath } from '../../domain/enrichment-fields';
import type { Lead } from '../../domain/lead';
import type { Http } from '../../runtime/http';
import type { StartedJob } from '../enrichment/port';
import type { Purse } from './ledger';
import type { EnrichmentOrder, EnrichmentWorld, Step } from './order';

/** One step for one lead. */
export interface Task {
	readonly step: Step;
	/** Place of the step in the order that the user gave. */
	readonly rank: number;
	readonly lead: Lead;
	readonly need: readonly FieldPath[];
	readonly order: EnrichmentOrder;
	readonly world: EnrichmentWorld;
	readonly purse: Purse;
	/** Epoch ms that this step may not pass. */
	readonly deadlineAt: number;
	/** Nobody was asked before about this lead: what happens now says how often the provider knows one. */
	readonly first: boolean;
	readonly http: Http;
	/** Told the job of a provider that answers later; undefined once it is done. */
	readonly onJob: (job: StartedJob | undefined) => void;
}
