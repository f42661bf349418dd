import { companyKey, keptAs, lookupKey } from '../../../lib/vendors/lookup-cache';
import { lead } from '../../leads';

type Parts = NonNullable<Parameters<typeof lead>[0]>;

const nobody = { email: undefined };
const key = ({ identity, person, company }: Record<'identity' | 'person' | 'company', object>) =>
	lookupKey('p', lead({ identity, person, company } as Parts));

describe('under which a person is kept', () => {
	const nameless = { firstName: undefined, lastName: undefined };
	const homeless = { name: undefined, domain: undefined };
	const phones = ['+16175550142', '+16175550143'];

	it.each([
		['a phone number and nothing else', nameless, homeless],
		['a phone number and a company', nameless, {}],
		['a phone number and a name', {}, homeless],
	])('tells two people apart who are known by %s', (_, person, company) => {
		const [one, other] = phones.map((phone) =>
			key({ identity: { ...nobody, phone }, person, company }),
		);
		expect(one).not.toBe(other);
	});

	it('tells the people behind a desk apart, and keeps one answer for an address of somebody', () => {
		const at = (emailKind: string, firstName: string) =>
			key({
				identity: { email: 'info@northwind.com', emailKind },
				person: { firstName },
				company: {},
			});
		expect(at('role', 'Dana')).not.toBe(at('role', 'Rob'));
		expect(at('business', 'Dana')).toBe(at('business', 'D.'));
	});
});

describe('of a provider', () => {
	it('is that of the account that asked', () => {
		const [one, other] = ['a', 'b'].map((revision) => keptAs({ id: 'apollo', revision }));
		expect(lookupKey(one ?? '', lead())).not.toBe(lookupKey(other ?? '', lead()));
		expect(companyKey(one ?? '', { domain: 'x.com' })).not.toBe(
			companyKey(other ?? '', { domain: 'x.com' }),
		);
	});
});
