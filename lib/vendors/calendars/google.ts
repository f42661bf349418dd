import { z } from 'zod';
import { PipelineError, type ErrorCode } from '../../domain/errors';
import { maskValue } from '../../domain/mask';
import { readAnswer } from '../../runtime/answer';
import type { Http, HttpResponse } from '../../runtime/http';
import type { BookedEvent, Booking, Busy, CalendarVendor, Standing } from './port';

const VENDOR = 'google-calendar';
const BASE = 'https://www.googleapis.com/calendar/v3';

const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const FreeBusy = z.object({
	calendars: z.record(
		z.string(),
		z.object({
			busy: z.array(z.object({ start: Instant, end: Instant })).default([]),
			errors: z.array(z.object({ reason: z.string().default('unknown') })).default([]),
		}),
	),
});

const Event = z.object({
	id: z.string(),
	status: z.string().default('confirmed'),
	htmlLink: z.string().optional(),
	hangoutLink: z.string().optional(),
	start: z.object({ dateTime: Instant }),
	end: z.object({ dateTime: Instant }),
	conferenceData: z
		.object({
			entryPoints: z
				.array(z.object({ entryPointType: z.string(), uri: z.string().optional() }))
				.default([]),
		})
		.optional(),
});
type Event = z.infer<typeof Event>;

const CalendarList = z.object({
	items: z.array(z.object({ id: z.string(), summary: z.string().default('') })).default([]),
});

/** A cancelled event may come without its times. */
const Status = z.object({ status: z.string().default('confirmed') });

const Refusal = z.object({
	error: z.object({ errors: z.array(z.object({ reason: z.string().default('') })).default([]) }),
});

export const googleCalendar: CalendarVendor = {
	id: 'google',
	title: 'Google Calendar',
	credential: 'googleCalendarOAuth2Api',
	oauth2: true,
	open: (http) => ({
		busy: (calendarId, start, end) => readBusy(http, calendarId, { start, end }),
		find: (calendarId, eventId) => find(http, calendarId, eventId),
		book: (booking) => book(http, booking),
		cancel: (calendarId, eventId, notify) => cancel(http, calendarId, eventId, notify),
		calendars: () => list(http),
	}),
};

// https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query
async function readBusy(http: Http, calendarId: string, { start, end }: Busy): Promise<Busy[]> {
	const response = await http.send({
		method: 'POST',
		url: `${BASE}/freeBusy`,
		idempotent: true,
		body: { timeMin: utc(start), timeMax: utc(end), items: [{ id: calendarId }] },
		codeOf,
	});
	const calendar = readAnswer(FreeBusy, response, VENDOR).calendars[calendarId];
	const reason = calendar ? calendar.errors[0]?.reason : 'not in the answer';
	if (calendar && reason === undefined) return calendar.busy;
	if (reason === 'notFound') throw unknownCalendar(calendarId);
	throw new PipelineError(
		'UPSTREAM_UNAVAILABLE',
		`Google cannot say when ${maskValue(calendarId)} is busy (${reason}), so nothing was booked`,
		{ vendor: VENDOR, status: response.status },
	);
}

// https://developers.google.com/workspace/calendar/api/v3/reference/events/get
async function find(http: Http, calendarId: string, eventId: string): Promise<Standing> {
	const response = await http.send({
		method: 'GET',
		url: eventUrl(calendarId, eventId),
		accept: [404, 410],
		codeOf,
	});
	if (response.status === 404) return { kind: 'absent' };
	if (response.status === 410) return { kind: 'cancelled' };
	const { status } = readAnswer(Status, response, VENDOR);
	if (status === 'cancelled') return { kind: 'cancelled' };
	return { kind: 'booked', event: toBooked(readAnswer(Event, response, VENDOR), true) };
}

/**
 * Google does not promise to detect a doubled id on every write, and a write without an answer may
 * have been done: in both cases the event itself is asked. Only when it is absent is it sent again.
 */
async function book(http: Http, booking: Booking, lastTry = false): Promise<BookedEvent> {
	try {
		const event = toBooked(await insert(http, booking), false);
		return booking.videoCall && !event.joinUrl ? await withLink(http, booking, event) : event;
	} catch (error) {
		if (!(error instanceof PipelineError) || !UNCERTAIN.has(error.code)) throw error;
		const standing = await find(http, booking.calendarId, booking.eventId);
		const doubled = error.code === 'CONFLICT' && !lastTry;
		if (standing.kind === 'booked') return { ...standing.event, repeated: doubled };
		if (error.code === 'CONFLICT') throw error;
		if (standing.kind === 'cancelled' || lastTry) throw error;
		return await book(http, booking, true);
	}
}

const UNCERTAIN = new Set<ErrorCode>(['CONFLICT', 'TIMEOUT', 'UPSTREAM_UNAVAILABLE']);

// https://developers.google.com/workspace/calendar/api/v3/reference/events/insert
async function insert(http: Http, booking: Booking): Promise<Event> {
	const { calendarId, eventId, timezone, attendees } = booking;
	const response = await http.send({
		method: 'POST',
		url: `${BASE}/calendars/${encodeURIComponent(calendarId)}/events`,
		query: { conferenceDataVersion: booking.videoCall ? 1 : 0, sendUpdates: booking.notify },
		body: {
			id: eventId,
			summary: booking.title,
			description: booking.description,
			start: { dateTime: utc(booking.start), timeZone: timezone },
			end: { dateTime: utc(booking.end), timeZone: timezone },
			attendees: attendees.map(({ email, name }) => ({
				email,
				...(name && { displayName: name }),
			})),
			...(booking.videoCall && { conferenceData: { createRequest: meet(eventId) } }),
		},
		accept: [404],
		codeOf,
	});
	if (response.status === 404) throw unknownCalendar(calendarId);
	return readAnswer(Event, response, VENDOR);
}

const meet = (requestId: string) => ({
	requestId,
	conferenceSolutionKey: { type: 'hangoutsMeet' },
});

/** The link may be pending when the event is made. Without it the meeting still stands. */
async function withLink(http: Http, { calendarId }: Booking, made: BookedEvent) {
	const standing = await find(http, calendarId, made.eventId).catch(() => undefined);
	return standing?.kind === 'booked' ? { ...standing.event, repeated: made.repeated } : made;
}

// https://developers.google.com/workspace/calendar/api/v3/reference/events/delete
async function cancel(http: Http, calendarId: string, eventId: string, notify: string) {
	await http.send({
		method: 'DELETE',
		url: eventUrl(calendarId, eventId),
		query: { sendUpdates: notify },
		idempotent: true,
		accept: [404, 410],
		codeOf,
	});
}

// https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/list
async function list(http: Http) {
	const response = await http.send({
		method: 'GET',
		url: `${BASE}/users/me/calendarList`,
		query: { minAccessRole: 'writer', maxResults: 250 },
		codeOf,
	});
	return readAnswer(CalendarList, response, VENDOR).items.map(({ id, summary }) => ({
		id,
		title: summary,
	}));
}

function toBooked(event: Event, repeated: boolean): BookedEvent {
	const video = event.conferenceData?.entryPoints.find((one) => one.entryPointType === 'video');
	const joinUrl = video?.uri ?? event.hangoutLink;
	return {
		eventId: event.id,
		start: event.start.dateTime,
		end: event.end.dateTime,
		...(event.htmlLink && { htmlLink: event.htmlLink }),
		...(joinUrl && { joinUrl }),
		repeated,
	};
}

const REASONS: Readonly<Record<string, ErrorCode>> = {
	rateLimitExceeded: 'RATE_LIMITED',
	userRateLimitExceeded: 'RATE_LIMITED',
	quotaExceeded: 'QUOTA_EXHAUSTED',
	dailyLimitExceeded: 'QUOTA_EXHAUSTED',
};

/** A 403 of Google may ask for patience or deny a right. https://developers.google.com/workspace/calendar/api/guides/errors */
function codeOf({ status, body }: HttpResponse): ErrorCode | undefined {
	const refusal = status === 403 ? Refusal.safeParse(body) : undefined;
	return refusal?.success ? REASONS[refusal.data.error.errors[0]?.reason ?? ''] : undefined;
}

const unknownCalendar = (calendarId: string) =>
	new PipelineError(
		'CONFIG_INVALID',
		`Google knows no calendar ${maskValue(calendarId)} that this account may use. Share it with the account of the credential, or correct 'Calendar'`,
		{ vendor: VENDOR, status: 404 },
	);

const eventUrl = (calendarId: string, eventId: string) =>
	`${BASE}/calendars/${encodeURIComponent(calendarId)}/events/${eventId}`;

const utc = (at: number) => new Date(at).toISOString();
