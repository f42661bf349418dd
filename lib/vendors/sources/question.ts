import { fieldName } from '../../domain/form';
import { FIELD_IDS, spellings, type FormFieldId } from '../../domain/form-fields';

const BY_NAME: ReadonlyMap<string, FormFieldId> = new Map(
	[...FIELD_IDS].reverse().flatMap((id) => spellings(id).map((name) => [name, id] as const)),
);

/** How forms ask, before they come to the point. */
const ASKING =
	/^(and |ok |so )?(what( is|'s|’s| are)?|which|where|please (enter|tell us|share)|enter|tell us|share)?( is)? ?(your|the)? /;

/**
 * The field that a question asks for: `What's your work email?` asks for `email`. Undefined for any
 * other question. Names are tried in the order given: a form's own key before the words people see.
 */
export function askedFor(...names: ReadonlyArray<string | undefined>): FormFieldId | undefined {
	return (
		names
			// Nobody asks at such length, and an address of thousands of letters is an attack.
			.filter((name) => name !== undefined)
			.filter((name) => name.length <= 200)
			.flatMap((name) => [
				name,
				name
					.toLowerCase()
					.replace(/[?*:.!\s]+$/, '')
					.replace(ASKING, ''),
			])
			.map((name) => BY_NAME.get(fieldName(name)))
			.find((id) => id !== undefined)
	);
}
