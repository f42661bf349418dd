import { leadDay, type SlotRules } from '../../lib/domain/slots';
import { memoryStore } from '../../lib/runtime/store/memory';
import { subjectOf } from '../../lib/runtime/store/subject';
import { googleCalendar } from '../../lib/vendors/calendars/google';
import { book, findSlots, type Desk, type Wish } from '../../lib/vendors/book-meeting';
import { googleByHand, lost, lostAfterWrite, refuse } from './calendars/google-by-hand';

const calendarId = 'grace@example.com';
const rules: SlotRules = {
	durationMinutes: 30,
	noticeMinutes: 120,
	bufferBeforeMinutes: 10,
	bufferAfterMinutes: 10,
	stepMinutes: 30,
	windowDays: 2,
};
const hours = { timezone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], start: '09:00', end: '12:00' };
const wish = (key: string, more: Partial<Wish['search']> = {}): Wish => ({
	calendarId,
	key,
	purpose: 'intro',
	search: { hours, rules, ...more },
	details: {
		timezone: hours.timezone,
		title: 'Intro',
		description: '',
		attendees: [],
		videoCall: false,
		notify: 'none',
	},
});

function setUp() {
	/** Monday, 08:00 in Berlin. */
	const clock = { now: Date.parse('2026-11-23T07:00Z') };
	const google = googleByHand(calendarId);
	const desk: Desk = {
		calendar: googleCalendar.open(google.http),
		store: memoryStore(() => clock.now),
		now: () => clock.now,
		sleep: async (ms) => {
			clock.now += ms;
			await new Promise(setImmediate);
		},
	};
	const live = () =>
		[...google.events.values()]
			.filter(({ status }) => status === 'confirmed')
			.map(({ start }) => start.dateTime.slice(0, 16))
			.sort();
	return { clock, google, desk, live };
}

test('books the first slot that is free, and tells why the earlier ones fell out', async () => {
	const { google, desk, live } = setUp();
	google.busy = [{ start: '2026-11-23T09:00:00Z', end: '2026-11-23T09:30:00Z' }];
	const booked = await book(desk, wish('lead-1'));
	expect(booked).toMatchObject({
		kind: 'booked',
		event: { start: Date.parse('2026-11-23T10:00Z'), repeated: false },
		considered: [
			{ startAt: '2026-11-23T08:00:00.000Z', rejected: 'too soon: less than 120 minutes ahead' },
			{ startAt: '2026-11-23T08:30:00.000Z', rejected: 'too soon: less than 120 minutes ahead' },
			{ startAt: '2026-11-23T09:00:00.000Z', rejected: 'busy 10:00-10:30' },
			{ startAt: '2026-11-23T09:30:00.000Z', rejected: 'busy 10:00-10:30, within the buffer' },
		],
	});
	expect(live()).toEqual(['2026-11-23T10:00']);
});

test('a repeat is the same meeting, also when the calendar has moved on', async () => {
	const { clock, desk, live } = setUp();
	const first = await book(desk, wish('lead-1'));
	clock.now += 3_600_000;
	const again = await book(desk, wish('lead-1'));
	expect(again).toMatchObject({ kind: 'booked', event: { repeated: true } });
	expect(again.kind === 'booked' && first.kind === 'booked' && again.event.start).toBe(
		first.kind === 'booked' && first.event.start,
	);
	expect(live()).toHaveLength(1);
});

test('the same wish twice at once is one meeting', async () => {
	const { desk, live } = setUp();
	const both = await Promise.all([book(desk, wish('lead-1')), book(desk, wish('lead-1'))]);
	expect(both.map((one) => one.kind === 'booked' && one.event.repeated)).toEqual([false, true]);
	expect(live()).toHaveLength(1);
});

test('many wishes at once never share a slot or its buffer', async () => {
	const { desk, live } = setUp();
	const results = await Promise.all(
		Array.from({ length: 8 }, (_, index) => book(desk, wish(`lead-${index}`))),
	);
	expect(live()).toEqual([
		'2026-11-23T09:00',
		'2026-11-23T10:00',
		'2026-11-24T08:00',
		'2026-11-24T09:00',
		'2026-11-24T10:00',
	]);
	expect(results.filter(({ kind }) => kind === 'no-slot')).toHaveLength(3);
	const losers = results.flatMap(({ considered }) => considered.map(({ rejected }) => rejected));
	expect(losers).toContain('taken by another booking just now');
});

test('a cancelled meeting is booked again under the next id, and that one is repeated', async () => {
	const { desk, google, live } = setUp();
	const first = await book(desk, wish('lead-1'));
	if (first.kind !== 'booked') throw new Error('not booked');
	await desk.calendar.cancel(calendarId, first.event.eventId, 'none');
	google.busy = [{ start: '2026-11-23T08:00:00Z', end: '2026-11-23T11:00:00Z' }];
	const second = await book(desk, wish('lead-1'));
	expect(second).toMatchObject({ kind: 'booked', event: { repeated: false } });
	const third = await book(desk, wish('lead-1'));
	expect(third).toMatchObject({ kind: 'booked', event: { repeated: true } });
	expect(live()).toEqual(['2026-11-24T08:00']);
	expect(google.events.size).toBe(2);
});

test('an id that turns out to be taken moves on to the next attempt', async () => {
	const { desk, google, live } = setUp();
	// find: absent; freeBusy; insert: 409; find: absent (the event was purged).
	google.next.push(undefined, undefined, refuse(409, 'duplicate'));
	await expect(book(desk, wish('lead-1'))).resolves.toMatchObject({ kind: 'booked' });
	expect(live()).toHaveLength(1);
});

test('a lost answer after the write is one meeting', async () => {
	const { desk, google, live } = setUp();
	google.next.push(undefined, undefined, lostAfterWrite(google));
	await expect(book(desk, wish('lead-1'))).resolves.toMatchObject({ event: { repeated: false } });
	expect(live()).toHaveLength(1);
});

test('after an uncertain failure the slot stays held until its lease ends', async () => {
	const { clock, desk, google } = setUp();
	google.next.push(undefined, undefined, lost, undefined, lost, undefined);
	await expect(book(desk, wish('lead-1'))).rejects.toMatchObject({ code: 'TIMEOUT' });
	const other = await book(desk, wish('lead-2'));
	expect(other.kind === 'booked' && new Date(other.event.start).toISOString()).toBe(
		'2026-11-23T10:00:00.000Z',
	);
	clock.now += 61_000;
	const later = await book(desk, wish('lead-3', { rules: { ...rules, noticeMinutes: 60 } }));
	expect(later.kind === 'booked' && new Date(later.event.start).toISOString()).toBe(
		'2026-11-23T08:30:00.000Z',
	);
});

test('a definite refusal gives the slot back', async () => {
	const { desk, google } = setUp();
	google.next.push(undefined, undefined, refuse(403, 'forbidden'));
	await expect(book(desk, wish('lead-1'))).rejects.toMatchObject({ code: 'SCOPE_DENIED' });
	const other = await book(desk, wish('lead-2'));
	expect(other.kind === 'booked' && new Date(other.event.start).toISOString()).toBe(
		'2026-11-23T09:00:00.000Z',
	);
});

test('a calendar that cannot be read books nothing', async () => {
	const { desk, google, live } = setUp();
	google.next.push(undefined, () => ({
		status: 200,
		headers: {},
		body: { calendars: { [calendarId]: { errors: [{ reason: 'internalError' }] } } },
	}));
	await expect(book(desk, wish('lead-1'))).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
	expect(live()).toEqual([]);
});

test('nothing free is an outcome', async () => {
	const { google, desk } = setUp();
	google.busy = [{ start: '2026-11-22T00:00:00Z', end: '2026-11-30T00:00:00Z' }];
	const { kind, considered } = await book(desk, wish('lead-1'));
	expect(kind).toBe('no-slot');
	expect(considered).toHaveLength(12);
});

test('without a key a repeat could not be told', async () => {
	await expect(book(setUp().desk, wish(' '))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

describe('findSlots', () => {
	test('proposes without booking or holding', async () => {
		const { desk, live } = setUp();
		const { slots } = await findSlots(desk, wish(''), 2);
		expect(slots.map(({ start }) => new Date(start).toISOString().slice(11, 16))).toEqual([
			'09:00',
			'09:30',
		]);
		expect(live()).toEqual([]);
		expect((await findSlots(desk, wish(''), 2)).slots).toEqual(slots);
	});

	test("says which slots lost to the lead's hours", async () => {
		const { desk } = setUp();
		const long = { hours: { ...hours, end: '17:00' }, leadHours: leadDay('America/New_York') };
		const { slots, considered } = await findSlots(desk, wish('', long), 1);
		expect(slots[0]).toMatchObject({ start: Date.parse('2026-11-23T13:00Z'), inLeadHours: true });
		expect(considered.at(-1)).toEqual({
			startAt: '2026-11-23T12:30:00.000Z',
			rejected: "outside the lead's hours: Mon 23 Nov 2026, 07:30 (America/New_York)",
		});
	});
});

test('what is held for a guest is found when the guest is to be erased', async () => {
	const { desk } = setUp();
	const invited = wish('lead-1');
	const attendees = [{ email: 'Ada@example.com' }];
	await book(desk, { ...invited, details: { ...invited.details, attendees } });
	const erased = await desk.store.erase(subjectOf('ada@example.com'));
	expect(erased.claims).toBeGreaterThan(0);
});
