import { getAllTimezones, type Timezone } from 'countries-and-timezones';
import { IANAZone } from 'luxon';
import { zoneOfState } from './state-zones';

/** How sure a time zone is: the person or the sender said it, a provider did, or it was worked out. */
export const TIMEZONE_SOURCES = [
	'given',
	'enriched',
	'inferred:state',
	'inferred:country',
	'inferred:phone',
] as const;

const ZONES: ReadonlySet<string> = new Set(Object.keys(getAllTimezones({ deprecated: true })));

export type TimezoneSource = (typeof TIMEZONE_SOURCES)[number];

export interface Place {
	/** ISO 3166-1 alpha-2. */
	readonly country?: string | undefined;
	/** Code or English name. */
	readonly state?: string | undefined;
	/** Country of the phone number, ISO 3166-1 alpha-2. */
	readonly phoneCountry?: string | undefined;
}

export interface InferredZone {
	/** IANA zone. */
	readonly timezone: string;
	readonly timezoneSource: TimezoneSource;
}

/** The spelling of an IANA zone that the text names; undefined when it is none. `EST5EDT` is no place. */
export function parseZone(text: string): string | undefined {
	const zone = text.replace(/ /g, '_');
	if (zone === 'UTC' || zone === 'Etc/UTC') return 'UTC';
	return zone.includes('/') && isZone(zone) ? zone : undefined;
}

/** Luxon remembers the zones that it has made, and asking anew takes a tenth of a millisecond; a stranger's text is not to be remembered. */
const isZone = (zone: string) =>
	ZONES.has(zone) ? IANAZone.create(zone).isValid : IANAZone.isValidZone(zone);

/**
 * The zone that a person surely is in, or undefined: a country whose zones differ says nothing. An
 * address counts before the phone number, which people take along when they move.
 */
export function inferZone({ country, state, phoneCountry }: Place): InferredZone | undefined {
	const byState = country && state ? zoneOfState(state, country) : undefined;
	if (byState) return { timezone: byState, timezoneSource: 'inferred:state' };
	if (country) return inferred(country, 'inferred:country');
	return phoneCountry ? inferred(phoneCountry, 'inferred:phone') : undefined;
}

function inferred(country: string, timezoneSource: TimezoneSource): InferredZone | undefined {
	const timezone = zoneOfCountry(country);
	return timezone === undefined ? undefined : { timezone, timezoneSource };
}

const known = new Map<string, string | undefined>();

/** One zone for a country all of whose clocks agree all year, under the country's own name for it. */
function zoneOfCountry(country: string): string | undefined {
	if (!known.has(country)) known.set(country, findZone(country));
	return known.get(country);
}

function findZone(country: string): string | undefined {
	const all = Object.values(getAllTimezones({ deprecated: true })).filter(({ countries }) =>
		countries.some((code) => code === country),
	);
	const zones = all.filter(({ aliasOf }) => aliasOf === null);
	const [first] = zones;
	if (!first || !zones.every((zone) => agree(zone, first))) return undefined;
	// Copenhagen is filed as an alias of Berlin, and a Dane would wonder about Berlin.
	const own =
		zones.find(({ countries }) => countries[0] === country) ??
		all.find(({ name, countries }) => name.includes('/') && countries.join() === country) ??
		first;
	return IANAZone.isValidZone(own.name) ? own.name : undefined;
}

const agree = (one: Timezone, other: Timezone) =>
	one.utcOffset === other.utcOffset && one.dstOffset === other.dstOffset;
