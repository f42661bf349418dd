import { isRecord, readForm } from '../../domain/form';
import { formConsent } from '../../domain/form-consent';
import { FIELD_IDS, type FormFieldId } from '../../domain/form-fields';
import { namedFields } from '../../domain/named-fields';
import { own } from '../../domain/own';
import type { SourceFields } from '../../domain/source-record';
import { type Payload, part } from './read';

/** What a sender says about the event rather than about the person. */
const ABOUT_THE_EVENT: ReadonlySet<FormFieldId> = new Set([
	'event',
	'eventId',
	'occurredAt',
	'recordId',
	'sourceSystem',
]);

/** `{ company: { name, domain } }` says the company's name, not the person's. */
const COMPANY: ReadonlySet<string> = new Set([
	'company',
	'organization',
	'organisation',
	'account',
]);
const OF_COMPANY: Readonly<Record<string, string>> = {
	name: 'company_name',
	domain: 'company_domain',
	website: 'company_website',
	url: 'company_url',
	id: 'company_id',
	size: 'company_size',
};

/** What an event calls so is a page, a product or a file: `title` is no job there. */
export const OF_THE_THING = ['name', 'title', 'position', 'url', 'referrer'] as const;

export interface ByName {
	readonly fields: SourceFields;
	/** What has no name of ours, under the sender's. */
	readonly custom: Payload;
	/** What is said about it, wherever it stands among the fields; as `readConsent` takes it. */
	readonly consent: unknown;
}

/** A sender's fields by their usual names, at any depth; the event's own are left to the source. */
export function byName(values: Payload): ByName {
	const { fields: form, consents } = readForm(lifted(values));
	const { fields, rest } = namedFields(form, WANTED);
	return { fields, custom: rest, consent: formConsent(form.values(), consents) };
}

const WANTED: ReadonlySet<FormFieldId> = new Set(
	FIELD_IDS.filter((id) => !ABOUT_THE_EVENT.has(id)),
);

/** The payload with its nested companies in one level with the rest. */
export function lifted(values: Payload): Payload {
	const entries = Object.entries(values).map(
		([name, value]) => [name, isRecord(value) ? lifted(value) : value] as const,
	);
	const [companies, others] = [true, false].map((wanted) =>
		entries.filter(([name, value]) => isCompany(name, value) === wanted),
	);
	const ofCompanies = (companies ?? []).flatMap(([, value]) =>
		Object.entries(part(value)).map(
			([key, found]) => [own(OF_COMPANY, key.toLowerCase()) ?? key, found] as const,
		),
	);
	return Object.fromEntries([...ofCompanies, ...(others ?? [])]);
}

/** Not `{ company: { value } }`, which is HubSpot's way to write one text. */
const isCompany = (name: string, value: unknown) =>
	COMPANY.has(name.toLowerCase()) && isRecord(value) && !('value' in value);
