import { z } from 'zod';
import { PipelineError } from './errors';
import type { RecordId } from './identity-values';
import { Lead } from './lead';
import { maskValue } from './mask';
import { isSharedDomain } from './shared-domain';

/** What identifies somebody, as one record tells it. */
export interface PersonRecord {
	readonly ids: readonly RecordId[];
	/** As written, in lower case. */
	readonly emails: readonly string[];
	/** E.164. */
	readonly phones: readonly string[];
	readonly name?: string | undefined;
	readonly company?: string | undefined;
	/** Registrable domain of the company; never one that people of many companies use. */
	readonly domain?: string | undefined;
}

/** The person of a canonical lead; `more`: ids of the same person that stand elsewhere on the item. */
export function personOf(lead: Lead, more: readonly RecordId[] = []): PersonRecord {
	const { identity, person, company } = lead;
	const { firstName, lastName, fullName } = person;
	const ids = Object.entries(identity.externalIds).map(([system, id]) => ({ system, id }));
	return {
		ids: [...ids, ...more],
		emails: identity.email ? [identity.email] : [],
		phones: identity.phone ? [identity.phone] : [],
		name: fullName ?? ([firstName, lastName].filter(Boolean).join(' ') || undefined),
		company: company.name,
		domain: ofOneCompany(company.domain),
	};
}

/** Forms fill in `gmail.com`, and people their page at LinkedIn. */
const ofOneCompany = (domain: string | undefined) =>
	domain !== undefined && isSharedDomain(domain) ? undefined : domain;

const text = z.union([z.string(), z.number()]).transform(String);

/** A record found elsewhere (a CRM search, say): a canonical lead, or these fields. */
const Flat = z.object({
	system: text.default('crm'),
	id: text,
	email: text.nullish(),
	phone: text.nullish(),
	firstName: text.nullish(),
	lastName: text.nullish(),
	fullName: text.nullish(),
	company: text.nullish(),
	domain: text.nullish(),
});

/** Readers of what people write; the canonical ones. Undefined: it cannot be read. */
export interface FlatReaders {
	readonly email: (text: string) => string | undefined;
	readonly phone: (text: string) => string | undefined;
	readonly domain: (text: string) => string | undefined;
}

/** A candidate that the user gave. Throws `INVALID_INPUT`. */
export function personOfCandidate(value: unknown, read: FlatReaders): PersonRecord {
	const lead = Lead.safeParse(value);
	if (lead.success) return personOf(lead.data);
	const flat = Flat.safeParse(value);
	if (!flat.success) {
		throw new PipelineError(
			'INVALID_INPUT',
			`A candidate is ${maskValue(value)}: it has to be a lead, or have a 'system', an 'id' and any of 'email', 'phone', 'firstName', 'lastName', 'fullName', 'company', 'domain'`,
		);
	}
	const { system, id, email, phone, firstName, lastName, fullName, company, domain } = flat.data;
	const [address, number] = [read.email(email ?? ''), read.phone(phone ?? '')];
	return {
		ids: [{ system, id }],
		emails: address ? [address] : [],
		phones: number ? [number] : [],
		name: fullName ?? ([firstName, lastName].filter(Boolean).join(' ') || undefined),
		company: company ?? undefined,
		domain: ofOneCompany(read.domain(domain ?? '')),
	};
}
