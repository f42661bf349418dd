import { createHash } from 'node:crypto';
import { parseEmail } from './email';
import { facts } from './enrichment-facts';
import { withFacts } from './enrichment-fields';
import { Lead, LEAD_SCHEMA_VERSION } from './lead';

/** A person whom a provider knows at an account. */
export interface FoundContact {
	readonly id?: string;
	readonly firstName?: string;
	readonly lastName?: string;
	readonly fullName?: string;
	readonly title?: string;
	readonly seniority?: string;
	readonly department?: string;
	readonly email?: string;
	readonly emailStatus?: string;
	readonly phone?: string;
	readonly linkedinUrl?: string;
}

export interface Account {
	/** Registrable domain, lower case. */
	readonly domain: string;
	/** What is known of the company already. */
	readonly company?: Lead['company'] | undefined;
}

/** A contact as a lead of its own, for the nodes that come after. Nobody has consented to anything yet. */
export function leadOfContact(
	contact: FoundContact,
	account: Account,
	{ provider, at }: { readonly provider: string; readonly at: string },
): Lead {
	const empty = Lead.parse({
		schemaVersion: LEAD_SCHEMA_VERSION,
		identity: { externalIds: contact.id ? { [provider]: contact.id } : {} },
		person: {},
		company: { ...account.company, domain: account.domain },
		attribution: {},
		consent: {},
		activities: [],
		custom: {},
		source: {
			system: provider,
			...(contact.id && { recordId: contact.id }),
			event: 'contact_found',
			eventId: `contact:${digest([provider, account.domain, identityOf(contact)].join(' '))}`,
			occurredAt: at,
			receivedAt: at,
		},
	});
	const known = facts({
		'identity.email': contact.email,
		'identity.emailStatus': contact.emailStatus,
		'identity.phone': contact.phone,
		'person.firstName': contact.firstName,
		'person.lastName': contact.lastName,
		'person.fullName': contact.fullName,
		'person.title': contact.title,
		'person.seniority': contact.seniority,
		'person.department': contact.department,
		'person.linkedinUrl': contact.linkedinUrl,
	});
	const lead = withFacts(empty, known);
	const emailKind = lead.identity.email && parseEmail(lead.identity.email)?.kind;
	return emailKind ? { ...lead, identity: { ...lead.identity, emailKind } } : lead;
}

/** What tells two contacts of one account apart. */
export const identityOf = (contact: FoundContact): string =>
	contact.email?.toLowerCase() ??
	contact.linkedinUrl?.toLowerCase() ??
	contact.id ??
	[contact.fullName ?? `${contact.firstName ?? ''} ${contact.lastName ?? ''}`, contact.title]
		.join(' ')
		.trim()
		.toLowerCase();

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);
