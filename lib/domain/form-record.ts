import { cleanText, flatten, isRecord, type FlatForm } from './form';
import { FIELD_IDS, spellings } from './form-fields';
import { leadRecord } from './lead-record';
import { optOuts } from './read-consent';
import type { SourceRecord } from './source-record';

/**
 * A form of nobody's in particular: its fields are found by their usual names, at any depth, and what
 * has no such name is the user's own. A canonical lead is read as what it is.
 */
export function formRecord(payload: Readonly<Record<string, unknown>>): SourceRecord {
	const known = leadRecord(payload);
	if (known) return known;
	const form = flatten(payload, ['consent']);
	const fields = Object.fromEntries(
		FIELD_IDS.flatMap((id) => {
			const value = spellings(id)
				.map((name) => form.get(name)?.value)
				.find((found) => cleanText(found) !== undefined);
			return value === undefined ? [] : [[id, value] as const];
		}),
	);
	const consent = consentOf(payload['consent'], form);
	const isHubSpot = isRecord(payload['properties']);
	return {
		kind: 'lead',
		fields,
		...(consent !== undefined && { consent }),
		custom: rest(form),
		system: cleanText(fields['sourceSystem']) ?? (isHubSpot ? 'hubspot' : 'form'),
		event: cleanText(fields['event']) ?? 'webform_submitted',
	};
}

/** An opt-out among the fields counts beside what the consent says, and against it. */
function consentOf(said: unknown, form: FlatForm): unknown {
	const refused = optOuts([...form.values()].map(({ name, value }) => [name, value] as const));
	if (Object.keys(refused).length === 0) return said;
	return said === undefined ? refused : [said, refused];
}

const KNOWN: ReadonlySet<string> = new Set(FIELD_IDS.flatMap(spellings));

/** What the sender asked beyond the canonical fields, under its own names. */
const rest = (form: FlatForm) =>
	Object.fromEntries(
		[...form]
			.filter(([key, { value }]) => !KNOWN.has(key) && value !== null && value !== '')
			.map(([, { name, value }]) => [name, value]),
	);
