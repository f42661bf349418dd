import { DateTime } from 'luxon';
import { secrets } from '../../sandbox/secrets';
import { team } from '../../sandbox/team';
import { useWorld } from './world';

const at = useWorld();
const google: (typeof at)['client']['google'] = (...call) => at.client.google(...call);

const rep = team[0]?.calendarId ?? '';
const events = `/calendars/${encodeURIComponent(rep)}/events`;
const zone = 'America/New_York';
const monday = DateTime.now().setZone(zone).plus({ weeks: 6 }).startOf('week').set({ hour: 10 });
const local = (time: DateTime) => time.toFormat("yyyy-MM-dd'T'HH:mm:ss");
const event = {
	id: 'a1b2c3d4e5',
	summary: 'Meeting',
	start: { dateTime: local(monday), timeZone: zone },
	end: { dateTime: local(monday.plus({ minutes: 30 })), timeZone: zone },
	attendees: [{ email: 'dana.whitfield@northwind-analytics.com' }],
};
const reason = (body: { readonly [key: string]: unknown }) =>
	(body['error'] as { errors: Array<{ reason: string }> }).errors[0]?.reason;

describe('freeBusy', () => {
	const ask = (body: unknown) => google('/freeBusy', { body });
	const range = {
		timeMin: monday.toUTC().toISO(),
		timeMax: monday.plus({ days: 5 }).toUTC().toISO(),
	};

	it('answers an unknown calendar inside the 200', async () => {
		const { status, body } = await ask({ ...range, items: [{ id: rep }, { id: 'no@where.com' }] });
		expect(status).toBe(200);
		expect(body['calendars']).toMatchObject({
			[rep]: { busy: [] },
			'no@where.com': { errors: [{ reason: 'notFound' }] },
		});
	});

	it('knows the seeded days, in the zone asked for', async () => {
		const now = DateTime.utc();
		const { body } = await ask({
			timeMin: now.toISO(),
			timeMax: now.plus({ days: 10 }).toISO(),
			timeZone: zone,
			items: [{ id: rep }],
		});
		const busy = body['calendars']?.[rep]?.['busy'] as unknown as Array<{ start: string }>;
		expect(busy.map(({ start }) => start)).toContainEqual(
			expect.stringMatching(/T12:00:00-0[45]:00$/),
		);
	});

	it.each([
		['an empty range', { timeMin: range.timeMax, timeMax: range.timeMin }, 'timeRangeEmpty'],
		['a range of a year', { ...range, timeMax: '2099-01-01T00:00:00Z' }, 'timeRangeTooLong'],
		['a time without offset', { ...range, timeMin: local(monday) }, 'badRequest'],
		['an unknown field', { ...range, calendars: [] }, 'badRequest'],
	])('refuses %s', async (_, body, expected) => {
		const answer = await ask({ ...body, items: [{ id: rep }] });
		expect(answer.status).toBe(400);
		expect(reason(answer.body)).toBe(expected);
	});
});

describe('events', () => {
	const insert = (body: unknown, query = '') => google(`${events}${query}`, { body });

	it('books, shows as busy, and refuses the same id', async () => {
		expect((await insert(event)).status).toBe(200);
		const again = await insert(event);
		expect([again.status, reason(again.body)]).toEqual([409, 'duplicate']);
		const { body } = await google('/freeBusy', {
			body: {
				timeMin: monday.minus({ minutes: 5 }).toUTC().toISO(),
				timeMax: monday.plus({ hours: 1 }).toUTC().toISO(),
				items: [{ id: rep }],
			},
		});
		const start = monday.toUTC().toISO({ suppressMilliseconds: true });
		expect(body['calendars']?.[rep]).toMatchObject({ busy: [{ start }] });
	});

	it('keeps the id of a deleted event taken', async () => {
		await insert(event);
		expect((await google(`${events}/${event.id}`, { method: 'DELETE' })).status).toBe(204);
		expect((await google(`${events}/${event.id}`, { method: 'DELETE' })).status).toBe(410);
		expect((await google(`${events}/${event.id}`)).body).toMatchObject({ status: 'cancelled' });
		expect((await insert(event)).status).toBe(409);
	});

	it('makes a Meet link only when asked to', async () => {
		const conferenceData = { createRequest: { requestId: 'r-1' } };
		const plain = await insert({ ...event, conferenceData });
		expect(plain.body['hangoutLink']).toBeUndefined();
		const meet = await insert(
			{ ...event, id: 'b1b2c3d4e5', conferenceData },
			'?conferenceDataVersion=1',
		);
		expect(meet.body['hangoutLink']).toMatch(
			/^https:\/\/meet\.google\.com\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/,
		);
	});

	it('moves an event and lists it by its private property', async () => {
		await insert({ ...event, extendedProperties: { private: { lead: '42' } } });
		const start = { dateTime: local(monday.plus({ days: 1 })), timeZone: zone };
		const end = { dateTime: local(monday.plus({ days: 1, minutes: 30 })), timeZone: zone };
		const moved = await google(`${events}/${event.id}`, { method: 'PATCH', body: { start, end } });
		expect(moved.body).toMatchObject({ start, sequence: 1 });
		const found = await google(`${events}?privateExtendedProperty=lead%3D42`);
		expect(found.body).toMatchObject({ items: [{ id: event.id }] });
	});

	it.each([
		['an id outside base32hex', { ...event, id: 'wxyz-1' }, 'invalid'],
		['a short id', { ...event, id: 'a1' }, 'invalid'],
		['an end before the start', { ...event, end: event.start }, 'timeRangeEmpty'],
		['a local time without zone', { ...event, start: { dateTime: local(monday) } }, 'required'],
		['no end', { ...event, end: undefined }, 'required'],
		['a zone that is none', { ...event, start: { ...event.start, timeZone: 'EST5' } }, 'invalid'],
		['a guest without address', { ...event, attendees: [{ email: 'x' }] }, 'invalid'],
		['an unknown field', { ...event, title: 'x' }, 'badRequest'],
	])('refuses %s', async (_, body, expected) => {
		const answer = await insert(body);
		expect([answer.status, reason(answer.body)]).toEqual([400, expected]);
	});

	it('refuses a calendar, an event and a token that do not exist', async () => {
		expect((await google('/calendars/no%40where.com/events', { body: event })).status).toBe(404);
		expect((await google(`${events}/nothing12`)).status).toBe(404);
		const headers = { authorization: 'Bearer stale' };
		const stale = await google(events, { headers });
		expect([stale.status, reason(stale.body)]).toEqual([401, 'authError']);
	});
});

describe('the token endpoint', () => {
	const refresh = (form: Record<string, string>) =>
		at.client.call('https://oauth2.googleapis.com/token', {
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({
				grant_type: 'refresh_token',
				client_id: secrets.googleClientId,
				client_secret: secrets.googleClientSecret,
				refresh_token: secrets.googleRefreshToken,
				...form,
			}).toString(),
		});

	it('gives a new token that opens the calendar', async () => {
		const { body } = await refresh({});
		const headers = { authorization: `Bearer ${String(body['access_token'])}` };
		expect((await google('/users/me/calendarList', { headers })).body['items']).toHaveLength(
			team.length,
		);
	});

	it.each([
		[{ refresh_token: 'revoked' }, 400, 'invalid_grant'],
		[{ client_secret: 'wrong' }, 401, 'invalid_client'],
		[{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
	])('refuses %j', async (form, status, error) => {
		expect(await refresh(form as unknown as Record<string, string>)).toMatchObject({
			status,
			body: { error },
		});
	});
});
