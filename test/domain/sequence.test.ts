import { placeOf, positionOf, withinClock } from '../../lib/domain/sequence';

it.each<[unknown, 'time' | 'number', bigint]>([
	['2026-11-23T14:59:58Z', 'time', 1_795_445_998_000n],
	['2026-11-23T15:59:58.250+01:00', 'time', 1_795_445_998_250n],
	[1_795_445_998, 'time', 1_795_445_998_000n],
	[1_795_445_998_250, 'time', 1_795_445_998_250n],
	[7, 'number', 7n],
	[' 9007199254740993 ', 'number', 9_007_199_254_740_993n],
	['-1', 'number', -1n],
])('%j by %s is %s', (value, by, position) => {
	expect(positionOf(value, by)).toBe(position);
});

it.each<[unknown, 'time' | 'number']>([
	['yesterday', 'time'],
	[undefined, 'time'],
	['', 'number'],
	['1.5', 'number'],
	[2 ** 53, 'number'],
	[Number.NaN, 'number'],
	['1e3', 'number'],
])('refuses %j by %s', (value, by) => {
	expect(() => positionOf(value, by)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});

it('tells the first, the next with what is missing, the same and the late', () => {
	expect(placeOf(undefined, 3n, 'number')).toEqual({ order: 'first', missing: 0n });
	expect(placeOf(3n, 4n, 'number')).toEqual({ order: 'next', missing: 0n });
	expect(placeOf(3n, 7n, 'number')).toEqual({ order: 'next', missing: 3n });
	expect(placeOf(3n, 7n, 'time')).toEqual({ order: 'next', missing: 0n });
	expect(placeOf(3n, 3n, 'time')).toEqual({ order: 'same', missing: 0n });
	expect(placeOf(3n, 1n, 'time')).toEqual({ order: 'late', behind: 2n });
});

it.each<[string, bigint, 'time' | 'number', bigint, number]>([
	['in the past', 40_000_000n, 'time', 40_000_000n, 0],
	['a little ahead', 50_300_000n, 'time', 50_300_000n, 0],
	['in another century', 9_000_000_000_000n, 'time', 50_000_000n, 8_999_950_000_000],
	['a number', 9_000_000_000_000n, 'number', 9_000_000_000_000n, 0],
])('takes an event %s for what it can be', (_name, position, by, taken, aheadMs) => {
	expect(withinClock(position, by, 50_000_000)).toEqual({ position: taken, aheadMs });
});
