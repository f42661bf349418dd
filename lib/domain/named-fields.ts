import { cleanText, type FlatForm } from './form';
import { FIELD_IDS, spellings, type FormFieldId } from './form-fields';

export interface NamedFields {
	readonly fields: Readonly<Partial<Record<FormFieldId, unknown>>>;
	/** Whatever was not taken, under the sender's names: a second address, a list where one text is asked for. */
	readonly rest: Readonly<Record<string, unknown>>;
}

interface Found {
	readonly rank: number;
	readonly text: string;
	readonly value: unknown;
}

/** The fields of a form that have one of their usual names: of several the first that holds something. */
export function namedFields(form: FlatForm, ids: ReadonlySet<FormFieldId>): NamedFields {
	const found = new Map<FormFieldId, Found>();
	for (const [name, { value }] of form) {
		const place = PLACES.get(name);
		if (!place || !ids.has(place.id)) continue;
		const text = cleanText(value);
		const other = found.get(place.id);
		if (text === undefined || (other && other.rank < place.rank)) continue;
		found.set(place.id, { rank: place.rank, text, value });
	}
	const isTaken = (name: string, value: unknown) => {
		const place = PLACES.get(name);
		const taken = place && ids.has(place.id) ? found.get(place.id) : undefined;
		return taken !== undefined && taken.text === cleanText(value);
	};
	const rest = [...form].flatMap(([key, { name, value }]) =>
		isEmpty(value) || isTaken(key, value) ? [] : [[name, value] as const],
	);
	const fields = [...found].map(([id, { value }]) => [id, value] as const);
	return { fields: Object.fromEntries(fields), rest: Object.fromEntries(rest) };
}

/** Which field a name is of, and how many better ones there are. */
const PLACES: ReadonlyMap<string, { readonly id: FormFieldId; readonly rank: number }> = new Map(
	// Two spellings may be one name: the better place is the one that stays.
	FIELD_IDS.flatMap((id) =>
		spellings(id).map((name, rank) => [name, { id, rank }] as const),
	).reverse(),
);

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';
