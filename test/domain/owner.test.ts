import { ownerBy, readOwners } from '../../lib/domain/owner';

const ada = { name: 'Ada Lovelace', email: 'Ada@Example.com', timezone: 'Europe/London' };

describe('readOwners', () => {
	test('fills in what a row lacks', () => {
		expect(readOwners([ada])).toEqual([
			{
				name: 'Ada Lovelace',
				email: 'ada@example.com',
				crmOwnerId: '',
				calendarId: 'ada@example.com',
				slackId: '',
				hours: { timezone: 'Europe/London', days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' },
				active: true,
			},
		]);
	});

	test('reads the rows of a table, with its nulls, numbers and own columns', () => {
		const row = {
			...ada,
			id: 7,
			createdAt: '2026-01-01',
			crmOwnerId: 512,
			slackId: null,
			days: 'Mon, tue,5',
			start: '',
			active: 'false',
			awayUntil: '2026-12-01',
		};
		expect(readOwners(JSON.stringify([row]))[0]).toMatchObject({
			id: '7',
			crmOwnerId: '512',
			slackId: '',
			hours: { days: [1, 2, 5], start: '09:00' },
			active: false,
			awayUntil: Date.parse('2026-12-01T00:00Z'),
		});
	});

	test("'away until' without an offset is on the owner's wall", () => {
		const away = { ...ada, timezone: 'America/New_York', awayUntil: '2026-12-01T09:00:00' };
		expect(readOwners([away])[0]?.awayUntil).toBe(Date.parse('2026-12-01T14:00Z'));
	});

	test.each([
		[{ ...ada, email: 'ada' }, "Owner 'Ada Lovelace': 'email' is \"ada\": is not an email address"],
		[
			{ ...ada, name: '', email: undefined },
			"Owner 1: 'email' is nothing: is not an email address",
		],
		[{ ...ada, timezone: 'GMT+25' }, "Owner 'Ada Lovelace': 'GMT+25' is not an IANA time zone"],
		[{ ...ada, timezone: undefined }, "Owner 'Ada Lovelace': '' is not an IANA time zone"],
		[{ ...ada, days: 'Mon,Fun' }, "Owner 'Ada Lovelace': 'days' is \"Mon,Fun\""],
		[{ ...ada, days: [8] }, "Owner 'Ada Lovelace': '8' is not a weekday"],
		[{ ...ada, start: '9am' }, "Owner 'Ada Lovelace': '9am' is not a time of day"],
		[{ ...ada, active: 'maybe' }, '\'active\' is "maybe": is neither true nor false'],
		[{ ...ada, awayUntil: 'Christmas' }, '\'awayUntil\' is "Christmas", not a date'],
		[{ ...ada, crmOwnerId: {} }, "Owner 'Ada Lovelace': 'crmOwnerId'"],
		['ada', "Owner 1: 'row' is nothing"],
	])('names the owner and the field: %p', (row, message) => {
		const read = () => readOwners([row]);
		expect(read).toThrow(message);
		expect(read).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
	});

	test.each([
		['[{', 'is not JSON'],
		[{}, 'not a list'],
		[[], 'is empty'],
		[undefined, 'not a list'],
		[[ada, { ...ada, email: 'ada@example.com' }], 'names Ada Lovelace twice ("a***@example.com")'],
	])('refuses %p', (source, message) => {
		expect(() => readOwners(source)).toThrow(message);
	});
});

test.each([
	['ADA@example.com ', 'ada@example.com'],
	['512', 'bob@example.com'],
	['row-3', 'carl@example.com'],
	['', undefined],
	[' ', undefined],
	['999', undefined],
])('ownerBy(%p) is %s', (key, email) => {
	const owners = readOwners([
		ada,
		{ email: 'bob@example.com', timezone: 'UTC', crmOwnerId: 512 },
		{ email: 'carl@example.com', timezone: 'UTC', id: 'row-3' },
	]);
	expect(ownerBy(owners, key)?.email).toBe(email);
});
