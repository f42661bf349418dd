import { googleCalendar } from '../../../lib/vendors/calendars/google';
import type { Booking } from '../../../lib/vendors/calendars/port';
import { googleByHand, lost, lostAfterWrite, refuse } from './google-by-hand';

const calendarId = 'grace@example.com';
const eventId = 'a'.repeat(64);
const start = Date.parse('2026-11-23T09:00:00Z');
const end = start + 30 * 60_000;
const booking: Booking = {
	calendarId,
	eventId,
	start,
	end,
	timezone: 'Europe/Berlin',
	title: 'Intro call: Acme',
	description: 'Hello',
	attendees: [{ email: 'maria@acme.example', name: 'Maria Keller' }],
	videoCall: true,
	notify: 'all',
};

const setUp = () => {
	const google = googleByHand();
	return { google, calendar: googleCalendar.open(google.http) };
};
const calls = (google: ReturnType<typeof googleByHand>) =>
	google.requests.map(({ method, url }) => `${method} ${new URL(url).pathname.split('/').at(-1)}`);

describe('book', () => {
	test('sends what Google asks for', async () => {
		const { google, calendar } = setUp();
		await expect(calendar.book(booking)).resolves.toEqual({
			eventId,
			start,
			end,
			htmlLink: 'https://www.google.com/calendar/event?eid=aaaaaaaa',
			joinUrl: 'https://meet.google.com/aaa',
			repeated: false,
		});
		expect(google.requests).toHaveLength(1);
		expect(google.requests[0]).toMatchObject({
			method: 'POST',
			url: 'https://www.googleapis.com/calendar/v3/calendars/grace%40example.com/events',
			query: { conferenceDataVersion: 1, sendUpdates: 'all' },
			body: {
				id: eventId,
				summary: 'Intro call: Acme',
				start: { dateTime: '2026-11-23T09:00:00.000Z', timeZone: 'Europe/Berlin' },
				end: { dateTime: '2026-11-23T09:30:00.000Z', timeZone: 'Europe/Berlin' },
				attendees: [{ email: 'maria@acme.example', displayName: 'Maria Keller' }],
				conferenceData: {
					createRequest: {
						requestId: eventId,
						conferenceSolutionKey: { type: 'hangoutsMeet' },
					},
				},
			},
		});
	});

	test('asks once more for a video link that is still pending', async () => {
		const { google, calendar } = setUp();
		const times = {
			start: { dateTime: '2026-11-23T09:00:00Z' },
			end: { dateTime: '2026-11-23T09:30:00Z' },
		};
		const made = { id: eventId, status: 'confirmed', ...times };
		const entryPoints = [{ entryPointType: 'video', uri: 'https://meet.google.com/xyz' }];
		google.next.push(
			() => ({ status: 200, headers: {}, body: made }),
			() => ({ status: 200, headers: {}, body: { ...made, conferenceData: { entryPoints } } }),
		);
		await expect(calendar.book(booking)).resolves.toMatchObject({
			joinUrl: 'https://meet.google.com/xyz',
			repeated: false,
		});
	});

	test('a second booking under the same id is the first one', async () => {
		const { google, calendar } = setUp();
		await calendar.book(booking);
		const later = { ...booking, start: start + 3_600_000, end: end + 3_600_000 };
		await expect(calendar.book(later)).resolves.toMatchObject({ start, end, repeated: true });
		expect(google.events.size).toBe(1);
	});

	test.each(['TIMEOUT', 'UPSTREAM_UNAVAILABLE'] as const)(
		'%s after the write: the event is there, so it is booked',
		async (code) => {
			const { google, calendar } = setUp();
			google.next.push(lostAfterWrite(google, code));
			await expect(calendar.book(booking)).resolves.toMatchObject({ start, repeated: false });
			expect(calls(google)).toEqual(['POST events', `GET ${eventId}`]);
		},
	);

	test('a 503 after the write is read back too', async () => {
		const { google, calendar } = setUp();
		google.next.push((request) => {
			try {
				return lostAfterWrite(google)(request);
			} catch {
				return refuse(503, 'backendError')();
			}
		});
		await expect(calendar.book(booking)).resolves.toMatchObject({ start, repeated: false });
	});

	test('lost before the write: sent again, once', async () => {
		const { google, calendar } = setUp();
		google.next.push(lost);
		await expect(calendar.book(booking)).resolves.toMatchObject({ repeated: false });
		expect(calls(google)).toEqual(['POST events', `GET ${eventId}`, 'POST events']);
	});

	test('lost twice: gives up with the event absent', async () => {
		const { google, calendar } = setUp();
		google.next.push(lost, undefined, lost, undefined);
		await expect(calendar.book(booking)).rejects.toMatchObject({ code: 'TIMEOUT' });
		expect(google.events.size).toBe(0);
	});

	test('the id of a cancelled event is a conflict', async () => {
		const { calendar } = setUp();
		await calendar.book(booking);
		await calendar.cancel(calendarId, eventId, 'none');
		await expect(calendar.find(calendarId, eventId)).resolves.toEqual({ kind: 'cancelled' });
		await expect(calendar.book(booking)).rejects.toMatchObject({ code: 'CONFLICT' });
	});

	test.each([
		[401, 'authError', 'AUTH_FAILED'],
		[403, 'forbidden', 'SCOPE_DENIED'],
		[403, 'quotaExceeded', 'QUOTA_EXHAUSTED'],
		[400, 'invalid', 'FIELD_MISMATCH'],
		[404, 'notFound', 'CONFIG_INVALID'],
	])('%i %s is %s and is not read back', async (status, reason, code) => {
		const { google, calendar } = setUp();
		google.next.push(refuse(status, reason));
		await expect(calendar.book(booking)).rejects.toMatchObject({ code });
		expect(google.requests).toHaveLength(1);
	});

	test.each(['rateLimitExceeded', 'userRateLimitExceeded'])(
		'403 %s is waited out',
		async (reason) => {
			const { google, calendar } = setUp();
			google.next.push(refuse(403, reason));
			await expect(calendar.book(booking)).resolves.toMatchObject({ repeated: false });
			google.next.push(...Array.from({ length: 3 }, () => refuse(403, reason)));
			await expect(calendar.book(booking)).rejects.toMatchObject({
				code: 'RATE_LIMITED',
				retryable: true,
			});
		},
	);
});

describe('busy', () => {
	test('gives the blocks in epoch ms', async () => {
		const { google, calendar } = setUp();
		google.busy = [{ start: '2026-11-23T10:00:00+01:00', end: '2026-11-23T11:00:00+01:00' }];
		await expect(calendar.busy(calendarId, start, end)).resolves.toEqual([
			{ start: Date.parse('2026-11-23T09:00Z'), end: Date.parse('2026-11-23T10:00Z') },
		]);
		expect(google.requests[0]?.body).toEqual({
			timeMin: '2026-11-23T09:00:00.000Z',
			timeMax: '2026-11-23T09:30:00.000Z',
			items: [{ id: calendarId }],
		});
	});

	test.each([
		['notFound', 'CONFIG_INVALID'],
		['internalError', 'UPSTREAM_UNAVAILABLE'],
		['somethingNew', 'UPSTREAM_UNAVAILABLE'],
	])("an answer of 200 with the calendar's own %s is %s, never free", async (reason, code) => {
		const { google, calendar } = setUp();
		google.next.push(() => ({
			status: 200,
			headers: {},
			body: { calendars: { [calendarId]: { errors: [{ domain: 'global', reason }] } } },
		}));
		await expect(calendar.busy(calendarId, start, end)).rejects.toMatchObject({ code });
	});

	test.each([[{ calendars: {} }], [{}], ['<html>']])(
		'an answer without the calendar is not free: %p',
		async (body) => {
			const { google, calendar } = setUp();
			google.next.push(() => ({ status: 200, headers: {}, body }));
			await expect(calendar.busy(calendarId, start, end)).rejects.toMatchObject({
				code: 'UPSTREAM_UNAVAILABLE',
			});
		},
	);
});

test('find: an id that was never used is absent', async () => {
	const { calendar } = setUp();
	await expect(calendar.find(calendarId, eventId)).resolves.toEqual({ kind: 'absent' });
});

test('cancel: what is not there is done', async () => {
	const { calendar } = setUp();
	await expect(calendar.cancel(calendarId, eventId, 'all')).resolves.toBeUndefined();
});

test('calendars: lists those that can be written to', async () => {
	const { google, calendar } = setUp();
	google.next.push(() => ({
		status: 200,
		headers: {},
		body: { items: [{ id: calendarId, summary: 'Grace' }] },
	}));
	await expect(calendar.calendars()).resolves.toEqual([{ id: calendarId, title: 'Grace' }]);
	expect(google.requests[0]?.query).toMatchObject({ minAccessRole: 'writer' });
});
