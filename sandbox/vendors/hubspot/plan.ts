import { textOf, type Json } from '../request';
import { linksAsked, type LinkAsked } from './associations';
import { invalidInput, invalidProperties, notFound, type Refusal } from './errors';
import type { ObjectType } from './property';
import type { Records, StoredRecord } from './records';
import { checkValues, missing } from './values';

export type Verb = 'create' | 'update' | 'upsert';

/** What one input comes to, before anything is written. */
export type Plan =
	| {
			ok: true;
			key: string;
			record?: StoredRecord;
			values: Record<string, string>;
			links: LinkAsked[];
	  }
	| { ok: false; refusal: Refusal };

export function plan(records: Records, type: ObjectType, verb: Verb, input: Json): Plan {
	if (verb === 'create') return planFor(records, type, input, '');
	const id = textOf(input['id']);
	if (!id) return no(invalidInput('Some required fields were not set: [id]'));
	const idProperty = textOf(input['idProperty']) ?? 'hs_object_id';
	const byId = idProperty === 'hs_object_id';
	const unique = type.properties.get(idProperty)?.unique === true;
	// Batch update does not take an email: github.com/HubSpot/hubspot-api-nodejs/issues/548
	if (!byId && (!unique || (verb === 'update' && idProperty === 'email'))) {
		return no(
			invalidInput(`Unable to perform update/upsert by non-unique property: ${idProperty}`),
		);
	}
	const record = records.find(type, id, idProperty);
	if (!record && (byId || verb === 'update')) return no(notFound(`Object not found: ${id}`));
	const properties = input['properties'] as Json;
	const named = byId ? properties : { [idProperty]: id, ...properties };
	return planFor(
		records,
		type,
		{ ...input, properties: named },
		record?.id ?? id.toLowerCase(),
		record,
	);
}

export function planFor(
	records: Records,
	type: ObjectType,
	input: Json,
	key: string,
	record?: StoredRecord,
): Plan {
	const checked = checkValues(type, input['properties'] as Json);
	if (!checked.ok) return no(invalidProperties(checked.problems));
	const lacking = missing(type, { ...record?.properties, ...checked.values });
	if (lacking.length > 0) return no(invalidProperties(lacking));
	const holder = taken(records, type, checked.values, record);
	if (holder) return no(holder);
	const links = linksAsked(records, type, input['associations']);
	if (!links.ok) return no(links.refusal);
	return {
		ok: true,
		key: key || (checked.values['email'] ?? ''),
		values: checked.values,
		links: links.value,
		...(record ? { record } : {}),
	};
}

/** Somebody else has the unique value already. */
function taken(
	records: Records,
	type: ObjectType,
	values: Readonly<Record<string, string>>,
	record?: StoredRecord,
): Refusal | undefined {
	for (const { name, unique } of type.properties.values()) {
		const value = values[name];
		const holder = unique && value ? records.find(type, value, name) : undefined;
		if (!holder || holder === record) continue;
		const kind = type.name === 'contacts' ? 'Contact' : 'Object';
		const message = `${kind} already exists. Existing ID: ${holder.id}`;
		return { status: 409, category: 'CONFLICT', message };
	}
	return undefined;
}

function no(refusal: Refusal): Plan {
	return { ok: false, refusal };
}
