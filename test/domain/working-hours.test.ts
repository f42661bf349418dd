import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
	addWorkingTime,
	checkWorkingHours,
	isWorkingAt,
	localTime,
	workingIntervals,
	type WorkingHours,
} from '../../lib/domain/working-hours';

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString().replace(':00.000Z', 'Z');
const week = [1, 2, 3, 4, 5];
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const office = (timezone: string): WorkingHours => ({
	timezone,
	days: week,
	start: '09:00',
	end: '17:00',
});
const night = (timezone: string): WorkingHours => ({
	timezone,
	days: everyDay,
	start: '00:00',
	end: '06:00',
});

describe('addWorkingTime', () => {
	test.each([
		['inside the day', 'Europe/Berlin', '2026-11-23T09:00Z', 15, '2026-11-23T09:15Z'],
		['before the day', 'Europe/Berlin', '2026-11-23T05:00Z', 15, '2026-11-23T08:15Z'],
		[
			'a deadline at closing time stays',
			'Europe/Berlin',
			'2026-11-23T15:45Z',
			15,
			'2026-11-23T16:00Z',
		],
		['over the evening', 'Europe/Berlin', '2026-11-23T15:50Z', 15, '2026-11-24T08:05Z'],
		['over the weekend', 'Europe/Berlin', '2026-11-20T15:50Z', 15, '2026-11-23T08:05Z'],
		['on a Saturday', 'America/New_York', '2026-11-21T15:00Z', 15, '2026-11-23T14:15Z'],
		['0 minutes, working', 'Europe/London', '2026-11-23T10:00Z', 0, '2026-11-23T10:00Z'],
		['0 minutes, closed', 'Europe/London', '2026-11-23T17:00Z', 0, '2026-11-24T09:00Z'],
		['half-hour offset', 'Asia/Kolkata', '2026-11-23T03:00Z', 15, '2026-11-23T03:45Z'],
		['quarter-hour offset', 'Asia/Kathmandu', '2026-11-23T00:00Z', 15, '2026-11-23T03:30Z'],
		[
			'Adelaide, half-hour with DST',
			'Australia/Adelaide',
			'2026-11-22T00:00Z',
			60,
			'2026-11-22T23:30Z',
		],
		[
			'weekend of the spring change',
			'America/New_York',
			'2026-03-06T21:30Z',
			60,
			'2026-03-09T13:30Z',
		],
		[
			'weekend of the autumn change',
			'America/New_York',
			'2026-10-30T20:30Z',
			60,
			'2026-11-02T14:30Z',
		],
		['two working weeks', 'Europe/London', '2026-03-23T09:00Z', 10 * 480, '2026-04-03T16:00Z'],
	])('%s (%s): %s + %i min = %s', (_, zone, from, minutes, due) => {
		expect(iso(addWorkingTime(at(from), minutes, office(zone)))).toBe(due);
	});

	test.each([
		// Spring: 02:00-03:00 does not exist (London 01:00-02:00).
		['America/New_York', '2026-03-08T06:30Z', 60, '2026-03-08T07:30Z', '03:30'],
		['Europe/Berlin', '2026-03-29T00:30Z', 60, '2026-03-29T01:30Z', '03:30'],
		['Europe/London', '2026-03-29T00:30Z', 60, '2026-03-29T01:30Z', '02:30'],
		// Autumn: an hour comes twice and counts twice.
		['America/New_York', '2026-11-01T05:30Z', 60, '2026-11-01T06:30Z', '01:30'],
		['Europe/Berlin', '2026-10-25T00:30Z', 60, '2026-10-25T01:30Z', '02:30'],
		['Europe/London', '2026-10-25T00:30Z', 60, '2026-10-25T01:30Z', '01:30'],
	])('in the night of the change, %s from %s + %i = %s', (zone, from, minutes, due, wall) => {
		const result = addWorkingTime(at(from), minutes, night(zone));
		expect(iso(result)).toBe(due);
		expect(DateTime.fromMillis(result, { zone }).toFormat('HH:mm')).toBe(wall);
	});

	test.each([[-1], [Number.NaN], [600_000]])('refuses %p minutes', (minutes) => {
		expect(() => addWorkingTime(0, minutes, office('UTC'))).toThrow(`${minutes} working minutes`);
	});
});

describe('workingIntervals', () => {
	const hoursWorked = (hours: WorkingHours, day: string) => {
		const start = DateTime.fromISO(day, { zone: hours.timezone });
		return workingIntervals(start.toMillis(), start.plus({ days: 1 }).toMillis(), hours).map(
			({ start: from, end }) => [iso(from), iso(end)],
		);
	};

	test.each([
		['America/New_York', '2026-03-08', [['2026-03-08T05:00Z', '2026-03-08T10:00Z']]],
		['America/New_York', '2026-11-01', [['2026-11-01T04:00Z', '2026-11-01T11:00Z']]],
		['Europe/Berlin', '2026-03-29', [['2026-03-28T23:00Z', '2026-03-29T04:00Z']]],
		['Europe/Berlin', '2026-10-25', [['2026-10-24T22:00Z', '2026-10-25T05:00Z']]],
		['Europe/London', '2026-03-29', [['2026-03-29T00:00Z', '2026-03-29T05:00Z']]],
		['Europe/London', '2026-10-25', [['2026-10-24T23:00Z', '2026-10-25T06:00Z']]],
		['Australia/Lord_Howe', '2026-10-04', [['2026-10-03T13:30Z', '2026-10-03T19:00Z']]],
		['Asia/Kolkata', '2026-03-29', [['2026-03-28T18:30Z', '2026-03-29T00:30Z']]],
	])('00:00-06:00 in %s on %s', (zone, day, expected) => {
		expect(hoursWorked(night(zone), day)).toEqual(expected);
	});

	test('a start in the hour that spring skips begins when the clock has moved on', () => {
		const hours = { ...night('Europe/Berlin'), start: '02:30' };
		expect(hoursWorked(hours, '2026-03-29')).toEqual([['2026-03-29T01:00Z', '2026-03-29T04:00Z']]);
	});

	test('an end in the repeated hour is reached twice', () => {
		const hours = { ...night('Europe/Berlin'), end: '02:30' };
		expect(hoursWorked(hours, '2026-10-25')).toEqual([
			['2026-10-24T22:00Z', '2026-10-25T00:30Z'],
			['2026-10-25T01:00Z', '2026-10-25T01:30Z'],
		]);
	});

	test('days round the clock are one stretch', () => {
		const hours = { ...night('Europe/Berlin'), end: '24:00' };
		const [from, to] = [at('2026-10-24T00:00Z'), at('2026-10-27T00:00Z')];
		expect(workingIntervals(from, to, hours)).toEqual([{ start: from, end: to }]);
	});

	test('nothing is worked on a day off', () => {
		expect(hoursWorked(office('Europe/Berlin'), '2026-11-22')).toEqual([]);
	});
});

const zones = [
	'America/New_York',
	'Europe/Berlin',
	'Europe/London',
	'Asia/Kolkata',
	'Australia/Lord_Howe',
];
const hoursOf = fc
	.record({
		timezone: fc.constantFrom(...zones),
		days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
		clock: fc.uniqueArray(fc.integer({ min: 0, max: 47 }), { minLength: 2, maxLength: 2 }),
	})
	.map(({ timezone, days, clock }): WorkingHours => {
		const [start = 0, end = 0] = [...clock].sort((a, b) => a - b);
		const wall = (half: number) =>
			`${String(half >> 1).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
		return { timezone, days, start: wall(start), end: wall(end) };
	});
const moment = fc
	.integer({ min: 0, max: 400 * 24 * 60 })
	.map((minutes) => at('2026-01-01T00:00Z') + minutes * 60_000);

describe('laws', () => {
	test('an instant is worked exactly when the wall clock says so', () => {
		fc.assert(
			fc.property(hoursOf, moment, (hours, now) => {
				const local = DateTime.fromMillis(now, { zone: hours.timezone });
				const wall = local.toFormat('HH:mm');
				const expected =
					hours.days.includes(local.weekday) && wall >= hours.start && wall < hours.end;
				expect(isWorkingAt(now, hours)).toBe(expected);
			}),
			{ numRuns: 500 },
		);
	});

	test('adding a and then b is adding a + b, and the time between is a + b of work', () => {
		const minutes = fc.integer({ min: 1, max: 2000 });
		fc.assert(
			fc.property(hoursOf, moment, minutes, minutes, (hours, from, a, b) => {
				const due = addWorkingTime(from, a + b, hours);
				expect(addWorkingTime(addWorkingTime(from, a, hours), b, hours)).toBe(due);
				const worked = workingIntervals(from, due, hours).reduce(
					(sum, { start, end }) => sum + end - start,
					0,
				);
				expect(worked).toBe((a + b) * 60_000);
			}),
		);
	});
});

describe('checkWorkingHours', () => {
	const good = office('Europe/Berlin');
	test.each([
		[{ timezone: 'Mars/Phobos' }, "'Mars/Phobos' is not an IANA time zone"],
		[{ timezone: '' }, "'' is not an IANA time zone"],
		[{ days: [] }, 'no working day'],
		[{ days: [0] }, "'0' is not a weekday"],
		[{ start: '9:00' }, "'9:00' is not a time of day"],
		[{ end: '25:00' }, "'25:00' is not a time of day"],
		[{ start: '17:00', end: '09:00' }, 'ends at 09:00, which is not after 17:00'],
	])('names what is wrong in %p', (wrong, message) => {
		const check = () => checkWorkingHours({ ...good, ...wrong }, "Owner 'Ada'");
		expect(check).toThrow(message);
		expect(check).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
		expect(check).toThrow("Owner 'Ada'");
	});

	test('gives back what is right', () => {
		expect(checkWorkingHours({ ...good, end: '24:00' }, 'x').end).toBe('24:00');
	});
});

test('localTime shows weekday, date, time and zone', () => {
	expect(localTime(at('2026-11-23T09:00Z'), 'Europe/Berlin')).toBe(
		'Mon 23 Nov 2026, 10:00 (Europe/Berlin)',
	);
});
