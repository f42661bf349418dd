import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UNDER_90_PERCENT } from '../../lib/runtime/policies/circuit-state';
import type { Http } from '../../lib/runtime/http';
import { enrichment } from '../../lib/vendors/enrichment';
import type { EnrichmentProvider } from '../../lib/vendors/enrichment/port';
import { cacheKeys, lookupCache } from '../../lib/vendors/lookup-cache';
import { keptAnswers } from '../../lib/vendors/lookups/kept-answers';
import { startedJobs } from '../../lib/vendors/lookups/started-jobs';
import { bulkDesk, health, ledger, type EnrichmentWorld } from '../../lib/vendors/waterfall';
import { timer } from '../../lib/vendors/waterfall/timer';
import { attempt } from '../CrmUpsert/attempt';
import { readLead } from '../shared/read-lead';
import { openStore } from '../shared/store';
import type { Vendor } from '../shared/context';
import { openHttp } from '../shared/transport';
import { openCustom } from './open-custom';
import { readCacheAge } from './read-order';
import { readSteps } from './read-steps';

/** Items that arrive together wait so long for one another before a bulk request leaves. */
const TOGETHER_MS = 10;

export type World = ReturnType<typeof openWorld>;

/** What all items of an execution share. */
export function openWorld(node: IExecuteFunctions) {
	const now = Date.now;
	const store = () => openStore(node);
	const maxAgeMs = readCacheAge(node);
	const onTrouble = (error: unknown) =>
		node.logger.warn(`Enrichment is not remembered: ${(error as Error).message}`);
	const cache = lookupCache({ store, maxAgeMs, now, onTrouble });
	const spending = ledger({ store, now, zone: node.getTimezone(), onTrouble });
	const seen = health({ store, now, onTrouble });
	return {
		now,
		onTrouble,
		cache,
		ledger: spending,
		health: seen,
		answers: keptAnswers({ store, maxAgeMs, now, onTrouble }),
		jobs: startedJobs({ store, now }),
		bulk: bulkDesk({
			open: (provider, deadlineAt) => openProvider(node, { provider, deadlineAt }),
			soon: (then) => void timer(TOGETHER_MS, then),
		}),
		async flush() {
			await Promise.all([cache.flush(), spending.flush(), seen.flush()]);
		},
	};
}

interface Opening {
	readonly provider: EnrichmentProvider;
	/** Epoch ms. */
	readonly deadlineAt: number;
	readonly correlationId?: string;
}

/** Providers stand in for one another, so that a failing one is left out early. */
export function openProvider(
	node: IExecuteFunctions,
	{ provider, deadlineAt, correlationId }: Opening,
): Http {
	const { id, title, credential, apiKeyHeader, renewsToken } = provider;
	const vendor: Vendor = {
		vendor: id,
		title,
		credential,
		deadlineAt,
		correlationId,
		circuit: UNDER_90_PERCENT,
		readOnly: true,
		...(apiKeyHeader && { apiKeyHeader }),
		...(renewsToken && { oauth2: true }),
	};
	return isCustom(provider) ? openCustom(node, vendor) : openHttp(node, vendor);
}

const isCustom = ({ id }: EnrichmentProvider) => !enrichment.some((one) => one.id === id);

/** The calls for one lead carry its own id. */
export const opener =
	(node: IExecuteFunctions, correlationId: string): EnrichmentWorld['open'] =>
	(provider, deadlineAt) =>
		openProvider(node, { provider, deadlineAt, correlationId });

/** Reads once what is known of all items. An item whose lead cannot be read fails later, with its own message. */
export async function prepare(node: IExecuteFunctions, world: World): Promise<void> {
	const providers = providersOf(node);
	const keys = node.getInputData().flatMap(({ json }) => keysOf(json, providers));
	await Promise.all([
		world.cache.prepare(keys),
		world.health.prepare(providers.map(({ id }) => id)),
	]);
}

/** Those of the first item: an expression may give another item others, which are read when it is their turn. */
function providersOf(node: IExecuteFunctions): readonly EnrichmentProvider[] {
	const steps = attempt(() => readSteps(node, 0, { timeoutMs: 1 }));
	return steps instanceof Error ? [] : steps.map(({ provider }) => provider);
}

function keysOf(json: IDataObject, providers: readonly EnrichmentProvider[]): string[] {
	try {
		const lead = readLead(json);
		return providers.flatMap((provider) => cacheKeys(provider, lead));
	} catch {
		return [];
	}
}
