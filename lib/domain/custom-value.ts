import type { CustomField } from './custom-field';
import { cleanText } from './form';
import { parseInstant } from './instant';

type Typed =
	{ readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

/** A value in the type of its field, and as the definition spells it. */
export function typedValue(value: unknown, { type, allowed }: CustomField): Typed {
	const typed = readAs(value, type);
	if (typed === undefined) return { ok: false, reason: `is not a ${type}` };
	if (allowed.length === 0) return { ok: true, value: typed };
	const chosen = (Array.isArray(typed) ? typed : [typed]).map((one: unknown) =>
		allowed.find(
			(known) => readAs(known, type === 'list' ? 'text' : type) === one || same(known, one),
		),
	);
	if (chosen.includes(undefined)) return { ok: false, reason: notAllowed(allowed) };
	if (type === 'text') return { ok: true, value: chosen[0] };
	return { ok: true, value: type === 'list' ? chosen : typed };
}

const SHOWN = 20;

const notAllowed = (allowed: readonly string[]) =>
	`is not one of: ${allowed.slice(0, SHOWN).join(', ')}${allowed.length > SHOWN ? ', …' : ''}`;

const same = (known: string, value: unknown) =>
	typeof value === 'string' && known.toLowerCase() === value.toLowerCase();

/** A value in a type, or undefined where it is none of that type. */
export function readAs(value: unknown, type: CustomField['type']): unknown {
	if (type === 'list') return readList(value);
	const text = typeof value === 'boolean' ? String(value) : cleanText(value);
	if (text === undefined) return undefined;
	switch (type) {
		case 'text':
			return text;
		case 'number':
			return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
		case 'boolean':
			return BOOLEANS.get(text.toLowerCase());
		case 'date':
			return parseInstant(text);
	}
}

const BOOLEANS = new Map([
	...['true', 'yes', 'on', '1'].map((text) => [text, true] as const),
	...['false', 'no', 'off', '0'].map((text) => [text, false] as const),
]);

/** A list as it is, or text with `;` between the entries, as CRMs write it. */
function readList(value: unknown): readonly string[] | undefined {
	const entries = Array.isArray(value) ? value : (cleanText(value)?.split(/\s*;\s*/) ?? []);
	const texts = entries.filter((entry) => entry !== '').map((entry: unknown) => cleanText(entry));
	const read = texts.filter((text) => text !== undefined);
	return read.length > 0 && read.length === texts.length ? read : undefined;
}
