import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isFieldPath, type FieldPath } from '../../lib/domain/enrichment-fields';
import { PipelineError } from '../../lib/domain/errors';
import { isOperation, type Operation } from './operations';

export function readOperation(node: IExecuteFunctions): Operation {
	const name = String(node.getNodeParameter('operation', 0, 'enrich'));
	if (isOperation(name)) return name;
	return invalid(`There is no operation '${name}'`);
}

export interface Options {
	readonly applyChange?: boolean;
	readonly budgetSeconds?: number;
	readonly cacheHours?: number;
	readonly callbackUrl?: string;
	readonly creditPrice?: number;
	readonly creditsPerHit?: number;
	readonly freshness?: { readonly values?: readonly IDataObject[] };
	readonly learnOrder?: boolean;
	readonly onlyWanted?: boolean;
	readonly personalAddresses?: boolean;
	readonly precedence?: { readonly values?: readonly IDataObject[] };
}

export const readOptions = (node: IExecuteFunctions, index: number) =>
	node.getNodeParameter('options', index, {}) as Options;

export const readRows = (node: IExecuteFunctions, path: string, index: number) =>
	node.getNodeParameter(path, index, []) as IDataObject[];

export const fieldPaths = (value: unknown): FieldPath[] =>
	(Array.isArray(value) ? value.map(String) : []).filter(isFieldPath);

export const texts = (value: unknown): string[] =>
	(Array.isArray(value) ? value.map(String) : String(value ?? '').split(','))
		.map((text) => text.trim())
		.filter(Boolean);

export function milliseconds(seconds: unknown, name: string): number {
	const ms = Number(seconds) * 1_000;
	if (!(ms > 0)) invalid(`'${name}' is ${String(seconds)}: use a number of seconds above 0`);
	return ms;
}

/** A number that is not negative; undefined where it is absent. */
export function amount(value: unknown, name: string): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const number = Number(value);
	if (!(number >= 0)) invalid(`'${name}' is ${String(value)}: use a number from 0 on`);
	return number;
}

export function invalid(message: string): never {
	throw new PipelineError('CONFIG_INVALID', message);
}
