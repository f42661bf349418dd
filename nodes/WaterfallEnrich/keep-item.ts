import type { IDataObject } from 'n8n-workflow';

const NAMESPACES = ['lead', 'trace', 'enrichment', 'dedupe', 'score', 'route', 'crm', 'meeting'];

/** What of an item is kept until its answer comes: what our nodes have added, and no headers or payloads. */
export const keptOf = (json: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(json).filter(([name]) => NAMESPACES.includes(name)));
