import type { IExecuteFunctions } from 'n8n-workflow';
import type { Budget } from '../../lib/domain/enrichment-budget';
import type { FieldPath } from '../../lib/domain/enrichment-fields';
import { PROFILES, type Profile } from '../../lib/domain/enrichment-profile';
import type { EnrichmentOrder } from '../../lib/vendors/waterfall';
import { readSteps } from './read-steps';
import {
	amount,
	fieldPaths,
	invalid,
	milliseconds,
	readOptions,
	readRows,
	texts,
} from './read-value';

const HOUR_MS = 3_600_000;
/** Of the leads that try another order than the learned one, so that the others are seen too. */
const EXPLORE = 0.05;

/** The parameters of one item. Throws `CONFIG_INVALID` naming the one that cannot work. */
export function readOrder(
	node: IExecuteFunctions,
	index: number,
	wantedIn: 'wanted' | 'companyWanted' = 'wanted',
): EnrichmentOrder {
	const options = readOptions(node, index);
	const wanted = readWanted(node, index, wantedIn);
	const { stepTimeoutMs, maxAgeMs, ...profile } = readProfile(node, index);
	return {
		...profile,
		steps: readSteps(node, index, { timeoutMs: stepTimeoutMs, laterMs: profile.budgetMs }),
		wanted,
		budgets: readBudgets(node, index),
		maxAgeMs: { ...maxAgeMs, ...readFreshness(options.freshness?.values ?? []) },
		precedence: readPrecedence(options.precedence?.values ?? []),
		onlyWanted: options.onlyWanted ?? false,
		personalAddresses: options.personalAddresses ?? false,
		...(options.learnOrder && { learned: { explore: EXPLORE } }),
	};
}

export function readWanted(node: IExecuteFunctions, index: number, name = 'wanted'): FieldPath[] {
	const wanted = fieldPaths(node.getNodeParameter(name, index, []));
	if (wanted.length === 0) invalid("'Fields Wanted' is empty: choose at least one field");
	return wanted;
}

/** Time for all steps of the operations that have no profile. */
export const readBudgetMs = (node: IExecuteFunctions, index: number, seconds: number) =>
	milliseconds(readOptions(node, index).budgetSeconds ?? seconds, 'Time for All Steps');

/** Workflows of version 1 know no profile, and set the time in the options. */
function readProfile(node: IExecuteFunctions, index: number): Profile {
	const name = String(node.getNodeParameter('profile', index, 'custom'));
	if (!(name in PROFILES)) invalid(`There is no profile '${name}'`);
	if (name === 'routing') return PROFILES.routing;
	if (name === 'full') return PROFILES.full;
	if (name === 'refresh') return PROFILES.refresh;
	const { budgetSeconds = 5 } = readOptions(node, index);
	const deadline = node.getNodeParameter('deadlineSeconds', index, budgetSeconds);
	const hedge = amount(
		node.getNodeParameter('hedgeSeconds', index, 0),
		'Start Next Provider After',
	);
	return {
		...PROFILES.custom,
		budgetMs: milliseconds(deadline, 'Deadline'),
		fastestFirst: node.getNodeParameter('fastestFirst', index, false) === true,
		// What is cut off by the deadline goes on Background, and its answer is remembered when it comes.
		finishLate: node.getNode().typeVersion >= 1.1,
		...(hedge && { hedgeAfterMs: hedge * 1_000 }),
	};
}

/** A limit of 0 is none, as the panel says. */
export function readBudgets(node: IExecuteFunctions, index: number): Budget[] {
	return readRows(node, 'budgets.values', index).flatMap((row): Budget[] => {
		const usd = amount(row['usd'], 'US Dollars');
		const credits = amount(row['credits'], 'Credits');
		const { per } = row;
		if (per !== 'lead' && per !== 'run' && per !== 'day')
			invalid('A budget is per lead, run or day');
		if (!usd && !credits) return [];
		const provider = row['provider'] ? String(row['provider']) : undefined;
		return [
			{ per, ...(provider && { provider }), ...(usd && { usd }), ...(credits && { credits }) },
		];
	});
}

type Rows = ReadonlyArray<Readonly<Record<string, unknown>>>;

function readFreshness(rows: Rows): Partial<Record<FieldPath, number>> {
	const limits: Partial<Record<FieldPath, number>> = {};
	for (const { fields, days } of rows) {
		const ms = (amount(days, 'Days') ?? 0) * 24 * HOUR_MS;
		for (const path of fieldPaths(fields)) limits[path] = ms;
	}
	return limits;
}

function readPrecedence(rows: Rows): Partial<Record<FieldPath, readonly string[]>> {
	const trusted: Partial<Record<FieldPath, readonly string[]>> = {};
	for (const { fields, providers } of rows) {
		for (const path of fieldPaths(fields)) trusted[path] = texts(providers);
	}
	return trusted;
}

/** One cache serves all items, so its age is the first item's. */
export const readCacheAge = (node: IExecuteFunctions) =>
	Math.max(0, Number(readOptions(node, 0).cacheHours ?? 24)) * HOUR_MS;
