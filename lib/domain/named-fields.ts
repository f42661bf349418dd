import { cleanText, type FlatForm } from './form';
import { spellings, type FormFieldId } from './form-fields';

export interface NamedFields {
	readonly fields: Readonly<Partial<Record<FormFieldId, unknown>>>;
	/** Whatever was not taken, under the sender's names: a second address, a list where one text is asked for. */
	readonly rest: Readonly<Record<string, unknown>>;
}

/** The fields of a form that have one of their usual names: of several the first that holds something. */
export function namedFields(form: FlatForm, ids: readonly FormFieldId[]): NamedFields {
	const taken = new Map<FormFieldId, unknown>();
	const said = new Set<string>();
	for (const id of ids) {
		const named = spellings(id).filter((name) => cleanText(form.get(name)?.value) !== undefined);
		const [first] = named;
		if (first === undefined) continue;
		const value = form.get(first)?.value;
		taken.set(id, value);
		for (const name of named)
			if (cleanText(form.get(name)?.value) === cleanText(value)) said.add(name);
	}
	const rest = [...form].filter(([name, { value }]) => !said.has(name) && !isEmpty(value));
	return {
		fields: Object.fromEntries(taken),
		rest: Object.fromEntries(rest.map(([, { name, value }]) => [name, value])),
	};
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';
