import { cleanText, isRecord, readForm } from './form';
import { formConsent } from './form-consent';
import { FIELD_IDS, type FormFieldId } from './form-fields';
import { leadRecord } from './lead-record';
import { namedFields } from './named-fields';
import type { SourceRecord } from './source-record';

/**
 * A form of nobody's in particular: its fields are found by their usual names, at any depth, and what
 * has no such name is the user's own. A canonical lead is read as what it is.
 */
export function formRecord(payload: Readonly<Record<string, unknown>>): SourceRecord {
	const known = leadRecord(payload);
	if (known) return known;
	const { fields: form, consents } = readForm(payload);
	const { fields, rest } = namedFields(form, ALL);
	const consent = formConsent(form.values(), consents);
	const isHubSpot = isRecord(payload['properties']);
	return {
		kind: 'lead',
		fields,
		...(consent !== undefined && { consent }),
		custom: rest,
		system: cleanText(fields['sourceSystem']) ?? (isHubSpot ? 'hubspot' : 'form'),
		event: cleanText(fields['event']) ?? 'webform_submitted',
	};
}

const ALL: ReadonlySet<FormFieldId> = new Set(FIELD_IDS);
