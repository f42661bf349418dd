import { openCalendars, type Calendar } from './google-calendar/calendars';
import { failure, notFound, refusal, unauthorized } from './google-calendar/errors';
import { deleteEvent, insertEvent, listEvents, patchEvent } from './google-calendar/events';
import { freeBusy } from './google-calendar/free-busy';
import { refreshToken } from './google-calendar/token';
import type { OpenVendor, VendorReply, VendorRequest } from './port';
import { bearer, jsonObject } from './request';

/** Google Calendar v3 and its token endpoint. `primary` is the first rep's calendar. */
export const openGoogleCalendar: OpenVendor = (seed) => {
	let calendars = openCalendars(seed.team, seed.now());
	let tokens = new Set<string>([seed.secrets.googleAccessToken]);

	const calendarNamed = (id: string): Calendar | undefined =>
		calendars.get(id === 'primary' ? (seed.team[0]?.calendarId ?? '') : id.toLowerCase());

	function token(request: VendorRequest): VendorReply {
		if (request.path !== '/token') return notFound();
		const fresh = `${seed.secrets.googleAccessToken}-${tokens.size + 1}`;
		const reply = refreshToken(seed.secrets, request, fresh);
		if (reply.status === 200) tokens.add(fresh);
		return reply;
	}

	function route(request: VendorRequest): VendorReply {
		if (request.host === 'oauth2.googleapis.com') return token(request);
		if (!tokens.has(bearer(request) ?? '')) return unauthorized();
		const [, resource, calendarId, collection, eventId, extra] = segments(request.path);
		const call = (...parts: string[]) => [request.method, ...parts].join(' ');
		const wanted = call(resource ?? '', collection ?? '', eventId === undefined ? '' : 'id');
		if (wanted === 'POST freeBusy  ')
			return withBody(request, (body) => freeBusy(calendarNamed, body));
		if (request.method === 'GET' && resource === 'users')
			return calendarList(calendarId, collection, eventId);
		const calendar = calendarNamed(calendarId ?? '');
		if (resource !== 'calendars' || !calendar || extra !== undefined) return notFound();
		if (wanted === 'GET calendars  ') return { status: 200, body: entry(calendar) };
		if (wanted === 'GET calendars events ') return listEvents(calendar, request.query, seed.now());
		if (wanted === 'POST calendars events ') {
			return withBody(request, (body) => insertEvent(calendar, body, request.query, seed.now()));
		}
		const stored = calendar.events.get(eventId ?? '');
		if (collection !== 'events' || !stored) return notFound();
		if (request.method === 'GET') return { status: 200, body: stored.resource };
		if (request.method === 'DELETE') return deleteEvent(stored, seed.now());
		if (request.method === 'PATCH') {
			return withBody(request, (body) =>
				patchEvent(calendar, stored, body, request.query, seed.now()),
			);
		}
		return notFound();
	}

	function calendarList(me?: string, list?: string, id?: string): VendorReply {
		if (me !== 'me' || list !== 'calendarList') return notFound();
		if (id === undefined) {
			return {
				status: 200,
				body: { kind: 'calendar#calendarList', items: [...calendars.values()].map(entry) },
			};
		}
		const calendar = calendarNamed(id);
		return calendar ? { status: 200, body: entry(calendar) } : notFound();
	}

	return {
		id: 'google-calendar',
		hosts: ['www.googleapis.com', 'oauth2.googleapis.com'],
		handle: route,
		fail: failure,
		state: () => ({
			calendars: Object.fromEntries(
				[...calendars.values()].map(({ id, events }) => [
					id,
					[...events.values()].sort((a, b) => a.start - b.start).map(({ resource }) => resource),
				]),
			),
		}),
		reset() {
			calendars = openCalendars(seed.team, seed.now());
			tokens = new Set([seed.secrets.googleAccessToken]);
		},
	};
};

/** `/calendar/v3/calendars/{id}/events` as decoded parts after `/calendar`. */
function segments(path: string): string[] {
	const parts = path
		.replace(/^\/calendar(?=\/v3\/)/, '')
		.split('/')
		.slice(1);
	return parts.map(decodeURIComponent);
}

function withBody(
	request: VendorRequest,
	run: (body: Record<string, unknown>) => VendorReply,
): VendorReply {
	const parsed = jsonObject(request);
	return parsed.ok ? run(parsed.value) : refusal(400, 'parseError', 'Parse Error');
}

function entry({ id, timezone }: Calendar) {
	return {
		kind: 'calendar#calendarListEntry',
		id,
		summary: id,
		timeZone: timezone,
		accessRole: 'owner',
		conferenceProperties: { allowedConferenceSolutionTypes: ['hangoutsMeet'] },
	};
}
