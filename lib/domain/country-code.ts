import { getCountries } from 'libphonenumber-js';

/** Names that vendors write and CLDR does not. */
const ALSO: Readonly<Record<string, string>> = {
	'czech republic': 'CZ',
	england: 'GB',
	holland: 'NL',
	'korea, republic of': 'KR',
	'hong kong': 'HK',
	macau: 'MO',
	'republic of ireland': 'IE',
	'republic of korea': 'KR',
	'russian federation': 'RU',
	scotland: 'GB',
	'the netherlands': 'NL',
	turkey: 'TR',
	uk: 'GB',
	'united states of america': 'US',
	'u.s.': 'US',
	'u.s.a.': 'US',
	usa: 'US',
	'viet nam': 'VN',
	wales: 'GB',
};

const english = new Intl.DisplayNames(['en'], { type: 'region' });
const CODES: ReadonlySet<string> = new Set(getCountries());
const BY_NAME: ReadonlyMap<string, string> = new Map([
	...[...CODES].map((code) => [english.of(code)?.toLowerCase() ?? code, code] as const),
	...Object.entries(ALSO),
]);

/** ISO 3166-1 alpha-2 of a code or an English name; undefined where it is not surely one country. */
export function countryCode(value: string): string | undefined {
	const asked = value.trim();
	const code = asked.toUpperCase();
	return BY_NAME.get(asked.toLowerCase()) ?? (CODES.has(code) ? code : undefined);
}
