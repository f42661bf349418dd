import fc from 'fast-check';
import { answerBy, assign, noteOf } from '../../lib/domain/assignment';
import { readOwners } from '../../lib/domain/owner';
import { plan, type RouteRequest } from '../../lib/domain/route';

/** Monday 23 November 2026, 10:00 in Berlin, 09:00 in London, 04:00 in New York. */
const monday = Date.parse('2026-11-23T09:00Z');
const saturday = Date.parse('2026-11-21T12:00Z');
const person = (name: string, timezone: string, rest: object = {}) => ({
	name,
	email: `${name.toLowerCase()}@example.com`,
	crmOwnerId: `crm-${name.toLowerCase()}`,
	timezone,
	...rest,
});
const ada = person('Ada', 'Europe/London');
const bob = person('Bob', 'Europe/Berlin');
const cleo = person('Cleo', 'America/New_York');
const team = readOwners([ada, bob, cleo]);
const everybody = { name: 'World', matched: true, members: [] };
const request = (more: Partial<RouteRequest> = {}): RouteRequest => ({
	owners: team,
	pools: [everybody],
	fallback: '',
	existing: '',
	preferWorkingNow: true,
	now: monday,
	...more,
});
const winner = (more: Partial<RouteRequest>, turn: number) =>
	assign(plan(request(more)), turn).owner.name;

describe('pools', () => {
	const emea = { name: 'EMEA', matched: true, members: ['bob@example.com'] };

	test('the first that matched wins', () => {
		const us = { name: 'US', matched: false, members: ['cleo@example.com'] };
		expect(assign(plan(request({ pools: [us, emea, everybody] })), 1)).toMatchObject({
			outcome: 'assigned',
			pool: 'EMEA',
			owner: { name: 'Bob' },
			turn: 1,
		});
	});

	test('a member who is in no list is named', () => {
		const pools = [{ ...everybody, matched: false, members: ['eve@example.com'] }];
		expect(() => plan(request({ pools }))).toThrow(
			`Pool 'World' has the member "e***@example.com"`,
		);
	});

	test('two of one name would share their turns', () => {
		expect(() => plan(request({ pools: [emea, emea] }))).toThrow("Two pools are named 'EMEA'");
	});

	test('a member listed twice has one turn', () => {
		const pools = [{ ...emea, members: ['bob@example.com', 'crm-bob', 'ada@example.com'] }];
		expect([1, 2, 3].map((turn) => winner({ pools }, turn))).toEqual(['Bob', 'Ada', 'Bob']);
	});
});

describe('round robin', () => {
	test('goes around in the order of the list', () => {
		const turns = [1, 2, 3, 4, 5].map((turn) => winner({ preferWorkingNow: false }, turn));
		expect(turns).toEqual(['Ada', 'Bob', 'Cleo', 'Ada', 'Bob']);
	});

	test('prefers those who work now, and says until when the others are off', () => {
		const assignment = assign(plan(request()), 3);
		expect(assignment.candidates).toEqual([
			{ owner: 'ada@example.com', chosen: true, reason: "turn 3 of 'World'" },
			{ owner: 'bob@example.com', chosen: false, reason: 'turn 3 went to Ada' },
			{ owner: 'cleo@example.com', chosen: false, reason: 'off until Mon 09:00' },
		]);
		expect(assignment.reason).toBe('World, turn 3, 2 in rotation');
		expect(noteOf(assignment, team)).toBe(
			'Ada (World, turn 3, 2 in rotation; Cleo is off until Mon 09:00)',
		);
	});

	test('when nobody works now, goes over all', () => {
		expect([1, 2, 3].map((turn) => winner({ now: saturday }, turn))).toEqual([
			'Ada',
			'Bob',
			'Cleo',
		]);
	});

	test('who is away or switched off has no turn, even when nobody works now', () => {
		const owners = readOwners([
			{ ...ada, active: false },
			{ ...bob, awayUntil: '2026-11-30' },
			cleo,
		]);
		const assignment = assign(plan(request({ owners, now: saturday })), 2);
		expect(assignment.owner.name).toBe('Cleo');
		expect(assignment.candidates.map(({ reason }) => reason)).toEqual([
			'switched off',
			'away until Mon 30 Nov 2026, 00:00 (Europe/Berlin)',
			"turn 2 of 'World'",
		]);
	});

	test('an absence that is over is over', () => {
		const owners = readOwners([{ ...bob, awayUntil: '2026-11-23' }]);
		expect(winner({ owners }, 1)).toBe('Bob');
	});

	test('law: over n turns in a row each eligible owner has n/k of them', () => {
		fc.assert(
			fc.property(
				fc.nat(1000),
				fc.integer({ min: 1, max: 8 }),
				fc.integer({ min: 1, max: 5 }),
				(first, size, rounds) => {
					const owners = readOwners(
						Array.from({ length: size }, (_, index) => person(`P${index}`, 'Europe/Berlin')),
					);
					const planned = plan(request({ owners }));
					const names = Array.from(
						{ length: size * rounds },
						(_, step) => assign(planned, first + step + 1).owner.name,
					);
					for (const owner of owners) {
						expect(names.filter((name) => name === owner.name)).toHaveLength(rounds);
					}
				},
			),
		);
	});
});

describe('fallback', () => {
	const none = { ...everybody, matched: false };

	test('no pool matched', () => {
		expect(assign(plan(request({ pools: [none], fallback: 'cleo@example.com' })), 0)).toEqual({
			outcome: 'fallback',
			owner: team[2],
			reason: 'no pool matched the lead',
			candidates: [
				{
					owner: 'cleo@example.com',
					chosen: true,
					reason: 'fallback owner: no pool matched the lead',
				},
			],
		});
	});

	test('nobody is eligible: every member says why', () => {
		const owners = readOwners([{ ...ada, active: false }, bob]);
		const pools = [{ ...everybody, members: ['ada@example.com'] }];
		expect(assign(plan(request({ owners, pools, fallback: 'bob@example.com' })), 0)).toMatchObject({
			outcome: 'fallback',
			pool: 'World',
			owner: { name: 'Bob' },
			reason: "nobody in 'World' is eligible",
			candidates: [
				{ owner: 'ada@example.com', chosen: false, reason: 'switched off' },
				{ owner: 'bob@example.com', chosen: true },
			],
		});
	});

	test.each([
		['none is set', { pools: [none] }, "no 'Fallback Owner' is set"],
		[
			'it is unknown',
			{ fallback: 'eve@example.com' },
			'fallback owner "e***@example.com" is not among',
		],
		[
			'it is switched off',
			{
				pools: [none],
				owners: readOwners([{ ...bob, active: false }]),
				fallback: 'bob@example.com',
			},
			'the fallback owner is switched off',
		],
	])('%s: nothing is dropped', (_, more, message) => {
		expect(() => plan(request(more))).toThrow(message);
		expect(() => plan(request(more))).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
	});
});

describe('the existing owner', () => {
	test.each(['crm-cleo', 'cleo@example.com', 'CLEO@example.com'])(
		'%s keeps the lead',
		(existing) => {
			const assignment = assign(plan(request({ existing })), 0);
			expect(assignment).toMatchObject({ outcome: 'assigned', owner: { name: 'Cleo' } });
			expect(assignment.turn).toBeUndefined();
			expect(assignment.candidates.filter(({ chosen }) => chosen)).toHaveLength(1);
			expect(assignment.candidates).toHaveLength(3);
		},
	);

	test('who has left the list or is switched off does not', () => {
		const owners = readOwners([{ ...ada, active: false }, bob]);
		expect(winner({ owners, existing: 'crm-ada' }, 1)).toBe('Bob');
		expect(winner({ existing: 'crm-nobody' }, 2)).toBe('Bob');
	});
});

describe('answerBy', () => {
	const [, , newYork] = team;
	test.each([
		[
			'before opening',
			monday,
			'2026-11-23T14:15:00.000Z',
			'Mon 23 Nov 2026, 09:15 (America/New_York)',
		],
		[
			'on a Saturday',
			saturday,
			'2026-11-23T14:15:00.000Z',
			'Mon 23 Nov 2026, 09:15 (America/New_York)',
		],
		[
			'shortly before closing',
			Date.parse('2026-11-23T21:55Z'),
			'2026-11-24T14:10:00.000Z',
			'Tue 24 Nov 2026, 09:10 (America/New_York)',
		],
	])('%s', (_, now, dueAt, dueAtLocal) => {
		if (!newYork) throw new Error('no owner');
		expect(answerBy(newYork, 15, now)).toEqual({
			minutes: 15,
			dueAt,
			dueAtLocal,
			timezone: 'America/New_York',
		});
	});

	test('an absent owner starts with the return', () => {
		const [away] = readOwners([{ ...bob, awayUntil: '2026-12-01T10:00' }]);
		if (!away) throw new Error('no owner');
		expect(answerBy(away, 15, monday).dueAt).toBe('2026-12-01T09:15:00.000Z');
	});
});
