import { alpha3ToAlpha2, getAlpha2Codes } from 'i18n-iso-countries';
import { foldText } from './person-name';

/** Names that people write and CLDR does not, as `foldText` leaves them. */
const ALSO: Readonly<Record<string, string>> = {
	america: 'US',
	bosnia: 'BA',
	britain: 'GB',
	burma: 'MM',
	'cape verde': 'CV',
	'czech republic': 'CZ',
	'democratic republic of the congo': 'CD',
	drc: 'CD',
	'east timor': 'TL',
	england: 'GB',
	'gran bretagna': 'GB',
	'gran bretana': 'GB',
	'grande bretagne': 'GB',
	'great britain': 'GB',
	grossbritannien: 'GB',
	holland: 'NL',
	'hong kong': 'HK',
	'ivory coast': 'CI',
	'korea republic of': 'KR',
	ksa: 'SA',
	macau: 'MO',
	macedonia: 'MK',
	'mainland china': 'CN',
	'northern ireland': 'GB',
	palestine: 'PS',
	'peoples republic of china': 'CN',
	'pr china': 'CN',
	prc: 'CN',
	'republic of ireland': 'IE',
	'republic of korea': 'KR',
	'russian federation': 'RU',
	scotland: 'GB',
	'slovak republic': 'SK',
	swaziland: 'SZ',
	turkey: 'TR',
	uae: 'AE',
	uk: 'GB',
	'united states of america': 'US',
	us: 'US',
	usa: 'US',
	vatican: 'VA',
	'viet nam': 'VN',
	wales: 'GB',
};

/** The languages of the forms that reach us; in a dispute English wins, and no other wins at all. */
const LANGUAGES = 'de fr es it pt nl sv da nb fi pl cs sk hu ro tr el ru uk ja ko zh'.split(' ');

/** Names that some language gives to one country and people give to two. */
const TWO_COUNTRIES: ReadonlySet<string> = new Set(['congo', 'korea']);

const CODES: ReadonlySet<string> = new Set([...Object.keys(getAlpha2Codes()), 'XK']);
const BY_NAME = namesOfCountries();

/** ISO 3166-1 alpha-2 of a code (two or three letters) or a name; undefined where it is not surely one country. */
export function countryCode(value: string): string | undefined {
	const name = nameKey(value);
	const code = value.trim().toUpperCase();
	return BY_NAME.get(name) ?? (CODES.has(code) ? code : alpha3ToAlpha2(code));
}

/** The name as it is looked up: `The Netherlands` is `netherlands`, `U.S.A.` is `usa`. */
function nameKey(name: string): string {
	return foldText(name.replace(/&/g, ' and '))
		.replace(/^the (?=\S)/, '')
		.replace(/ sar china$/, '');
}

function namesOfCountries(): ReadonlyMap<string, string> {
	const [english = [], ...others] = ['en', ...LANGUAGES].map(namesIn);
	const names = new Map<string, string | undefined>();
	for (const [name, code] of others.flat())
		names.set(name, names.has(name) && names.get(name) !== code ? undefined : code);
	for (const [name, code] of [...english, ...Object.entries(ALSO)]) names.set(name, code);
	return new Map([...names].flatMap(([name, code]) => (code ? [[name, code] as const] : [])));
}

function namesIn(language: string): ReadonlyArray<readonly [string, string]> {
	const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
	return [...CODES].flatMap((code) => {
		const name = nameKey(names.of(code) ?? '');
		return isName(name) ? [[name, code] as const] : [];
	});
}

/** Two letters are a code, whatever a language means by them. */
function isName(name: string): boolean {
	return (name.length > 2 || /[^a-z]/.test(name)) && !TWO_COUNTRIES.has(name);
}
