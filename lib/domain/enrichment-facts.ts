import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { getDomain } from 'tldts';
import { z } from 'zod';
import { countryCode } from './country-code';
import { FIELD_PATHS, type FactValue, type FieldPath, type Facts } from './enrichment-fields';
import { Company, Identity, Person } from './lead';

/**
 * Leaves of a vendor's answer, for its zod schema. A value of another type is read as absent and does
 * not spoil the rest: on free plans some providers answer `true` where a phone number would stand.
 */
export const loose = {
	text: z.string().nullish().catch(undefined),
	number: z.number().nullish().catch(undefined),
	texts: z.array(z.string()).nullish().catch(undefined),
};

/**
 * What a provider said, in the form of the canonical lead. Empty, null, boolean and unreadable values
 * are left out, and so is everything that would have to be guessed: a phone number without its
 * country code, a country that is not surely one, zero employees.
 */
export function facts(said: Readonly<Partial<Record<FieldPath, unknown>>>): Facts {
	const clean: Partial<Record<FieldPath, FactValue>> = {};
	for (const path of FIELD_PATHS) {
		const value = RULES[path](said[path]);
		if (value !== undefined) clean[path] = value;
	}
	return clean;
}

type Rule = (value: unknown) => FactValue | undefined;

const text: Rule = (value) =>
	typeof value === 'string' && value.trim() ? value.trim() : undefined;

/** Normalised by `change`, then kept only if the canonical lead accepts it. */
const readAs =
	(schema: z.ZodType<FactValue | undefined>, change: (value: string) => unknown): Rule =>
	(value) => {
		const trimmed = text(value);
		const parsed = schema.safeParse(typeof trimmed === 'string' ? change(trimmed) : undefined);
		return parsed.success ? parsed.data : undefined;
	};

const lower = (value: string) => value.toLowerCase();
const phone = readAs(Identity.shape.phone, (value) => {
	const number = parsePhoneNumberFromString(value);
	return number?.isPossible() ? number.number : undefined;
});
const link = readAs(Person.shape.linkedinUrl, (value) =>
	value.replace(/^(?:https?:)?(?:\/\/)?(?:www\.)?linkedin\.com\//i, 'https://www.linkedin.com/'),
);
const country = readAs(Person.shape.country, countryCode);
const timezone = readAs(Person.shape.timezone, (value) =>
	/^[A-Za-z]+(?:\/[A-Za-z_+-]+)+$/.test(value) ? value : undefined,
);
const amount =
	(schema: z.ZodType<FactValue | undefined>): Rule =>
	(value) => {
		const parsed = schema.safeParse(typeof value === 'number' && value > 0 ? value : undefined);
		return parsed.success ? parsed.data : undefined;
	};

const list: Rule = (value) => {
	const names = (Array.isArray(value) ? value : [])
		.map((name: unknown) => text(name))
		.filter((name) => name !== undefined);
	return names.length ? [...new Set(names.map(String))] : undefined;
};

const RULES: Readonly<Record<FieldPath, Rule>> = {
	'identity.email': readAs(Identity.shape.email, lower),
	'identity.emailStatus': readAs(Identity.shape.emailStatus, lower),
	'identity.phone': phone,
	'person.firstName': text,
	'person.lastName': text,
	'person.fullName': text,
	'person.title': text,
	'person.seniority': readAs(Person.shape.seniority, lower),
	'person.department': text,
	'person.linkedinUrl': link,
	'person.timezone': timezone,
	'person.country': country,
	'person.city': text,
	'company.name': text,
	'company.domain': readAs(Company.shape.domain, (value) => getDomain(value) ?? undefined),
	'company.employeeCount': amount(Company.shape.employeeCount),
	'company.industry': text,
	'company.revenue': amount(Company.shape.revenue),
	'company.techStack': list,
	'company.phone': phone,
	'company.linkedinUrl': link,
	'company.country': country,
};
