export { bulkDesk, type BulkDesk } from './bulk';
export { spentOnDay } from './day-counters';
export { enrich } from './enrich';
export { health, segmentOf, type Health } from './health';
export { ledger, type Ledger, type Purse } from './ledger';
export type {
	After,
	Enriched,
	Enrichment,
	EnrichmentOrder,
	EnrichmentWorld,
	SaidEmployer,
	Step,
} from './order';
export { noteOf } from './report';
