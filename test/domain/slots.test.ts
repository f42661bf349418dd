import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
	busyWindow,
	checkRules,
	leadDay,
	offer,
	searchWindow,
	type SlotRules,
} from '../../lib/domain/slots';
import { workingIntervals, type WorkingHours } from '../../lib/domain/working-hours';

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString().replace(':00.000Z', 'Z');
const berlin: WorkingHours = {
	timezone: 'Europe/Berlin',
	days: [1, 2, 3, 4, 5],
	start: '09:00',
	end: '12:00',
};
const rules: SlotRules = {
	durationMinutes: 30,
	noticeMinutes: 0,
	bufferBeforeMinutes: 0,
	bufferAfterMinutes: 0,
	stepMinutes: 30,
	windowDays: 1,
};
/** Monday 23 November 2026, 08:00 in Berlin. */
const monday = at('2026-11-23T07:00Z');
const block = (start: string, end: string) => ({ start: at(start), end: at(end) });
const wall = (ms: number, zone = 'Europe/Berlin') =>
	DateTime.fromMillis(ms, { zone }).toFormat('HH:mm');
const search = (request: Partial<Parameters<typeof offer>[0]> = {}) => {
	const { slots, rejected } = offer({ now: monday, hours: berlin, busy: [], rules, ...request });
	return {
		free: slots.map(({ start }) => wall(start)),
		rejected: rejected.map(({ start, reason }) => `${wall(start)} ${reason}`),
	};
};

test('a free morning offers every step', () => {
	expect(search()).toEqual({
		free: ['09:00', '09:30', '10:00', '10:30', '11:00', '11:30'],
		rejected: [],
	});
});

describe('busy blocks', () => {
	test.each([
		['ends as the slot starts', '2026-11-23T08:30Z', '2026-11-23T09:00Z', ['09:30']],
		['covers a slot', '2026-11-23T09:00Z', '2026-11-23T09:30Z', ['10:00']],
		['begins within', '2026-11-23T09:20Z', '2026-11-23T09:30Z', ['10:00']],
		['reaches one minute in', '2026-11-23T09:30Z', '2026-11-23T10:01Z', ['10:30', '11:00']],
		[
			'covers the whole day',
			'2026-11-22T23:00Z',
			'2026-11-23T23:00Z',
			['09:00', '09:30', '10:00', '10:30', '11:00', '11:30'],
		],
	])('%s', (_, start, end, gone) => {
		const all = search().free;
		const { free, rejected } = search({ busy: [block(start, end)] });
		expect(free).toEqual(all.filter((slot) => !gone.includes(slot)));
		expect(rejected.map((text) => text.slice(0, 5))).toEqual(gone);
		expect(rejected.every((text) => text.includes('busy'))).toBe(true);
	});

	test('buffers are kept free on both sides, and may lie outside the hours', () => {
		const buffered = { ...rules, bufferBeforeMinutes: 10, bufferAfterMinutes: 15 };
		const busy = [block('2026-11-23T09:00Z', '2026-11-23T09:30Z')];
		expect(search({ rules: buffered, busy })).toEqual({
			free: ['09:00', '11:00', '11:30'],
			rejected: [
				'09:30 busy 10:00-10:30, within the buffer',
				'10:00 busy 10:00-10:30',
				'10:30 busy 10:00-10:30, within the buffer',
			],
		});
	});
});

test('minimum notice counts from now, also inside the day', () => {
	const now = at('2026-11-23T08:10Z');
	expect(search({ now, rules: { ...rules, noticeMinutes: 60 } })).toEqual({
		free: ['10:30', '11:00', '11:30'],
		rejected: [
			'09:30 too soon: less than 60 minutes ahead',
			'10:00 too soon: less than 60 minutes ahead',
		],
	});
});

test('a meeting ends inside the hours', () => {
	expect(search({ rules: { ...rules, durationMinutes: 60 } }).rejected).toEqual([
		"11:30 outside the owner's hours: it would end after them",
	]);
});

describe('window', () => {
	test.each([
		['today counts while there is work left', '2026-11-23T07:00Z', 1, '2026-11-23T11:00Z'],
		['today is over', '2026-11-23T11:00Z', 1, '2026-11-24T11:00Z'],
		['a weekend lies between', '2026-11-20T12:00Z', 1, '2026-11-23T11:00Z'],
		['five working days', '2026-11-25T07:00Z', 5, '2026-12-01T11:00Z'],
	])('%s', (_, now, windowDays, end) => {
		expect(iso(searchWindow(at(now), berlin, windowDays).end)).toBe(end);
	});

	test('an owner of one day a week gets as many weeks', () => {
		expect(iso(searchWindow(monday, { ...berlin, days: [2] }, 3).end)).toBe('2026-12-08T11:00Z');
	});

	test('round the clock it ends at midnight', () => {
		const always = { ...berlin, days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' };
		expect(iso(searchWindow(monday, always, 2).end)).toBe('2026-11-24T23:00Z');
	});

	test('the calendar is read with the buffers around it', () => {
		const buffered = { ...rules, bufferBeforeMinutes: 10, bufferAfterMinutes: 15 };
		const { start, end } = busyWindow({ now: monday, hours: berlin, rules: buffered });
		expect([iso(start), iso(end)]).toEqual(['2026-11-23T06:50Z', '2026-11-23T11:15Z']);
	});
});

describe('the night of the change', () => {
	const night = (timezone: string): WorkingHours => ({
		timezone,
		days: [7],
		start: '00:00',
		end: '04:00',
	});
	const hourly = { ...rules, durationMinutes: 60, stepMinutes: 60 };

	test.each([
		['Europe/Berlin', '2026-03-28T22:00Z', ['00:00', '01:00', '03:00']],
		['America/New_York', '2026-03-08T04:00Z', ['00:00', '01:00', '03:00']],
		['Europe/London', '2026-03-28T22:00Z', ['00:00', '02:00', '03:00']],
		['Europe/Berlin', '2026-10-24T21:00Z', ['00:00', '01:00', '02:00', '02:00', '03:00']],
		['America/New_York', '2026-11-01T03:00Z', ['00:00', '01:00', '01:00', '02:00', '03:00']],
		['Europe/London', '2026-10-24T21:00Z', ['00:00', '01:00', '01:00', '02:00', '03:00']],
	])('%s, seen at %s', (zone, now, expected) => {
		const { slots } = offer({ now: at(now), hours: night(zone), busy: [], rules: hourly });
		expect(slots.map(({ start }) => wall(start, zone))).toEqual(expected);
		expect(slots.every(({ start, end }) => end - start === 3_600_000)).toBe(true);
	});
});

describe("the lead's hours", () => {
	const office = { ...berlin, end: '17:00' };

	test('slots inside them come first', () => {
		const { slots } = offer({
			now: monday,
			hours: office,
			leadHours: leadDay('America/New_York'),
			busy: [],
			rules,
		});
		const [first] = slots;
		expect(first).toMatchObject({ inLeadHours: true });
		expect(iso(first?.start ?? 0)).toBe('2026-11-23T13:00Z');
		expect(slots).toHaveLength(16);
		expect(slots.filter(({ inLeadHours }) => inLeadHours)).toHaveLength(6);
		expect(iso(slots[6]?.start ?? 0)).toBe('2026-11-23T08:00Z');
	});

	test('a lead at the other end of the world still gets a slot, marked', () => {
		const { slots } = offer({
			now: monday,
			hours: berlin,
			leadHours: leadDay('Pacific/Auckland'),
			busy: [],
			rules,
		});
		expect(slots[0]).toEqual({
			start: at('2026-11-23T08:00Z'),
			end: at('2026-11-23T08:30Z'),
			inLeadHours: false,
		});
	});
});

test.each([
	['durationMinutes', 0, "'Duration' is 0"],
	['durationMinutes', Number.NaN, "'Duration' is NaN"],
	['stepMinutes', 0, "'Slot Step' is 0"],
	['noticeMinutes', -1, "'Minimum Notice' is -1"],
	['windowDays', 61, "'Search Window' is 61"],
	['bufferAfterMinutes', 2.5, "'Buffer After' is 2.5"],
])('%s = %p is refused', (name, value, message) => {
	expect(() => checkRules({ ...rules, [name]: value })).toThrow(message);
});

test('law: an offered slot meets no busy block, keeps the notice and lies in working hours', () => {
	const minutes = (least: number, most: number) => fc.integer({ min: least, max: most });
	const request = fc.record({
		now: minutes(0, 600 * 24 * 60).map((offset) => at('2026-01-01T00:00Z') + offset * 60_000),
		hours: fc.record({
			timezone: fc.constantFrom(
				'America/New_York',
				'Europe/Berlin',
				'Asia/Kolkata',
				'Australia/Lord_Howe',
			),
			days: fc.uniqueArray(minutes(1, 7), { minLength: 1 }),
			start: fc.constantFrom('00:00', '08:30', '09:00'),
			end: fc.constantFrom('12:00', '17:15', '24:00'),
		}),
		rules: fc.record({
			durationMinutes: minutes(5, 120),
			noticeMinutes: minutes(0, 600),
			bufferBeforeMinutes: minutes(0, 30),
			bufferAfterMinutes: minutes(0, 30),
			stepMinutes: fc.constantFrom(15, 30, 45),
			windowDays: minutes(1, 3),
		}),
		blocks: fc.array(fc.tuple(minutes(0, 5000), minutes(1, 300)), { maxLength: 12 }),
	});
	fc.assert(
		fc.property(request, ({ now, hours, rules: drawn, blocks }) => {
			const busy = blocks.map(([from, length]) => ({
				start: now + from * 60_000,
				end: now + (from + length) * 60_000,
			}));
			const { slots, rejected } = offer({ now, hours, busy, rules: drawn });
			for (const { start, end } of slots) {
				expect(end - start).toBe(drawn.durationMinutes * 60_000);
				expect(start).toBeGreaterThanOrEqual(now + drawn.noticeMinutes * 60_000);
				expect(workingIntervals(start, end, hours)).toEqual([{ start, end }]);
				const free = {
					start: start - drawn.bufferBeforeMinutes * 60_000,
					end: end + drawn.bufferAfterMinutes * 60_000,
				};
				expect(busy.some((one) => one.start < free.end && free.start < one.end)).toBe(false);
			}
			const starts = [...slots, ...rejected].map(({ start }) => start);
			expect(new Set(starts).size).toBe(starts.length);
		}),
	);
});
