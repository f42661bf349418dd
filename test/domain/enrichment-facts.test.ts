import fc from 'fast-check';
import { countryCode } from '../../lib/domain/country-code';
import { facts } from '../../lib/domain/enrichment-facts';
import { FIELD_PATHS, withFacts, type FieldPath } from '../../lib/domain/enrichment-fields';
import { Lead } from '../../lib/domain/lead';
import { lead } from '../leads';

describe('facts', () => {
	it.each<[FieldPath, unknown, unknown]>([
		['person.seniority', ' Director ', 'director'],
		['person.title', '  ', undefined],
		['person.title', true, undefined],
		['person.title', null, undefined],
		['identity.email', 'Dana@Northwind.COM', 'dana@northwind.com'],
		['identity.email', 'not an address', undefined],
		['identity.emailStatus', 'accept_all', 'accept_all'],
		['identity.emailStatus', 'probably', undefined],
		['identity.phone', '+1 (617) 555-0142', '+16175550142'],
		['identity.phone', '(617) 555-0142', undefined],
		['identity.phone', true, undefined],
		['person.country', 'Germany', 'DE'],
		['person.country', 'EMEA', undefined],
		['person.linkedinUrl', 'http://www.linkedin.com/in/dana', 'https://www.linkedin.com/in/dana'],
		['person.linkedinUrl', 'linkedin.com/in/dana', 'https://www.linkedin.com/in/dana'],
		['person.timezone', 'America/New_York', 'America/New_York'],
		['person.timezone', 'GMT+2', undefined],
		['company.domain', 'https://www.Example.co.uk/about', 'example.co.uk'],
		['company.employeeCount', 800, 800],
		['company.employeeCount', 0, undefined],
		['company.employeeCount', '51-200', undefined],
		['company.revenue', 1.5e6, 1_500_000],
		['company.techStack', ['HubSpot', '', 'HubSpot'], ['HubSpot']],
		['company.techStack', [], undefined],
	])('reads %s %j as %j', (path, said, known) => {
		expect(facts({ [path]: said })[path]).toEqual(known);
	});

	it('never lets anything into the lead that the lead does not accept', () => {
		const said = fc.dictionary(fc.constantFrom(...FIELD_PATHS), fc.anything());
		fc.assert(
			fc.property(said, (any) => {
				expect(() => Lead.parse(withFacts(lead(), facts(any)))).not.toThrow();
			}),
		);
	});
});

describe('countryCode', () => {
	it.each([
		['Germany', 'DE'],
		['united states', 'US'],
		['United States of America', 'US'],
		['UK', 'GB'],
		['gb', 'GB'],
		['Turkey', 'TR'],
		['Europe', undefined],
		['ZZ', undefined],
		['', undefined],
	])('reads %j as %s', (value, code) => {
		expect(countryCode(value)).toBe(code);
	});
});
