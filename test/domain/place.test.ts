import { IANAZone } from 'luxon';
import { getAlpha2Codes } from 'i18n-iso-countries';
import { countryCode } from '../../lib/domain/country-code';
import { inferZone, parseZone } from '../../lib/domain/time-zone';

it.each([
	['US', 'US'],
	['usa', 'US'],
	['U.S.A.', 'US'],
	['United States of America', 'US'],
	['DEU', 'DE'],
	['Deutschland', 'DE'],
	['ALLEMAGNE', 'DE'],
	['日本', 'JP'],
	['España', 'ES'],
	['espana', 'ES'],
	['UK', 'GB'],
	['Großbritannien', 'GB'],
	['Scotland', 'GB'],
	['The Netherlands', 'NL'],
	['Holland', 'NL'],
	['Bosnia & Herzegovina', 'BA'],
	['Guinea', 'GN'],
	['Niger', 'NE'],
	['Hong Kong', 'HK'],
	['Kosovo', 'XK'],
	// Two countries, or none.
	['Korea', undefined],
	['Congo', undefined],
	['Europe', undefined],
	['XX', undefined],
	['', undefined],
])('the country %s is %s', (text, code) => expect(countryCode(text)).toBe(code));

it('knows every country by its codes and its English name', () => {
	const english = new Intl.DisplayNames(['en'], { type: 'region' });
	const missed = Object.entries(getAlpha2Codes()).filter(
		([two, three]) =>
			countryCode(two) !== two ||
			countryCode(three) !== two ||
			countryCode(english.of(two) ?? '') !== two,
	);
	expect(missed).toEqual([]);
});

describe('time zones', () => {
	it.each([
		['DE', 'Europe/Berlin'],
		['DK', 'Europe/Copenhagen'],
		['NL', 'Europe/Amsterdam'],
		['IS', 'Atlantic/Reykjavik'],
		['GB', 'Europe/London'],
		['IN', 'Asia/Kolkata'],
		['VN', 'Asia/Ho_Chi_Minh'],
		// Several zones whose clocks agree are one.
		['AR', 'America/Argentina/Buenos_Aires'],
		// Several that do not are a guess.
		['US', undefined],
		['CA', undefined],
		['ES', undefined],
		['PT', undefined],
		['CN', undefined],
		['ZZ', undefined],
	])('a person in %s is in %s', (country, timezone) =>
		expect(inferZone({ country })?.timezone).toBe(timezone),
	);

	it('are zones that n8n can compute with', () => {
		const zones = Object.keys(getAlpha2Codes()).flatMap(
			(country) => inferZone({ country })?.timezone ?? [],
		);
		expect(zones.length).toBeGreaterThan(180);
		expect(zones.filter((zone) => !IANAZone.isValidZone(zone))).toEqual([]);
	});

	it('come from the state before the country, and from the address before the phone', () => {
		expect(inferZone({ country: 'US', state: 'ny', phoneCountry: 'DE' })).toEqual({
			timezone: 'America/New_York',
			timezoneSource: 'inferred:state',
		});
		expect(inferZone({ country: 'CA', state: 'Alberta' })?.timezone).toBe('America/Edmonton');
		expect(inferZone({ country: 'DE', state: 'Bayern', phoneCountry: 'GB' })).toEqual({
			timezone: 'Europe/Berlin',
			timezoneSource: 'inferred:country',
		});
		expect(inferZone({ phoneCountry: 'PL' })).toEqual({
			timezone: 'Europe/Warsaw',
			timezoneSource: 'inferred:phone',
		});
	});

	it.each([
		[{ country: 'US', state: 'TX' }],
		[{ country: 'US', state: 'Florida', phoneCountry: 'DE' }],
		[{ state: 'NY' }],
		[{ country: 'US', state: 'constructor' }],
		[{ country: 'constructor', state: 'NY' }],
		[{}],
	])('are not guessed from %j', (place) => expect(inferZone(place)).toBeUndefined());

	it.each([
		['Europe/Berlin', 'Europe/Berlin'],
		['America/New York', 'America/New_York'],
		['UTC', 'UTC'],
		['EST', undefined],
		['Berlin', undefined],
		['Europe/Atlantis', undefined],
	])('read %s as %s', (text, zone) => expect(parseZone(text)).toBe(zone));
});
