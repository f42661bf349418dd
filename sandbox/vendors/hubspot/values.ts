import { DateTime } from 'luxon';
import type { Json } from '../request';
import type { Problem } from './errors';
import type { ObjectType, Property } from './property';

export type Checked =
	{ ok: true; values: Record<string, string> } | { ok: false; problems: Problem[] };

/** Property values as the portal stores them, or everything that is wrong with them. `""` clears. */
export function checkValues(type: ObjectType, properties: Json): Checked {
	const values: Record<string, string> = {};
	const problems: Problem[] = [];
	for (const [name, value] of Object.entries(properties)) {
		const property = type.properties.get(name);
		if (!property) {
			const message = `Property "${name}" does not exist`;
			problems.push({ message, code: 'PROPERTY_DOESNT_EXIST', property: name });
			continue;
		}
		const text = value === null ? '' : String(value);
		const checked = check(property, text);
		if (typeof checked === 'string') values[name] = checked;
		else problems.push({ ...checked, property: name });
	}
	return problems.length > 0 ? { ok: false, problems } : { ok: true, values };
}

/** Required properties that have no value. */
export function missing(type: ObjectType, values: Readonly<Record<string, string>>): Problem[] {
	return type.required
		.filter((name) => !values[name])
		.map((name) => ({
			message: `Error creating ${type.name}. Some required properties were not set: ${name}.`,
			code: 'MISSING_REQUIRED_PROPERTY',
			property: name,
		}));
}

function check(property: Property, text: string): string | Problem {
	const { name } = property;
	if (property.readOnly) {
		return problem(
			'READ_ONLY_VALUE',
			`"${name}" is a read only property; its value cannot be set.`,
		);
	}
	if (text === '') return text;
	if (text.length > 65_536) return problem('INVALID_LENGTH', `${name} is too long.`);
	if (name === 'email') return email(text);
	switch (property.type) {
		case 'number':
			return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)
				? text
				: problem('INVALID_LONG', `${text} was not a valid long.`);
		case 'bool':
			return ['true', 'false'].includes(text)
				? text
				: problem('INVALID_OPTION', `${text} was not one of the allowed options: [true, false]`);
		case 'enumeration':
			return option(property, text);
		case 'datetime':
			return moment(text) ?? problem('INVALID_DATE', `${text} was not a valid date.`);
		case 'date':
			return day(text) ?? problem('INVALID_DATE', `${text} is not at midnight UTC.`);
		default:
			return text;
	}
}

function email(text: string): string | Problem {
	const address = text.trim().toLowerCase();
	return /^[^\s@"(),:;<>]+@[^\s@_]+\.[^\s@.]{2,}$/u.test(address)
		? address
		: problem('INVALID_EMAIL', `Email address ${text} is invalid`);
}

function option(property: Property, text: string): string | Problem {
	const chosen = property.multiple ? text.split(';') : [text];
	const options = property.options ?? [];
	const stranger = chosen.find((value) => !options.some((known) => known.value === value));
	if (stranger === undefined) return text;
	if (property.owner) return problem('INVALID_OWNER_ID', `The owner ${text} does not exist.`);
	const listed = options
		.map(({ value, label }) => `label: "${label}" value: "${value}"`)
		.join(', ');
	return problem('INVALID_OPTION', `${stranger} was not one of the allowed options: [${listed}]`);
}

/** Epoch ms or ISO 8601, stored as ISO. */
function moment(text: string): string | undefined {
	const parsed = /^-?\d+$/.test(text)
		? DateTime.fromMillis(Number(text), { zone: 'utc' })
		: DateTime.fromISO(text, { zone: 'utc' });
	return parsed.isValid ? (parsed.toUTC().toISO() ?? undefined) : undefined;
}

function day(text: string): string | undefined {
	const iso = moment(text);
	return iso?.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : undefined;
}

function problem(code: string, message: string): Problem {
	return { code, message };
}
