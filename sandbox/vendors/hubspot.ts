import { randomUUID } from 'node:crypto';
import { associate, associated } from './hubspot/associations';
import { failure, notFound, refused, unauthorized } from './hubspot/errors';
import { legacyContacts } from './hubspot/legacy';
import { owners, properties } from './hubspot/metadata';
import { objectTypeNamed, objectTypes } from './hubspot/portal';
import type { ObjectType } from './hubspot/property';
import { batchRead, getRecord } from './hubspot/read';
import { openRecords, type Records } from './hubspot/records';
import { search } from './hubspot/search';
import type { Verb } from './hubspot/plan';
import { batchWrite, writeOne } from './hubspot/write';
import type { OpenVendor, Seed, VendorReply, VendorRequest } from './port';
import { bearer } from './request';

const PER_TEN_SECONDS = 190;
const PER_DAY = 650_000;

/** One HubSpot portal: CRM objects under /2026-09/ and /v3/ alike, and Contacts v1. */
export const openHubSpot: OpenVendor = (seed) => {
	let records = seededRecords(seed);
	let asked = 0;
	let window = { from: 0, calls: 0 };

	function withLimits(reply: VendorReply): VendorReply {
		const now = seed.now();
		if (now - window.from >= 10_000) window = { from: now, calls: 0 };
		window.calls += 1;
		asked += 1;
		return {
			...reply,
			headers: {
				'x-hubspot-correlation-id': randomUUID(),
				'x-hubspot-ratelimit-daily': String(PER_DAY),
				'x-hubspot-ratelimit-daily-remaining': String(PER_DAY - asked),
				'x-hubspot-ratelimit-interval-milliseconds': '10000',
				'x-hubspot-ratelimit-max': String(PER_TEN_SECONDS),
				'x-hubspot-ratelimit-remaining': String(Math.max(0, PER_TEN_SECONDS - window.calls)),
				...reply.headers,
			},
		};
	}

	return {
		id: 'hubspot',
		hosts: ['api.hubapi.com'],
		handle(request) {
			if (bearer(request) !== seed.secrets.hubspotToken) return unauthorized();
			const reply = route(records, seed, request);
			// Search answers carry no rate headers.
			return request.path.endsWith('/search') ? reply : withLimits(reply);
		},
		fail: failure,
		state: () => ({
			...Object.fromEntries(objectTypes.map((type) => [type.name, records.all(type).map(plain)])),
			associations: objectTypes.flatMap((from) =>
				records.all(from).flatMap((record) =>
					objectTypes.flatMap((to) =>
						records.links(record, to).map((link) => ({
							from: link.from.id,
							to: link.to.id,
							fromType: from.name,
							toType: to.name,
						})),
					),
				),
			),
		}),
		reset() {
			records = seededRecords(seed);
			asked = 0;
		},
	};
};

function route(records: Records, seed: Seed, request: VendorRequest): VendorReply {
	const path = normalPath(request.path);
	if (path === '/account-info/details') return { status: 200, body: account };
	const contacts = objectTypeNamed('contacts') as ObjectType;
	const legacy = legacyContacts(records, contacts, request);
	if (legacy) return legacy;
	const [root, first = '', ...rest] = path.split('/').slice(1).map(decodeURIComponent);
	if (root === 'owners' && request.method === 'GET') return owners(seed.team, request, first);
	const type = objectTypeNamed(first);
	if (!type) return refused(notFound(`Unable to infer object type from: ${first}`));
	if (root === 'properties' && request.method === 'GET') return properties(type, rest[0]);
	if (root === 'objects') return objects(records, type, rest, request);
	const to = objectTypeNamed(rest[0] ?? '');
	if (root === 'associations' && to && request.method === 'POST') {
		if (rest.slice(1).join('/') === 'batch/create') return associate(records, type, to, request);
		if (rest.slice(1).join('/') === 'batch/read') return associated(records, type, to, request);
	}
	return refused(notFound());
}

function objects(
	records: Records,
	type: ObjectType,
	rest: readonly string[],
	request: VendorRequest,
): VendorReply {
	const call = `${request.method} ${rest.join('/')}`;
	const verb = /^POST batch\/(create|update|upsert)$/.exec(call)?.[1];
	if (verb) return batchWrite(records, type, verb as Verb, request);
	if (call === 'POST batch/read') return batchRead(records, type, request);
	if (call === 'POST search') return search(records, type, request);
	if (call === 'POST ') return writeOne(records, type, request);
	const [id] = rest;
	if (id === undefined || rest.length > 1) return refused(notFound());
	if (request.method === 'GET') return getRecord(records, type, id, request);
	if (request.method === 'PATCH') return writeOne(records, type, request, id);
	const record = records.find(type, id);
	if (request.method !== 'DELETE') return refused(notFound());
	if (record) records.remove(record);
	return { status: 204, wrote: record !== undefined };
}

/** One path for every version: `/crm/objects/2026-09/x`, `/crm/v3/objects/x` -> `/objects/x`. */
function normalPath(path: string): string {
	return path
		.replace(/\/$/, '')
		.replace(/^\/crm\/(v3|v4)\/(objects|properties|owners|associations)/, '/$2')
		.replace(/^\/crm\/(objects|properties|owners|associations)\/20\d\d-\d\d/, '/$1')
		.replace(/^\/account-info\/(v3|20\d\d-\d\d)/, '/account-info');
}

function seededRecords(seed: Seed): Records {
	const records = openRecords(seed.now);
	for (const { crm } of seed.personas) {
		const contacts = objectTypeNamed('contacts');
		if (crm && contacts) records.create(contacts, crm.properties);
	}
	return records;
}

function plain({ id, properties: values }: { id: string; properties: Record<string, string> }) {
	return { id, properties: values };
}

const account = {
	portalId: 4242424,
	accountType: 'STANDARD',
	timeZone: 'US/Eastern',
	companyCurrency: 'USD',
	additionalCurrencies: [],
	utcOffset: '-05:00',
	utcOffsetMilliseconds: -18_000_000,
	uiDomain: 'app.hubspot.com',
	dataHostingLocation: 'na1',
};
