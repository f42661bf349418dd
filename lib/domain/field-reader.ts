import { cleanText, type FlatForm } from './form';
import { FIELD_IDS, spellings, type FormFieldId } from './form-fields';
import { maskValue } from './mask';

/** Values that the user mapped by hand; they win over the payload. */
export type Mapped = Readonly<Partial<Record<FormFieldId, unknown>>>;

/** A field that could not be read. `value` is masked. */
export interface Problem {
	readonly field: FormFieldId | 'payload';
	readonly value: string;
	readonly reason: string;
}

/** Reads a field with a parser; what is there but cannot be read becomes a problem. */
export type ReadField = <T>(
	id: FormFieldId,
	parse: (text: string) => T | null | undefined,
	reason: string,
) => T | undefined;

export function fieldReader(
	form: FlatForm,
	mapped: Mapped | undefined,
	problems: Problem[],
): ReadField {
	return (id, parse, reason) => {
		const value = rawOf(id, form, mapped);
		const text = cleanText(value);
		if (text === undefined) return undefined;
		const parsed = parse(text);
		if (parsed === null || parsed === undefined)
			problems.push({ field: id, value: maskValue(text), reason });
		return parsed ?? undefined;
	};
}

function rawOf(id: FormFieldId, form: FlatForm, mapped: Mapped | undefined): unknown {
	const own = mapped?.[id];
	if (cleanText(own) !== undefined) return own;
	return spellings(id)
		.map((name) => form.get(name)?.value)
		.find((value) => cleanText(value) !== undefined);
}

const KNOWN: ReadonlySet<string> = new Set(FIELD_IDS.flatMap(spellings));

/** What the sender asked beyond the canonical fields, under its own names. */
export const rest = (form: FlatForm) =>
	Object.fromEntries(
		[...form]
			.filter(([key, { value }]) => !KNOWN.has(key) && value !== null && value !== '')
			.map(([, { name, value }]) => [name, value]),
	);

/** Values that could not be read are kept as they came: a person can still make sense of them. */
export function unread(problems: readonly Problem[], form: FlatForm, mapped: Mapped | undefined) {
	const kept = problems.flatMap(({ field }) =>
		field === 'payload' ? [] : [[field, rawOf(field, form, mapped)] as const],
	);
	return kept.length > 0 ? { unread: Object.fromEntries(kept) } : {};
}
