import { DateTime } from 'luxon';
import { mapContact, mapValues } from '../../lib/domain/contact-mapping';
import { Lead } from '../../lib/domain/lead';

const lead = Lead.parse({
	schemaVersion: 1,
	identity: { email: 'maria@example.com', phone: '+4915112345678' },
	person: { firstName: 'Maria', title: 'CTO', country: 'DE' },
	company: { name: 'Example', domain: 'example.com', revenue: 5_000_000, employeeCount: 120 },
	attribution: {},
	consent: {},
	activities: [],
	custom: {},
	source: {
		system: 'form',
		event: 'webform_submitted',
		occurredAt: '2026-11-21T09:00:00Z',
		receivedAt: '2026-11-21T09:00:01Z',
	},
});

test('the facts of a lead under the names of the CRM, and only those that are known', () => {
	const names = {
		firstName: 'firstname',
		lastName: 'lastname',
		country: 'country',
		revenue: 'annualrevenue',
	} as const;
	expect(mapContact(lead, names)).toEqual({
		firstname: 'Maria',
		country: 'Germany',
		annualrevenue: '5000000',
	});
});

test('the country of the company stands in for that of the person', () => {
	const abroad = { ...lead, person: {}, company: { country: 'US' } };
	expect(mapContact(abroad, { country: 'country' })).toEqual({ country: 'United States' });
});

test.each<[string, unknown, string | undefined]>([
	['a number', 70.5, '70.5'],
	['zero', 0, '0'],
	['not a number', Number.NaN, undefined],
	['false', false, 'false'],
	['null', null, undefined],
	['blank', '  ', undefined],
	['a list', ['a', '', 'b'], 'a;b'],
	['a date', new Date('2026-11-21T09:00:00Z'), '2026-11-21T09:00:00.000Z'],
	['a luxon time', DateTime.fromISO('2026-11-21T10:00:00+01:00'), '2026-11-21T09:00:00.000Z'],
])('%s as text', (_name, value, text) => {
	expect(mapValues({ x: value })).toEqual(text === undefined ? {} : { x: text });
});

test('an object is refused with the name of the property', () => {
	expect(() => mapValues({ lead_score: { value: 3 } })).toThrow(
		"Property 'lead_score' is mapped to an object",
	);
});
