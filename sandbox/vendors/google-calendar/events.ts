import { randomBytes, randomUUID } from 'node:crypto';
import type { VendorReply } from '../port';
import { isObject, textOf, type Json } from '../request';
import type { Calendar, StoredEvent } from './calendars';
import { conference } from './conference';
import { notFound, refusal } from './errors';
import { placeInTime, problemIn } from './event-check';
import { instant } from './time';

/** https://developers.google.com/workspace/calendar/api/v3/reference/events/insert */
export function insertEvent(
	calendar: Calendar,
	body: Json,
	query: URLSearchParams,
	now: number,
): VendorReply {
	const problem = problemIn(body, query);
	if (problem) return problem;
	const id = textOf(body['id']) ?? randomBytes(13).toString('hex');
	if (!/^[a-v0-9]{5,1024}$/.test(id)) return refusal(400, 'invalid', 'Invalid resource id value.');
	// A cancelled event keeps its id.
	if (calendar.events.has(id)) {
		return refusal(409, 'duplicate', 'The requested identifier already exists.');
	}
	const times = placeInTime(calendar, body);
	if ('reply' in times) return times.reply;
	const stamp = new Date(now).toISOString();
	const organizer = { email: calendar.id, self: true };
	const resource = {
		status: 'confirmed',
		kind: 'calendar#event',
		eventType: 'default',
		created: stamp,
		creator: organizer,
		organizer,
		iCalUID: `${id}@google.com`,
		sequence: 0,
		reminders: { useDefault: true },
		...withZone(body, calendar),
		...withGuests(body),
		...conference(body, query),
		id,
		updated: stamp,
		etag: `"${randomUUID()}"`,
		htmlLink: `https://www.google.com/calendar/event?eid=${Buffer.from(`${id} ${calendar.id}`).toString('base64url')}`,
	};
	calendar.events.set(id, { resource, ...times });
	return { status: 200, body: resource, wrote: true };
}

export function patchEvent(
	calendar: Calendar,
	stored: StoredEvent,
	body: Json,
	query: URLSearchParams,
	now: number,
): VendorReply {
	const problem = problemIn(body, query);
	if (problem) return problem;
	const fields = { ...body };
	delete fields['conferenceData'];
	const resource = {
		...stored.resource,
		...withZone(fields, calendar),
		...withGuests(fields),
		...conference(body, query),
		id: stored.resource.id,
		sequence: Number(stored.resource['sequence'] ?? 0) + 1,
		updated: new Date(now).toISOString(),
		etag: `"${randomUUID()}"`,
	};
	const times = placeInTime(calendar, resource);
	if ('reply' in times) return times.reply;
	Object.assign(stored, times, { resource });
	return { status: 200, body: resource, wrote: true };
}

export function deleteEvent(stored: StoredEvent, now: number): VendorReply {
	if (stored.resource.status === 'cancelled') {
		return refusal(410, 'deleted', 'Resource has been deleted');
	}
	stored.resource = {
		...stored.resource,
		status: 'cancelled',
		updated: new Date(now).toISOString(),
	};
	return { status: 204, wrote: true };
}

/** https://developers.google.com/workspace/calendar/api/v3/reference/events/list */
export function listEvents(calendar: Calendar, query: URLSearchParams, now: number): VendorReply {
	const from = query.has('timeMin') ? instant(query.get('timeMin')) : -Infinity;
	const to = query.has('timeMax') ? instant(query.get('timeMax')) : Infinity;
	if (from === undefined || to === undefined) return refusal(400, 'badRequest', 'Bad Request');
	if (query.get('orderBy') === 'startTime' && query.get('singleEvents') !== 'true') {
		return refusal(
			400,
			'badRequest',
			'The requested ordering is not available for the particular query.',
		);
	}
	const wanted = query.getAll('privateExtendedProperty').map((pair) => pair.split('='));
	const all = [...calendar.events.values()]
		.filter(
			({ resource }) => query.get('showDeleted') === 'true' || resource.status !== 'cancelled',
		)
		.filter(({ start, end }) => end > from && start < to)
		.filter(({ resource }) => !query.has('iCalUID') || resource['iCalUID'] === query.get('iCalUID'))
		.filter(({ resource }) => mentions(resource, query.get('q')))
		.filter(({ resource }) => wanted.every(([key, value]) => privateValue(resource, key) === value))
		.sort((a, b) => a.start - b.start);
	const offset = Number(query.get('pageToken') ?? 0);
	if (!Number.isInteger(offset)) return notFound();
	const size = Math.min(Number(query.get('maxResults') ?? 250), 2_500);
	const more = offset + size < all.length;
	return {
		status: 200,
		body: {
			kind: 'calendar#events',
			etag: '"list"',
			summary: calendar.id,
			updated: new Date(now).toISOString(),
			timeZone: calendar.timezone,
			accessRole: 'owner',
			defaultReminders: [],
			...(more ? { nextPageToken: String(offset + size) } : {}),
			items: all.slice(offset, offset + size).map(({ resource }) => resource),
		},
	};
}

function withZone(body: Json, calendar: Calendar): Json {
	const zoned = (edge: unknown) =>
		isObject(edge) ? { timeZone: calendar.timezone, ...edge } : edge;
	return {
		...body,
		...('start' in body ? { start: zoned(body['start']) } : {}),
		...('end' in body ? { end: zoned(body['end']) } : {}),
	};
}

function withGuests(body: Json): Json {
	if (!Array.isArray(body['attendees'])) return {};
	return {
		attendees: body['attendees'].map((guest: Json) => ({
			responseStatus: 'needsAction',
			...guest,
		})),
	};
}

function mentions(resource: Json, text: string | null): boolean {
	if (text === null) return true;
	return JSON.stringify(resource).toLowerCase().includes(text.toLowerCase());
}

function privateValue(resource: Json, key: string | undefined): unknown {
	const extended = resource['extendedProperties'];
	const values = isObject(extended) ? extended['private'] : undefined;
	return isObject(values) && key !== undefined ? values[key] : undefined;
}
