import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { describeBooked } from '../../nodes/ScheduleMeeting/describe';
import { readWish } from '../../nodes/ScheduleMeeting/read-meeting';

const PARAMETERS: IDataObject = {
	calendarId: 'grace@example.com',
	workingHours: 'define',
	timezone: 'Europe/Berlin',
	days: [1, 2, 3, 4, 5],
	start: '09:00',
	end: '17:00',
	title: 'Intro call',
	meetingKey: 'e-1',
	options: { additionalAttendees: 'se@example.com' },
};

/** What the node makes of an item: n8n hands parameters out by name. */
function wishFor(lead: IDataObject, parameters: IDataObject = {}) {
	const values: IDataObject = { ...PARAMETERS, ...parameters };
	const node = {
		getNodeParameter: (name: string, _index: number, fallback: unknown) => values[name] ?? fallback,
	};
	return readWish(
		node as unknown as IExecuteFunctions,
		{ item: { json: { lead } }, index: 0, json: { lead }, correlationId: 'c-1' },
		'book',
	);
}

const lead = (consent?: unknown): IDataObject => ({
	identity: { email: 'ada@northwind-analytics.com' },
	person: { fullName: 'Ada Lovelace' },
	...(consent !== undefined && { consent: consent as IDataObject }),
});
const ADA = { email: 'ada@northwind-analytics.com', name: 'Ada Lovelace' };
const SE = { email: 'se@example.com' };

describe('the guests of a meeting', () => {
	it.each([
		['no consent', undefined],
		['nothing refused', { channels: {} }],
		['another channel refused', { channels: { phone: false } }],
	])('include the lead with %s', (_, consent) => {
		const wish = wishFor(lead(consent));
		expect(wish.details.attendees).toEqual([ADA, SE]);
		expect(wish).not.toHaveProperty('leadNotInvited');
	});

	it('do not include a lead who refused email, and the item says so', () => {
		const wish = wishFor(lead({ channels: { email: false } }));
		expect(wish.details.attendees).toEqual([SE]);
		const event = { eventId: 'e', start: 0, end: 1_800_000, repeated: false };
		const booked = { kind: 'booked', event, considered: [] } as const;
		const outcome = describeBooked(booked, wish, 'google');
		expect(outcome.add['meeting']).toMatchObject({ leadNotInvited: 'the person refused email' });
		expect(outcome.note).toContain('the lead is not invited: the person refused email');
	});

	it('are not asked about consent when the lead is not to be invited', () => {
		const wish = wishFor(lead({ channels: { email: false } }), { inviteLead: false });
		expect(wish.details.attendees).toEqual([SE]);
		expect(wish).not.toHaveProperty('leadNotInvited');
	});

	it.each([['yes'], [{ channels: { email: 'no' } }], [{ channels: null }]])(
		'are not guessed from the consent %j',
		(consent) =>
			expect(() => wishFor(lead(consent))).toThrow(/'lead.consent' is .* cannot be read/),
	);
});
