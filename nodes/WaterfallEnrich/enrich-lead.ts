import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { EnrichmentStatus, Pending } from '../../lib/domain/enrichment';
import { knownFields, pendingIn } from '../../lib/domain/enrichment-known';
import { withFacts } from '../../lib/domain/enrichment-fields';
import type { Lead } from '../../lib/domain/lead';
import { subjectOf } from '../../lib/vendors/lookup-cache';
import { enrich, noteOf, type Enriched, type EnrichmentOrder } from '../../lib/vendors/waterfall';
import type { LeadItem, Outcome } from '../shared/each-item';
import { readLead } from '../shared/read-lead';
import { keptOf } from './keep-item';
import { readOrder } from './read-order';
import { opener, type World } from './world';

/** A skipped lead is still a lead: it goes on beside the partial ones. */
const OUTPUT: Readonly<Record<EnrichmentStatus, number>> = {
	enriched: 0,
	partial: 1,
	skipped: 1,
	unmatched: 2,
};
/** Version 1 has no such output: there the copy ends. */
const BACKGROUND = 3;

/** Fills what is missing of a lead. What nobody waited for goes on Background too, as a copy. */
export async function enrichLead(
	node: IExecuteFunctions,
	{ json, index, correlationId }: LeadItem,
	world: World,
): Promise<Outcome[]> {
	const order = orderOf(node, index, json['enrichment']);
	const lead = readLead(json);
	const open = opener(node, correlationId);
	const result = await enrich(lead, order, { ...world, open });
	if (result.failure && failsThen(node, index)) throw result.failure;
	const pending = stillPending(json, result);
	const enrichment = { ...result.enrichment, ...(pending.length > 0 && { pending }) };
	const add = {
		// The lead as it came, not as it was parsed: fields that others added to it stay.
		lead: withFacts(json['lead'] as Lead, result.facts) as unknown as IDataObject,
		enrichment: enrichment as unknown as IDataObject,
	};
	await rememberJobs(keptOf({ ...json, ...add }), { lead, order, result, correlationId, world });
	const note = noteOf(result.enrichment);
	const outcome = { output: OUTPUT[result.enrichment.status], add, note };
	if (pending.length === 0) return [outcome];
	const waitsFor = pending.map(({ provider }) => provider).join(', ');
	return [outcome, { output: BACKGROUND, add, note: `${note}; left to do: ${waitsFor}` }];
}

/** What is still under way is asked for in the same parts again, and so not a second time. */
function orderOf(node: IExecuteFunctions, index: number, before: unknown): EnrichmentOrder {
	const order = { ...readOrder(node, index), known: knownFields(before) };
	const isUnderWay = pendingIn(before).some(({ state }) => state === 'running');
	return isUnderWay ? { ...order, companyBeside: true } : order;
}

export const failsThen = (node: IExecuteFunctions, index: number) =>
	node.getNodeParameter('onAllFailed', index, 'continue') === 'fail';

/** Jobs of an earlier enrichment go on; the rest of what it left over was asked for now. */
function stillPending(json: IDataObject, { enrichment }: Enriched): readonly Pending[] {
	if (enrichment.missing.length === 0) return [];
	const now = enrichment.pending ?? [];
	const before = pendingIn(json['enrichment']).filter(
		({ jobId, provider }) =>
			jobId !== undefined && !enrichment.steps.some((step) => step.provider === provider),
	);
	return [...before, ...now];
}

interface Waiting {
	readonly lead: Lead;
	readonly order: EnrichmentOrder;
	readonly result: Enriched;
	readonly correlationId: string;
	readonly world: World;
}

/** So that a callback finds the lead. Without a store the job can still be asked for by the item. */
async function rememberJobs(
	item: IDataObject,
	{ lead, order, result, correlationId, world }: Waiting,
) {
	for (const { provider, jobId, pollAfterMs = 60_000 } of result.enrichment.pending ?? []) {
		if (!jobId) continue;
		const step = order.steps.find((one) => one.provider.id === provider);
		const risk = result.enrichment.steps.find((one) => one.jobId === jobId)?.creditsAtRisk ?? 0;
		const waiting = {
			item,
			correlationId,
			wanted: order.wanted,
			fields: step?.fields ?? [],
			heldMilliCredits: Math.round(risk * 1_000),
			usdPerCredit: step?.pricing?.currencyPerCredit,
			subject: subjectOf(lead),
		};
		const account = step?.provider.revision;
		await world.jobs
			.wait({ provider, jobId, account, pollAfterMs }, waiting)
			.catch(world.onTrouble);
	}
}
