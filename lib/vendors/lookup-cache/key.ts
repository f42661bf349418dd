import { createHash } from 'node:crypto';
import type { Lead } from '../../domain/lead';
import { subjectOfPerson } from '../../runtime/store/subject';
import type { CompanyQuery, EnrichmentProvider } from '../enrichment/port';

/** Whom a provider is asked about, without saying who it is. */
export function lookupKey(providerId: string, lead: Lead): string {
	return `enrich:v1:${providerId}:${sha256(personOf(lead))}`;
}

/** Which company a provider is asked about; undefined where the lead names none. */
export function companyKey(providerId: string, query: CompanyQuery): string | undefined {
	const name = query.domain ?? query.name?.trim().toLowerCase();
	return name ? `enrich:v1:${providerId}:company:${sha256(name)}` : undefined;
}

/** Whose answers these are: of a provider whose settings were changed, another's. */
export const keptAs = ({ id, revision }: Pick<EnrichmentProvider, 'id' | 'revision'>) =>
	revision ? `${id}:${revision}` : id;

/** Every key under which an answer of this provider about the lead may be kept. */
export function cacheKeys(provider: EnrichmentProvider, lead: Lead): string[] {
	const name = keptAs(provider);
	const shared = provider.company && companyKey(name, companyOf(lead));
	return [lookupKey(name, lead), ...(shared ? [shared] : [])];
}

export const companyOf = ({ company: { domain, name } }: Lead): CompanyQuery => ({
	...(domain !== undefined && { domain }),
	...(name !== undefined && { name }),
});

/** The person that a kept answer belongs to, for erasure. */
export const subjectOf = ({ identity }: Lead): string | undefined => subjectOfPerson(identity);

/** Everything that the answer may turn on, where it is not an address or a profile of one person's own. */
function personOf({ identity, person, company }: Lead): string {
	const name = person.fullName ?? [person.firstName, person.lastName].filter(Boolean).join(' ');
	const named = name.trim().toLowerCase();
	// Several people write from a desk's address.
	if (identity.email && identity.emailKind === 'role') return `${named} <${identity.email}>`;
	if (identity.email) return identity.email;
	if (person.linkedinUrl) return person.linkedinUrl;
	const employer = company.domain ?? company.name ?? '';
	if (identity.phone) return `${named}@${employer} ${identity.phone}`;
	return named ? `${named}@${employer}` : employer;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
