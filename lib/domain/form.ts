/** One leaf of a payload: its name as the sender wrote it, and its value. */
export interface FormField {
	readonly name: string;
	readonly value: unknown;
}

/** A flat view of a payload: every leaf by its name without case, spaces, dashes and underscores. */
export type FlatForm = ReadonlyMap<string, FormField>;

/** `First Name`, `first_name` and `firstName` are one field. */
export const fieldName = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '');

/**
 * Every leaf of a payload; deeper ones lose against shallower ones of the same name, arrays are
 * leaves. `{ email: { value: "a@b.co" } }`, HubSpot's older form, is the field `email`.
 */
export function flatten(
	payload: Readonly<Record<string, unknown>>,
	except: readonly string[] = [],
): FlatForm {
	const flat = new Map<string, FormField>();
	let level: ReadonlyArray<Readonly<Record<string, unknown>>> = [payload];
	while (level.length > 0) {
		const deeper: Array<Readonly<Record<string, unknown>>> = [];
		for (const [name, found] of level.flatMap((part) => Object.entries(part))) {
			if (except.includes(name)) continue;
			const value = isRecord(found) && 'value' in found ? found['value'] : found;
			if (isRecord(value)) deeper.push(value);
			else if (!flat.has(fieldName(name))) flat.set(fieldName(name), { name, value });
		}
		level = deeper;
	}
	return flat;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Text as people meant it: Unicode NFC, single spaces, capitals kept; undefined when there is none. */
export function cleanText(value: unknown): string | undefined {
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string') return undefined;
	return text.normalize('NFC').replace(/\s+/g, ' ').trim() || undefined;
}
