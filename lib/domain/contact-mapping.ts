import { DateTime } from 'luxon';
import { PipelineError } from './errors';
import type { Lead } from './lead';

/** What every CRM keeps about a contact, under names of its own. */
export type StandardField =
	| 'firstName'
	| 'lastName'
	| 'phone'
	| 'title'
	| 'company'
	| 'website'
	| 'industry'
	| 'revenue'
	| 'city'
	| 'country';

/** Standard field to the CRM's property; a field that the CRM does not have is left out. */
export type FieldNames = Readonly<Partial<Record<StandardField, string>>>;

/** The facts of a lead under the CRM's names. The address is not among them: it is the key of the record. */
export function mapContact(lead: Lead, names: FieldNames): Record<string, string> {
	const { identity, person, company } = lead;
	const facts: Record<StandardField, unknown> = {
		firstName: person.firstName,
		lastName: person.lastName,
		phone: identity.phone,
		title: person.title,
		company: company.name,
		website: company.domain,
		industry: company.industry,
		revenue: company.revenue,
		city: person.city,
		country: countryName(person.country ?? company.country),
	};
	const named = Object.entries(names).map(([field, name]) => [name, facts[field as StandardField]]);
	return mapValues(Object.fromEntries(named) as Record<string, unknown>);
}

/**
 * Values of any kind as the text a CRM takes: lists joined by `;`, times in UTC, absent and empty
 * ones left out. Throws `INVALID_INPUT` for an object.
 */
export function mapValues(values: Readonly<Record<string, unknown>>): Record<string, string> {
	const texts = Object.entries(values).map(([name, value]) => [name, toText(name, value)] as const);
	return Object.fromEntries(texts.filter((entry): entry is [string, string] => Boolean(entry[1])));
}

function toText(name: string, value: unknown): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
	if (typeof value === 'boolean') return String(value);
	if (value instanceof Date) return value.toISOString();
	if (DateTime.isDateTime(value)) return value.toUTC().toISO() ?? undefined;
	if (Array.isArray(value)) {
		return value
			.map((entry) => toText(name, entry))
			.filter(Boolean)
			.join(';');
	}
	throw new PipelineError(
		'INVALID_INPUT',
		`Property '${name}' is mapped to an object. Map one of its values, e.g. ={{ $json.score.value }}`,
	);
}

/** CRMs keep the name of a country, not its code. */
function countryName(code: string | undefined): string | undefined {
	if (!code) return undefined;
	return new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? code;
}
