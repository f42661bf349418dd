import { countryCode } from './country-code';
import { parseDomain } from './email';
import { asText, type FieldReader } from './field-reader';
import type { FormFieldId } from './form-fields';
import type { Lead } from './lead';
import { personName } from './person-name';
import { parsePhone } from './phone';
import { inferZone, parseZone, type InferredZone, type Place } from './time-zone';

type Optional<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

export interface NormalizedPerson {
	readonly identity: Optional<Pick<Lead['identity'], 'phone' | 'phoneExtension'>>;
	readonly person: Optional<Lead['person']>;
}

/** `defaultCountry` is for phone numbers that say no country, when the person says none either. */
export function normalizePerson(
	{ read }: FieldReader,
	defaultCountry: string | undefined,
): NormalizedPerson {
	const text = (id: FormFieldId) => read(id, asText, 'is not text');
	const country = read('country', countryCode, 'is not the name or code of one country');
	const phone = read(
		'phone',
		(number) => parsePhone(number, country ?? defaultCountry),
		'is not a phone number, or its country is unknown',
	);
	const extension = read('phoneExtension', digits, 'is not an extension of digits');
	const state = text('state');
	return {
		identity: { phone: phone?.number, phoneExtension: phone?.extension ?? extension },
		person: {
			...personName({
				firstName: text('firstName'),
				lastName: text('lastName'),
				fullName: text('fullName'),
			}),
			title: text('title'),
			seniority: text('seniority'),
			department: text('department'),
			linkedinUrl: read('linkedinUrl', webAddress, 'is not a web address'),
			...zoneOf(read('timezone', parseZone, 'is not an IANA time zone'), {
				country,
				state,
				phoneCountry: phone?.country,
			}),
			country,
			state,
			city: text('city'),
		},
	};
}

const zoneOf = (timezone: string | undefined, place: Place): InferredZone | undefined =>
	timezone === undefined ? inferZone(place) : { timezone, timezoneSource: 'given' };

const digits = (text: string) => (/^\d{1,15}$/.test(text) ? text : undefined);

export const webAddress = (text: string) => {
	const url = /^https?:\/\//i.test(text) ? text : `https://${text}`;
	return URL.canParse(url) && parseDomain(url) ? url : undefined;
};

export const present = (values: Readonly<Record<string, unknown>>) =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
