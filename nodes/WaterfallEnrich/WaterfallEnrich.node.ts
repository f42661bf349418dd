import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { EnrichmentStatus } from '../../lib/domain/enrichment';
import { withFacts } from '../../lib/domain/enrichment-fields';
import type { Lead } from '../../lib/domain/lead';
import { UNDER_90_PERCENT } from '../../lib/runtime/policies/circuit-state';
import { enrichment } from '../../lib/vendors/enrichment';
import { lookupCache, lookupKey, type LookupCache } from '../../lib/vendors/lookup-cache';
import { enrich, noteOf, type EnrichmentWorld } from '../../lib/vendors/waterfall';
import { eachItem, type LeadItem, type Outcome } from '../shared/each-item';
import { readLead } from '../shared/read-lead';
import { openStore } from '../shared/store';
import { queueModeHints, storeCredentials, storeFields } from '../shared/store-fields';
import { openHttp } from '../shared/transport';
import { credentials, hints, properties } from './fields';
import { readCacheAge, readOrder } from './read-order';

/** A skipped lead is still a lead: it goes on beside the partial ones. */
const OUTPUT: Readonly<Record<EnrichmentStatus, number>> = {
	enriched: 0,
	partial: 1,
	skipped: 1,
	unmatched: 2,
};

export class WaterfallEnrich implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Waterfall Enrich',
		name: 'waterfallEnrich',
		icon: { light: 'file:waterfallEnrich.svg', dark: 'file:waterfallEnrich.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ ($parameter.steps?.values ?? []).map((step) => step.provider).join(" → ") }}',
		description:
			'Ask providers in turn for what a lead is missing, and never overwrite what is known',
		defaults: { name: 'Waterfall Enrich' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Enriched', 'Partial', 'Unmatched'],
		usableAsTool: true,
		parameterPane: 'wide',
		credentials: [...credentials, ...storeCredentials()],
		hints: [...hints, ...queueModeHints()],
		properties: [...properties, ...storeFields()],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const world = openWorld(this);
		const lanes = { stage: 'enriched', outputs: 3, concurrency: 5 };
		try {
			await world.cache.prepare(this.getInputData().flatMap(({ json }) => keysOf(json)));
			return await eachItem(this, lanes, (item) =>
				enrichItem(this, item, { ...world, open: opener(this, item.correlationId) }),
			);
		} finally {
			await world.cache.flush();
		}
	}
}

function openWorld(
	node: IExecuteFunctions,
): Omit<EnrichmentWorld, 'open'> & { readonly cache: LookupCache } {
	const now = Date.now;
	return {
		now,
		cache: lookupCache({
			store: () => openStore(node),
			maxAgeMs: readCacheAge(node),
			now,
			onTrouble: (error) =>
				node.logger.warn(`Enrichment answers are not remembered: ${(error as Error).message}`),
		}),
	};
}

/** Providers stand in for one another, so that a failing one is left out early. */
const opener =
	(node: IExecuteFunctions, correlationId: string): EnrichmentWorld['open'] =>
	({ id, title, credential, apiKeyHeader }, deadlineAt) =>
		openHttp(node, {
			vendor: id,
			title,
			credential,
			deadlineAt,
			correlationId,
			circuit: UNDER_90_PERCENT,
			readOnly: true,
			...(apiKeyHeader && { apiKeyHeader }),
		});

/** An item whose lead cannot be read fails later, with its own message. */
function keysOf(json: IDataObject): string[] {
	try {
		const lead = readLead(json);
		return enrichment.map(({ id }) => lookupKey(id, lead));
	} catch {
		return [];
	}
}

async function enrichItem(
	node: IExecuteFunctions,
	{ json, index }: LeadItem,
	world: EnrichmentWorld,
): Promise<Outcome> {
	const result = await enrich(readLead(json), readOrder(node, index), world);
	const fail = node.getNodeParameter('onAllFailed', index, 'continue') === 'fail';
	if (result.failure && fail) throw result.failure;
	return {
		output: OUTPUT[result.enrichment.status],
		add: {
			// The lead as it came, not as it was parsed: fields that others added to it stay.
			lead: withFacts(json['lead'] as Lead, result.facts) as unknown as IDataObject,
			enrichment: result.enrichment as unknown as IDataObject,
		},
		note: noteOf(result.enrichment),
	};
}
