import { z } from 'zod';
import { readAs, typedValue } from './custom-value';
import { PipelineError } from './errors';
import { fieldName } from './form';
import { maskValue } from './mask';

export const CUSTOM_FIELD_TYPES = ['text', 'number', 'boolean', 'date', 'list'] as const;

/** A field of the user's own: what it may hold, and who may write it. */
export const CustomField = z.object({
	name: z
		.string()
		.trim()
		.min(1)
		.describe(
			"Its name in `lead.custom`. The sender's spelling may differ in case, spaces, dashes and underscores.",
		),
	type: z.enum(CUSTOM_FIELD_TYPES).default('text'),
	allowed: z
		.array(z.string().trim().min(1))
		.default([])
		.describe('The only values that it takes; empty for any.'),
	owner: z
		.string()
		.trim()
		.min(1)
		.optional()
		.describe('The system or team that may write it, e.g. `crm` or `marketing`.'),
	required: z.boolean().default(false).describe('Whether a lead without it is to be reported.'),
	description: z.string().optional().describe('What it means, for people.'),
});

export type CustomField = z.infer<typeof CustomField>;

/** A custom field that does not hold what its definition says. `value` is masked. */
export interface CustomProblem {
	readonly field: `custom.${string}`;
	readonly value: string;
	readonly reason: string;
}

export interface CheckedCustom {
	/** Defined fields under their own names and in their type; everything else as it came. */
	readonly custom: Readonly<Record<string, unknown>>;
	/** Values against their definition, as they came. */
	readonly unread: Readonly<Record<string, unknown>>;
	readonly problems: readonly CustomProblem[];
}

/** The definitions that a user gave. Throws `CONFIG_INVALID` naming the field and what is wrong with it. */
export function customFields(definitions: readonly unknown[]): readonly CustomField[] {
	const fields = definitions.map((definition, index) => {
		const parsed = CustomField.safeParse(definition);
		if (parsed.success) return parsed.data;
		const [issue] = parsed.error.issues;
		throw wrong(`number ${index + 1} is not valid: '${issue?.path.join('.')}': ${issue?.message}`);
	});
	const names = fields.map(({ name }) => fieldName(name));
	const twice = fields.find(({ name }, index) => names.indexOf(fieldName(name)) !== index);
	if (twice) throw wrong(`'${twice.name}' is defined twice`);
	for (const { name, type, allowed } of fields) {
		const odd = allowed.find((value) => type !== 'list' && readAs(value, type) === undefined);
		if (odd !== undefined) throw wrong(`'${name}' allows ${maskValue(odd)}, which is no ${type}`);
	}
	return fields;
}

const wrong = (message: string) =>
	new PipelineError('CONFIG_INVALID', `'Custom Fields': ${message}`);

/** Holds the sender's own fields against their definitions. Nothing is lost: what does not fit is in `unread`. */
export function checkCustom(
	said: Readonly<Record<string, unknown>>,
	fields: readonly CustomField[],
): CheckedCustom {
	const custom = new Map(Object.entries(said));
	const unread: Record<string, unknown> = {};
	const problems: CustomProblem[] = [];
	const report = ({ name }: CustomField, value: unknown, reason: string) =>
		problems.push({ field: `custom.${name}`, value: maskValue(value), reason });
	for (const field of fields) {
		const spelled = [...custom.keys()].find((name) => fieldName(name) === fieldName(field.name));
		const value = spelled === undefined ? undefined : custom.get(spelled);
		if (spelled !== undefined) custom.delete(spelled);
		if (isEmpty(value)) {
			if (field.required) report(field, undefined, 'is missing');
			continue;
		}
		const typed = typedValue(value, field);
		if (typed.ok) custom.set(field.name, typed.value);
		else {
			unread[field.name] = value;
			report(field, value, typed.reason);
		}
	}
	return { custom: Object.fromEntries(custom), unread, problems };
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';
