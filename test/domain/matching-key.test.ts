import fc from 'fast-check';
import { companyKey, emailKey } from '../../lib/domain/matching-key';

describe('email keys', () => {
	it.each([
		['Ada.Lovelace+demo@gmail.com', 'adalovelace@gmail.com'],
		['a.d.a@GoogleMail.com', 'ada@gmail.com'],
		['Ada.Lovelace+demo@Northwind-Analytics.com', 'ada.lovelace@northwind-analytics.com'],
		['+ada@northwind-analytics.com', '+ada@northwind-analytics.com'],
		['ada@mail.northwind-analytics.com', 'ada@mail.northwind-analytics.com'],
		['ada', undefined],
	])('%s', (email, key) => expect(emailKey(email)).toBe(key));

	it('are keys of themselves, and blind to case and spaces around', () => {
		fc.assert(
			fc.property(fc.emailAddress(), (email) => {
				const key = emailKey(email);
				expect(emailKey(` ${email.toUpperCase()} `)).toBe(key);
				if (key) expect(emailKey(key)).toBe(key);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('company keys', () => {
	it.each([
		['The ACME Robotics GmbH & Co. KG', 'acme robotics'],
		['Acme, Inc.', 'acme'],
		['ACME Incorporated', 'acme'],
		['Société Générale S.A.', 'societe generale'],
		['Żabka Polska Sp. z o.o.', 'zabka polska'],
		['Grupo Bimbo, S.A.B. de C.V.', 'grupo bimbo'],
		['PT Telkom Indonesia Tbk', 'telkom indonesia'],
		['Oy Nokia Ab', 'nokia'],
		['株式会社東芝', '東芝'],
		['東芝(株)', '東芝'],
		['㈱東芝', '東芝'],
		['삼성전자 주식회사', '삼성전자'],
		['ООО Ромашка', 'ромашка'],
		['AT&T Inc', 'at and t'],
		['Johnson & Johnson', 'johnson and johnson'],
		['Tiffany & Co.', 'tiffany'],
		// Nothing would be left.
		['AG', 'ag'],
		['Limited', 'limited'],
		['!!!', undefined],
	])('%s', (name, key) => expect(companyKey(name)).toBe(key));

	it('are keys of themselves, and blind to case, width and spaces', () => {
		const word = fc.constantFrom('Acme', 'Müller', 'Labs', '東芝', 'AG', 'Inc.', 'The', 'and', '&');
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.array(word).map((words) => words.join(' ')),
				),
				(name) => {
					const key = companyKey(name);
					if (key) expect(companyKey(key)).toBe(key);
					expect(companyKey(`  ${name}  `)).toBe(key);
				},
			),
			{ numRuns: 2000 },
		);
	});
});
