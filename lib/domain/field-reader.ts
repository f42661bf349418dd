import type { CustomProblem } from './custom-field';
import { cleanText } from './form';
import type { FormFieldId } from './form-fields';
import { maskValue } from './mask';

/** Raw values under our names. */
export type RawFields = Readonly<Partial<Record<FormFieldId, unknown>>>;

/** Values that the user mapped by hand; they win over the payload. */
export type Mapped = RawFields;

/** A field that could not be read. `value` is masked. */
export type Problem =
	| {
			readonly field: FormFieldId | 'payload' | 'consent';
			readonly value: string;
			readonly reason: string;
	  }
	| CustomProblem;

/** Reads a field with a parser, which gets clean text; what is there but cannot be read becomes a problem. */
export type ReadField = <T>(
	id: FormFieldId,
	parse: (text: string) => T | null | undefined,
	reason: string,
) => T | undefined;

export interface FieldReader {
	readonly read: ReadField;
	readonly problems: Problem[];
	/** Values that could not be read, as they came: a person can still make sense of them. */
	unread(): Readonly<Record<string, unknown>>;
}

export function fieldReader(fields: RawFields, mapped: Mapped = {}): FieldReader {
	const problems: Problem[] = [];
	const unread: Record<string, unknown> = {};
	const rawOf = (id: FormFieldId) =>
		mapped[id] === undefined || cleanText(mapped[id]) === undefined ? fields[id] : mapped[id];
	return {
		problems,
		unread: () => ({ ...unread }),
		read: (id, parse, reason) => {
			const text = cleanText(rawOf(id));
			if (text === undefined) return undefined;
			const parsed = parse(text);
			if (parsed === null || parsed === undefined) {
				problems.push({ field: id, value: maskValue(text), reason });
				unread[id] = rawOf(id);
			}
			return parsed ?? undefined;
		},
	};
}

/** The parser of a field that is text, as it is. */
export const asText = (text: string): string => text;
