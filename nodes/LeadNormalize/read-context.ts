import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { customFields } from '../../lib/domain/custom-field';
import { isRecord } from '../../lib/domain/form';
import { parseInstant } from '../../lib/domain/instant';
import type { Mapped } from '../../lib/domain/field-reader';
import type { NormalizeContext } from '../../lib/domain/normalize';
import type { LeadItem } from '../shared/each-item';

/** What the verifier found; nothing where there was none. */
export const verificationOf = ({ verification }: IDataObject) =>
	isRecord(verification) ? verification : {};

/** The node's parameters for one item, but for what every event of it has of its own. */
export function readContext(node: IExecuteFunctions, { index, json }: LeadItem): NormalizeContext {
	const parameter = <T>(name: string, fallback: T) =>
		node.getNodeParameter(name, index, fallback) as T;
	const { receivedAt, timestamp } = verificationOf(json);
	const rows = parameter<ReadonlyArray<{ field: string; value: unknown }>>('mapping.fields', []);
	return {
		...present({
			signedAt: parseInstant(timestamp),
			defaultCountry: parameter('defaultCountry', '').trim().toUpperCase(),
			sourceSystem: parameter('options.sourceSystem', '').trim(),
			event: parameter('options.event', '').trim(),
		}),
		receivedAt: parseInstant(receivedAt) ?? new Date().toISOString(),
		mapped: Object.fromEntries(rows.map(({ field, value }) => [field, value])) as Mapped,
		requires: parameter<NormalizeContext['requires']>('options.requires', 'email'),
		enrichPersonal: parameter('options.enrichPersonal', false),
		enrichRoles: parameter('options.enrichRoles', true),
		customFields: customFields(definitionsOf(parameter('customFields.fields', []))),
	};
}

/** The definitions as people write them: allowed values are a list with commas, and n8n fills in blanks. */
export const definitionsOf = (rows: readonly IDataObject[]) =>
	rows.map(({ allowed, ...row }) => ({
		...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')),
		allowed: String(allowed ?? '')
			.split(',')
			.map((value) => value.trim())
			.filter(Boolean),
	}));

const present = (values: Readonly<Record<string, unknown>>) =>
	Object.fromEntries(
		Object.entries(values).filter(([, value]) => typeof value === 'string' && value !== ''),
	) as Partial<NormalizeContext>;
