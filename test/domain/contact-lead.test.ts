import { identityOf, leadOfContact } from '../../lib/domain/contact-lead';
import { Lead } from '../../lib/domain/lead';

const account = { domain: 'northwind.com', company: { name: 'Northwind', employeeCount: 800 } };
const said = { provider: 'apollo', at: '2026-11-21T09:00:00.000Z' };

describe('a contact as a lead', () => {
	it('is a canonical lead at the account, without any consent', () => {
		const lead = leadOfContact(
			{ id: 'p1', firstName: 'Ada', title: 'CRO', email: 'Ada@Northwind.com' },
			account,
			said,
		);
		expect(Lead.parse(lead)).toEqual(lead);
		expect(lead).toMatchObject({
			identity: {
				email: 'ada@northwind.com',
				emailKind: 'business',
				externalIds: { apollo: 'p1' },
			},
			person: { firstName: 'Ada', title: 'CRO' },
			company: { name: 'Northwind', domain: 'northwind.com', employeeCount: 800 },
			consent: { channels: {} },
			source: { system: 'apollo', recordId: 'p1', event: 'contact_found' },
		});
	});

	it('leaves out what cannot be read', () => {
		const { identity, person } = leadOfContact(
			{ email: 'no address', phone: '555', linkedinUrl: 'x y' },
			account,
			said,
		);
		expect(identity).toEqual({ externalIds: {} });
		expect(person).toEqual({});
	});

	it('has the same event for the same person, and another for another; no address in it', () => {
		const idOf = (email: string) => leadOfContact({ email }, account, said).source.eventId;
		expect(idOf('ada@northwind.com')).toBe(idOf('ADA@northwind.com'));
		expect(idOf('ada@northwind.com')).not.toBe(idOf('bo@northwind.com'));
		expect(idOf('ada@northwind.com')).not.toContain('ada');
	});
});

it.each([
	[{ email: 'A@b.com', id: '1' }, 'a@b.com'],
	[{ linkedinUrl: 'https://l/in/A', id: '1' }, 'https://l/in/a'],
	[{ id: '1', fullName: 'Ada' }, '1'],
	[{ firstName: 'Ada', lastName: 'B', title: 'CRO' }, 'ada b cro'],
])('tells %j apart by %s', (contact, key) => {
	expect(identityOf(contact)).toBe(key);
});
