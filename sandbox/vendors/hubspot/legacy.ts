import { randomUUID } from 'node:crypto';
import type { VendorReply, VendorRequest } from '../port';
import { isObject, jsonObject } from '../request';
import { invalidInput, notFound, refused, type Problem } from './errors';
import type { ObjectType } from './property';
import type { Records, StoredRecord } from './records';
import { checkValues } from './values';

/**
 * The Contacts v1 API, which n8n's own HubSpot node still calls.
 * https://legacydocs.hubspot.com/docs/methods/contacts/create_or_update
 */
export function legacyContacts(
	records: Records,
	contacts: ObjectType,
	request: VendorRequest,
): VendorReply | undefined {
	const call = `${request.method} ${request.path}`;
	const email = /^POST \/contacts\/v1\/contact\/createOrUpdate\/email\/([^/]+)\/?$/.exec(call)?.[1];
	if (email) return createOrUpdate(records, contacts, decodeURIComponent(email), request);
	const vid = /^GET \/contacts\/v1\/contact\/vid\/(\d+)\/profile$/.exec(call)?.[1];
	if (vid) return profile(records.find(contacts, vid), request);
	const address = /^GET \/contacts\/v1\/contact\/email\/([^/]+)\/profile$/.exec(call)?.[1];
	if (address)
		return profile(records.find(contacts, decodeURIComponent(address), 'email'), request);
	const gone = /^DELETE \/contacts\/v1\/contact\/vid\/(\d+)$/.exec(call)?.[1];
	if (gone) return remove(records, records.find(contacts, gone));
	if (call === 'GET /contacts/v1/lists/all/contacts/all')
		return list(records.all(contacts), request);
	return undefined;
}

function createOrUpdate(
	records: Records,
	contacts: ObjectType,
	email: string,
	request: VendorRequest,
): VendorReply {
	const parsed = jsonObject(request);
	const sent: unknown = parsed.ok ? parsed.value['properties'] : undefined;
	if (!Array.isArray(sent) || !sent.every((entry) => isObject(entry) && 'property' in entry)) {
		return refused(
			invalidInput('Invalid input JSON: properties must be a list of property and value'),
		);
	}
	const properties = Object.fromEntries(
		sent.map(({ property, value }: Record<string, unknown>) => [String(property), value]),
	);
	const checked = checkValues(contacts, { email, ...properties });
	if (!checked.ok) return invalid(checked.problems);
	const record = records.find(contacts, email, 'email');
	if (record) records.update(record, checked.values);
	const written = record ?? records.create(contacts, checked.values);
	return {
		status: 200,
		body: { vid: Number(written.id), isNew: record === undefined },
		wrote: true,
	};
}

function profile(record: StoredRecord | undefined, request: VendorRequest): VendorReply {
	if (!record) return refused(notFound('contact does not exist'));
	return { status: 200, body: shown(record, request.query) };
}

function remove(records: Records, record: StoredRecord | undefined): VendorReply {
	if (!record) return refused(notFound('contact does not exist'));
	records.remove(record);
	return {
		status: 200,
		body: { vid: Number(record.id), deleted: true, reason: 'OK' },
		wrote: true,
	};
}

function list(all: readonly StoredRecord[], request: VendorRequest): VendorReply {
	const count = Math.min(Number(request.query.get('count') ?? 20), 100);
	const offset = Number(request.query.get('vidOffset') ?? 0);
	const rest = all.filter(({ id }) => Number(id) > offset);
	const contacts = rest.slice(0, count);
	return {
		status: 200,
		body: {
			contacts: contacts.map((record) => shown(record, request.query)),
			'has-more': rest.length > count,
			'vid-offset': Number(contacts.at(-1)?.id ?? offset),
		},
	};
}

function shown(record: StoredRecord, query: URLSearchParams) {
	const asked = [...query.getAll('property'), ...query.getAll('properties')];
	const timestamp = Date.parse(record.updatedAt);
	const entries = Object.entries(record.properties).filter(
		([name, value]) => value !== '' && (asked.length === 0 || asked.includes(name)),
	);
	return {
		vid: Number(record.id),
		'canonical-vid': Number(record.id),
		'portal-id': 4242424,
		'is-contact': true,
		properties: Object.fromEntries(
			entries.map(([name, value]) => [
				name,
				{ value, versions: [{ value, timestamp, selected: false }] },
			]),
		),
		'identity-profiles': [
			{
				vid: Number(record.id),
				identities: [
					{ type: 'EMAIL', value: record.properties['email'], timestamp, 'is-primary': true },
				],
			},
		],
	};
}

function invalid(problems: readonly Problem[]): VendorReply {
	return {
		status: 400,
		body: {
			status: 'error',
			message: 'Property values were not valid',
			correlationId: randomUUID(),
			validationResults: problems.map(({ message, code, property }) => ({
				isValid: false,
				message,
				error: code,
				name: property,
			})),
			requestId: randomUUID().replaceAll('-', ''),
		},
	};
}
