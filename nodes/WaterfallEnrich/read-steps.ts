import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { enrichment } from '../../lib/vendors/enrichment';
import type { EnrichmentProvider, Pricing } from '../../lib/vendors/enrichment/port';
import type { Step } from '../../lib/vendors/waterfall';
import { ownAccount } from './own-account';
import { CUSTOM, customAccount } from './provider-options';
import { readCustom } from './read-custom';
import { amount, fieldPaths, invalid, readOptions, readRows } from './read-value';

/** How long a step may take where the panel does not say. */
export interface StepTime {
	readonly timeoutMs: number;
	/** For a provider that answers later: as long as the lead may wait. */
	readonly laterMs?: number;
}

/** The steps as the panel has them. Throws `CONFIG_INVALID` naming the one that cannot work. */
export function readSteps(node: IExecuteFunctions, index: number, time: StepTime): Step[] {
	const rows = readRows(node, 'steps.values', index);
	if (rows.length === 0) invalid("'Steps' is empty: add the provider to ask first");
	return rows.map((row, position) => readStep(node, { row, position, index, time }));
}

/** A provider of the panel, as the node's credential sees it. */
export function providerNamed(
	node: IExecuteFunctions,
	id: unknown,
	what: string,
): EnrichmentProvider {
	const provider = enrichment.find((one) => one.id === id);
	if (!provider) return invalid(`${what} names the unknown provider '${String(id)}'`);
	return ownAccount(node, provider);
}

interface Row {
	readonly row: IDataObject;
	readonly position: number;
	readonly index: number;
	readonly time: StepTime;
}

function readStep(node: IExecuteFunctions, { row, position, index, time }: Row): Step {
	const custom = row['provider'] === CUSTOM;
	const provider = custom
		? ownAccount(node, readCustom(row))
		: providerNamed(node, row['provider'], `Step ${position + 1}`);
	const ticked = node.getNodeParameter('providers', index, []) as string[];
	const account = custom ? customAccount(provider.credential || 'none') : provider.id;
	const skip = !ticked.includes(account)
		? `${provider.title} is not ticked in 'Providers'`
		: conditionsHold(node, position, index)
			? undefined
			: 'The conditions of the step do not hold';
	const seconds = amount(row['timeoutSeconds'], `Timeout of step ${position + 1}`);
	const { timeoutMs, laterMs = timeoutMs } = time;
	const pricing = readPricing(row, { provider, of: ` of step ${position + 1}` });
	return {
		provider: callingBack(provider, readOptions(node, index).callbackUrl),
		fields: fieldPaths(row['fields']),
		timeoutMs: seconds ? seconds * 1_000 : provider.later?.instead ? laterMs : timeoutMs,
		...(skip && { skip }),
		...(pricing && { pricing }),
	};
}

/** n8n evaluates the conditions. A step without any is asked whenever something is missing. */
function conditionsHold(node: IExecuteFunctions, position: number, index: number): boolean {
	const path = `steps.values[${position}].conditions`;
	const verdict = node.getNodeParameter(path, index, {}, { extractValue: true });
	return typeof verdict === 'boolean' ? verdict : true;
}

/** What the account pays, where the panel says so. */
export function readPricing(
	row: { readonly creditsPerHit?: unknown; readonly creditPrice?: unknown },
	{ provider, of = '' }: { readonly provider: EnrichmentProvider; readonly of?: string },
): Partial<Pricing> | undefined {
	const perHit = amount(row.creditsPerHit, `Credits per Hit${of}`) || undefined;
	const price = amount(row.creditPrice, `Price of a Credit${of}`) || undefined;
	if (perHit === undefined && price === undefined) return undefined;
	const { atMost = 0 } = provider.pricing;
	return {
		...(perHit !== undefined && { perHit, atMost: Math.max(perHit, atMost) }),
		...(price !== undefined && { currencyPerCredit: price }),
	};
}

/** The waterfall starts jobs without knowing where we can be called. */
function callingBack(provider: EnrichmentProvider, url: string | undefined): EnrichmentProvider {
	const { later } = provider;
	if (!later || !url) return provider;
	const start: typeof later.start = async (leads, http, _, wanted) =>
		await later.start(leads, http, url, wanted);
	return { ...provider, later: { ...later, start } };
}
