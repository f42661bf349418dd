import type { VendorReply, VendorRequest } from '../port';
import { textOf } from '../request';
import { body, complete, inputs, reply } from './batch';
import { invalidInput, notFound, refused } from './errors';
import { objectTypeNamed } from './portal';
import type { ObjectType } from './property';
import type { Records, StoredRecord } from './records';

/** A record as HubSpot shows it: the asked properties, null where there is no value. */
export function shown(record: StoredRecord, asked?: readonly string[]) {
	const always = ['hs_object_id', record.type.modified, 'createdate', 'hs_createdate'];
	const names = asked?.length ? [...asked, ...always] : record.type.defaults;
	const known = [...new Set(names)].filter((name) => record.type.properties.has(name));
	return {
		id: record.id,
		properties: Object.fromEntries(known.map((name) => [name, record.properties[name] || null])),
		createdAt: record.createdAt,
		updatedAt: record.updatedAt,
		archived: false,
		url: `https://app.hubspot.com/contacts/4242424/record/${record.type.typeId}/${record.id}`,
	};
}

/** GET …/{objectType}/{objectId}?idProperty=&properties=&associations= */
export function getRecord(
	records: Records,
	type: ObjectType,
	id: string,
	request: VendorRequest,
): VendorReply {
	const record = records.find(type, id, request.query.get('idProperty') ?? undefined);
	if (!record) return refused(notFound());
	const linked = listed(request.query, 'associations').flatMap((name) => {
		const to = objectTypeNamed(name);
		const links = to ? records.links(record, to) : [];
		const results = links.map((link) => ({
			id: link.to.id,
			type: `${type.name.slice(0, -1)}_to_${link.to.type.name.slice(0, -1)}`,
		}));
		return results.length > 0 ? [[name, { results }] as const] : [];
	});
	return {
		status: 200,
		body: {
			...shown(record, listed(request.query, 'properties')),
			...(linked.length > 0 ? { associations: Object.fromEntries(linked) } : {}),
		},
	};
}

/** POST …/batch/read: 207 when some are not there. */
export function batchRead(records: Records, type: ObjectType, request: VendorRequest): VendorReply {
	const sent = body(request, ['inputs', 'properties', 'propertiesWithHistory', 'idProperty']);
	if (!sent.ok) return reply(sent);
	const list = inputs(sent.value, ['id']);
	if (!list.ok) return reply(list);
	const ids = list.value.map(({ id }) => textOf(id));
	if (!ids.every((id) => id !== undefined)) {
		return refused(invalidInput('Some required fields were not set: [id]'));
	}
	const idProperty = textOf(sent.value['idProperty']);
	if (idProperty && idProperty !== 'hs_object_id' && !type.properties.get(idProperty)?.unique) {
		return refused(invalidInput(`Property '${idProperty}' is not a unique identifier property`));
	}
	const asked = Array.isArray(sent.value['properties']) ? sent.value['properties'].map(String) : [];
	const found = ids.flatMap((id) => records.find(type, id, idProperty) ?? []);
	const lost = ids.filter((id) => !records.find(type, id, idProperty));
	const results = [...new Set(found)].map((record) => shown(record, asked));
	if (lost.length === 0) return { status: 200, body: complete(results) };
	const kind = type.name.slice(0, -1).toUpperCase();
	return {
		status: 207,
		body: complete(results, {
			numErrors: 1,
			errors: [
				{
					status: 'error',
					category: 'OBJECT_NOT_FOUND',
					message: `Could not get some ${kind} objects, they may be deleted or not exist. Check that ids are valid.`,
					context: { ids: lost },
				},
			],
		}),
	};
}

/** A query parameter given several times or with commas. */
function listed(query: URLSearchParams, name: string): string[] {
	return query
		.getAll(name)
		.flatMap((value) => value.split(','))
		.filter(Boolean);
}
