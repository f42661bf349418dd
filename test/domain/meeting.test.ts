import fc from 'fast-check';
import { cellsOf, considered, knownZone, meetingId, whySlot } from '../../lib/domain/meeting';
import { leadDay } from '../../lib/domain/slots';

const identity = { key: 'e1', calendarId: 'grace@example.com', purpose: 'intro', attempt: 1 };

describe('meetingId', () => {
	test('is one that Google takes, and the same every time', () => {
		expect(meetingId(identity)).toMatch(/^[a-v0-9]{64}$/);
		expect(meetingId({ ...identity, calendarId: 'Grace@Example.com' })).toBe(meetingId(identity));
	});

	test.each([
		[{ key: 'e2' }],
		[{ calendarId: 'ada@example.com' }],
		[{ purpose: 'demo' }],
		[{ attempt: 2 }],
		[{ key: 'e1","x', purpose: '' }],
	])('is another for %p', (other) => {
		expect(meetingId({ ...identity, ...other })).not.toBe(meetingId(identity));
	});

	test('needs a key', () => {
		expect(() => meetingId({ ...identity, key: '' })).toThrow("'Meeting Key' is empty");
	});
});

test('law: two times that overlap share a cell, and far ones share none', () => {
	const minute = fc.integer({ min: 0, max: 600 });
	const time = fc.tuple(minute, fc.integer({ min: 1, max: 90 })).map(([from, length]) => ({
		start: from * 60_000,
		end: (from + length) * 60_000,
	}));
	fc.assert(
		fc.property(time, time, (one, other) => {
			const shared = cellsOf(one).some((cell) => cellsOf(other).includes(cell));
			const gap = Math.max(one.start, other.start) - Math.min(one.end, other.end);
			if (gap < 0) expect(shared).toBe(true);
			if (gap >= 5 * 60_000) expect(shared).toBe(false);
		}),
	);
});

test('considered shows what came before the chosen slot, by time, and 20 at most', () => {
	const at = (index: number) => index * 1_800_000;
	const slot = (index: number, inLeadHours = true) => ({
		start: at(index),
		end: at(index + 1),
		inLeadHours,
	});
	const rejected = Array.from({ length: 30 }, (_, index) => ({ start: at(index), reason: 'busy' }));
	const offered = { slots: [slot(40), slot(41), slot(39, false)], rejected: rejected.slice(0, 2) };
	const [lost, chosen] = offered.slots;
	expect(considered(offered, lost ? [lost] : [], chosen, leadDay('UTC'))).toEqual([
		{ startAt: '1970-01-01T00:00:00.000Z', rejected: 'busy' },
		{ startAt: '1970-01-01T00:30:00.000Z', rejected: 'busy' },
		{
			startAt: '1970-01-01T19:30:00.000Z',
			rejected: "outside the lead's hours: Thu 1 Jan 1970, 19:30 (UTC)",
		},
		{ startAt: '1970-01-01T20:00:00.000Z', rejected: 'taken by another booking just now' },
	]);
	expect(considered({ slots: [], rejected }, [], undefined, undefined)).toHaveLength(20);
});

test.each([
	['Europe/Berlin', 'Europe/Berlin'],
	['', undefined],
	['CET-ish', undefined],
])('knownZone(%p) is %s', (zone, known) => {
	expect(knownZone(zone)).toBe(known);
});

test.each([
	[undefined, undefined, "the lead's time zone is not known"],
	[true, 'Asia/Tokyo', 'the owner and the lead'],
	[false, 'Asia/Tokyo', "in Asia/Tokyo, so only the owner's hours were kept"],
])('whySlot: in lead hours %p, zone %p', (inLeadHours, zone, words) => {
	const slot = { start: 0, end: 1, ...(inLeadHours !== undefined && { inLeadHours }) };
	expect(whySlot(slot, zone)).toContain(words);
});
