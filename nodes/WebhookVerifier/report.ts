import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { healthOf, type DeliveryTotals, type HealthLimits } from '../../lib/domain/webhook-health';
import { KEEP_HOURS, readCounts } from '../../lib/vendors/delivery-counts';
import { failedItem, toNodeError } from '../shared/failure';
import { openStore } from '../shared/store';
import { LIMITS } from './report-fields';

const HOUR_MS = 3_600_000;

/** One item per source, whatever the number of input items: the health of a source is not that of an item. */
export async function report(node: IExecuteFunctions, now: number): Promise<INodeExecutionData[]> {
	const [item = { json: {} }] = node.getInputData();
	try {
		const limits = limitsOf(node);
		const since = now - limits.windowHours * HOUR_MS;
		const sources = sourcesOf(node);
		const store = await openStore(node);
		const totals = await readCounts(store, { since, now, ...(sources.length > 0 && { sources }) });
		const pairedItem = node.getInputData().map((_, index) => ({ item: index }));
		return totals.map((one) => ({ json: lineOf(one, { ...limits, now }), pairedItem }));
	} catch (error) {
		if (!node.continueOnFail()) throw toNodeError(node, error, 0);
		return [failedItem(node, error, { item, index: 0, stage: 'reported' })];
	}
}

function lineOf(
	totals: DeliveryTotals,
	limits: HealthLimits & { readonly windowHours: number; readonly now: number },
) {
	const { source, accepted, challenges, refused, refusedBy, lag, ...more } = totals;
	const { healthy, findings } = healthOf(totals, limits, limits.now);
	return {
		source,
		healthy,
		findings: findings.map((finding) => ({ ...finding })),
		windowHours: limits.windowHours,
		checkedAt: iso(limits.now),
		accepted,
		challenges,
		refused,
		refusedBy: { ...refusedBy },
		lag: { ...lag },
		acceptedWithOlderSecret: more.acceptedWithOlderSecret,
		lastAcceptedAt: iso(more.lastAcceptedAt),
		lastRefusedAt: iso(more.lastRefusedAt),
		lastOlderSecretAt: iso(more.lastOlderSecretAt),
	};
}

const iso = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());

const sourcesOf = (node: IExecuteFunctions) => [
	...new Set(
		String(node.getNodeParameter('sources', 0, ''))
			.split(',')
			.map((one) => one.trim())
			.filter(Boolean),
	),
];

function limitsOf(node: IExecuteFunctions): HealthLimits & { readonly windowHours: number } {
	const read = (name: keyof typeof LIMITS) => {
		const value = Number(node.getNodeParameter(`reportOptions.${name}`, 0, LIMITS[name]));
		if (Number.isFinite(value) && value >= 0) return value;
		throw new PipelineError('CONFIG_INVALID', `The option '${name}' of the report is not a number`);
	};
	const windowHours = read('windowHours');
	if (windowHours < 1 || windowHours > KEEP_HOURS) {
		throw new PipelineError(
			'CONFIG_INVALID',
			`'Hours to Look At' is ${windowHours}. Counts are kept for ${KEEP_HOURS} hours: give 1 to ${KEEP_HOURS}`,
		);
	}
	return {
		windowHours,
		refusedPercent: read('refusedPercent'),
		leastDeliveries: read('leastDeliveries'),
		silentHours: read('silentHours'),
		latePercent: read('latePercent'),
	};
}
