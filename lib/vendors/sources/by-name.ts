import { flatten, isRecord, type FlatForm } from '../../domain/form';
import { FIELD_IDS, spellings, type FormFieldId } from '../../domain/form-fields';
import { own } from '../../domain/own';
import { optOuts } from '../../domain/read-consent';
import type { SourceFields } from '../../domain/source-record';
import { first, type Payload, part } from './read';

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
	/** Opt-outs, wherever they stand among the fields. */
	readonly consent: Readonly<Record<string, boolean>> | undefined;
}

/** A sender's fields by their usual names, at any depth; the event's own are left to the source. */
export function byName(values: Payload): ByName {
	const form = flatten(lifted(values), ['consent']);
	const found = WANTED.flatMap((id) => {
		const value = first(...spellings(id).map((name) => form.get(name)?.value));
		return value === undefined ? [] : [[id, value] as const];
	});
	const refused = optOuts([...form.values()].map(({ name, value }) => [name, value] as const));
	return {
		fields: Object.fromEntries(found),
		custom: rest(form),
		consent: Object.keys(refused).length > 0 ? refused : undefined,
	};
}

const WANTED = FIELD_IDS.filter((id) => !ABOUT_THE_EVENT.has(id));
const KNOWN: ReadonlySet<string> = new Set(WANTED.flatMap(spellings));

const rest = (form: FlatForm) =>
	Object.fromEntries(
		[...form].flatMap(([key, { name, value }]) =>
			KNOWN.has(key) || first(value) === undefined ? [] : [[name, value] as const],
		),
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
