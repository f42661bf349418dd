import type { IDataObject } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { Lead } from '../../lib/domain/lead';
import { maskValue } from '../../lib/domain/mask';

/** The canonical lead of an item, checked. Throws `INVALID_INPUT` naming the field. */
export function readLead(json: IDataObject): Lead {
	if (json['lead'] === undefined) {
		throw new PipelineError(
			'INVALID_INPUT',
			"The item has no 'lead'. Put a Lead Normalize node before this one",
		);
	}
	const parsed = Lead.safeParse(json['lead']);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	const path = issue?.path ?? [];
	const value = path.reduce<unknown>(
		(at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
		json['lead'],
	);
	throw new PipelineError(
		'INVALID_INPUT',
		`'lead.${path.join('.')}' is ${maskValue(value)}: ${issue?.message ?? 'not valid'}`,
	);
}

/** A namespace that an earlier node added. Throws `INVALID_INPUT` naming the node that is missing. */
export function readNamespace(json: IDataObject, key: string, nodeName: string): IDataObject {
	const value = json[key];
	if (typeof value === 'object' && value !== null && !Array.isArray(value))
		return value as IDataObject;
	throw new PipelineError(
		'INVALID_INPUT',
		`The item has no '${key}'. Put a ${nodeName} node before this one`,
	);
}
