/** One leaf of a payload: its name as the sender wrote it, and its value. */
export interface FormField {
	readonly name: string;
	readonly value: unknown;
}

/** A flat view of a payload: every leaf by its name without case, spaces, dashes and underscores. */
export type FlatForm = ReadonlyMap<string, FormField>;

/** `First Name`, `first_name` and `firstName` are one field. */
export const fieldName = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '');

export interface ReadForm {
	readonly fields: FlatForm;
	/** What stands under `consent`, at any depth: its channels are no fields. */
	readonly consents: readonly unknown[];
}

/**
 * Every leaf of a payload; deeper ones lose against shallower ones of the same name, arrays are
 * leaves. `{ email: { value: "a@b.co" } }`, HubSpot's older form, is the field `email`.
 */
export function readForm(payload: Readonly<Record<string, unknown>>): ReadForm {
	const fields = new Map<string, FormField>();
	const consents: unknown[] = [];
	let level: ReadonlyArray<Readonly<Record<string, unknown>>> = [payload];
	while (level.length > 0) {
		const deeper: Array<Readonly<Record<string, unknown>>> = [];
		for (const [name, found] of level.flatMap((part) => Object.entries(part))) {
			const value = isRecord(found) && 'value' in found ? found['value'] : found;
			const key = fieldName(name);
			if (key === 'consent') consents.push(value);
			else if (isRecord(value)) deeper.push(value);
			else if (!fields.has(key)) fields.set(key, { name, value });
		}
		level = deeper;
	}
	return { fields, consents };
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Text as people meant it: Unicode NFC, single spaces, capitals kept; undefined when there is none. */
export function cleanText(value: unknown): string | undefined {
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string') return undefined;
	if (PLAIN.test(text)) return text;
	return text.normalize('NFC').replace(/\s+/g, ' ').trim() || undefined;
}

/** One word of ASCII is clean: most values are one, and what follows costs ten times as much. */
const PLAIN = /^[!-~]+$/;
