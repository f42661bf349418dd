import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isFieldPath, type FieldPath } from '../../lib/domain/enrichment-fields';
import { PipelineError } from '../../lib/domain/errors';
import { enrichment } from '../../lib/vendors/enrichment';
import type { EnrichmentOrder, Step } from '../../lib/vendors/waterfall';

interface Options {
	readonly budgetSeconds?: number;
	readonly cacheHours?: number;
	readonly onlyWanted?: boolean;
	readonly personalAddresses?: boolean;
}

const HOUR_MS = 3_600_000;

/** The parameters of one item. Throws `CONFIG_INVALID` naming the one that cannot work. */
export function readOrder(node: IExecuteFunctions, index: number): EnrichmentOrder {
	const options = node.getNodeParameter('options', index, {}) as Options;
	const wanted = fieldPaths(node.getNodeParameter('wanted', index, []));
	if (wanted.length === 0) invalid("'Fields Wanted' is empty: choose at least one field");
	const rows = node.getNodeParameter('steps.values', index, []) as IDataObject[];
	if (rows.length === 0) invalid("'Steps' is empty: add the provider to ask first");
	return {
		steps: rows.map((row, position) => readStep(node, { row, position, index })),
		wanted,
		budgetMs: milliseconds(options.budgetSeconds ?? 5, 'Time for All Steps'),
		onlyWanted: options.onlyWanted ?? false,
		personalAddresses: options.personalAddresses ?? false,
	};
}

/** One cache serves all items, so its age is the first item's. */
export function readCacheAge(node: IExecuteFunctions): number {
	const { cacheHours } = node.getNodeParameter('options', 0, {}) as Options;
	return Math.max(0, Number(cacheHours ?? 24)) * HOUR_MS;
}

function readStep(
	node: IExecuteFunctions,
	{ row, position, index }: { row: IDataObject; position: number; index: number },
): Step {
	const provider = enrichment.find(({ id }) => id === row['provider']);
	if (!provider)
		invalid(`Step ${position + 1} names the unknown provider '${String(row['provider'])}'`);
	const ticked = node.getNodeParameter('providers', index, []) as string[];
	const skip = !ticked.includes(provider.id)
		? `${provider.title} is not ticked in 'Providers'`
		: conditionsHold(node, position, index)
			? undefined
			: 'The conditions of the step do not hold';
	return {
		provider,
		fields: fieldPaths(row['fields']),
		timeoutMs: milliseconds(row['timeoutSeconds'] ?? 3, `Timeout of step ${position + 1}`),
		...(skip && { skip }),
	};
}

/** n8n evaluates the conditions. A step without any is asked whenever something is missing. */
function conditionsHold(node: IExecuteFunctions, position: number, index: number): boolean {
	const path = `steps.values[${position}].conditions`;
	const verdict = node.getNodeParameter(path, index, {}, { extractValue: true });
	return typeof verdict === 'boolean' ? verdict : true;
}

const fieldPaths = (value: unknown): FieldPath[] =>
	(Array.isArray(value) ? value.map(String) : []).filter(isFieldPath);

function milliseconds(seconds: unknown, name: string): number {
	const ms = Number(seconds) * 1_000;
	if (!(ms > 0)) invalid(`'${name}' is ${String(seconds)}: use a number of seconds above 0`);
	return ms;
}

function invalid(message: string): never {
	throw new PipelineError('CONFIG_INVALID', message);
}
