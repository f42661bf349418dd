import { z } from 'zod';
import { facts, loose } from '../../domain/enrichment-facts';
import type { Lead } from '../../domain/lead';
import { readAnswer } from '../../runtime/answer';
import type { Http, HttpRequest, HttpResponse } from '../../runtime/http';
import { vendorError } from '../../runtime/vendor-error';
import { apiVersion } from '../api-version';
import type { EnrichmentProvider, Facts, FieldPath, Lookup } from './port';

const Phone = z
	.object({ number: loose.text, sanitized_number: loose.text })
	.nullish()
	.catch(undefined);

const Organization = z.object({
	name: loose.text,
	primary_domain: loose.text,
	website_url: loose.text,
	linkedin_url: loose.text,
	estimated_num_employees: loose.number,
	industry: loose.text,
	annual_revenue: loose.number,
	technology_names: loose.texts,
	primary_phone: Phone,
	country: loose.text,
});

const Person = z.object({
	id: loose.text,
	first_name: loose.text,
	last_name: loose.text,
	name: loose.text,
	title: loose.text,
	seniority: loose.text,
	departments: loose.texts,
	linkedin_url: loose.text,
	email: loose.text,
	city: loose.text,
	country: loose.text,
	contact: z
		.object({
			phone_numbers: z.array(Phone).nullish().catch(undefined),
			sanitized_phone: loose.text,
		})
		.nullish()
		.catch(undefined),
	organization: Organization.nullish(),
});

const PersonAnswer = z.object({ person: Person.nullish() });
const OrganizationAnswer = z.object({ organization: Organization.nullish() });

const BASE = 'https://api.apollo.io/api/v1';

/** Phone numbers are asked of Apollo by webhook only, minutes later; those already known come along. */
export const apollo: EnrichmentProvider = {
	id: 'apollo',
	title: 'Apollo',
	credential: 'apolloEnrichmentApi',
	fills: [
		'identity.email',
		'identity.phone',
		'person.firstName',
		'person.lastName',
		'person.fullName',
		'person.title',
		'person.seniority',
		'person.department',
		'person.linkedinUrl',
		'person.country',
		'person.city',
		'company.name',
		'company.domain',
		'company.employeeCount',
		'company.industry',
		'company.revenue',
		'company.techStack',
		'company.phone',
		'company.linkedinUrl',
		'company.country',
	],

	cannotAsk(lead) {
		if (identifiesPerson(lead) || lead.company.domain) return null;
		return 'Apollo needs an email address, a LinkedIn URL, a name with a company, or a company domain';
	},

	async lookup(lead, http, wanted) {
		const person = identifiesPerson(lead) ? await matchPerson(lead, http) : undefined;
		if (person?.kind === 'found') return person;
		const wantsCompany = wanted.some((path: FieldPath) => path.startsWith('company.'));
		if (!wantsCompany || !lead.company.domain) return person ?? NOBODY;
		return await enrichOrganization(lead.company.domain, http);
	},
};

const NOBODY: Lookup = { kind: 'no-match', credits: 0 };

function identifiesPerson({ identity, person, company }: Lead): boolean {
	const named = person.fullName || (person.firstName && person.lastName);
	return Boolean(
		identity.email || person.linkedinUrl || (named && (company.domain || company.name)),
	);
}

// https://docs.apollo.io/reference/people-enrichment
async function matchPerson({ identity, person, company }: Lead, http: Http): Promise<Lookup> {
	const response = await ask(http, {
		method: 'POST',
		url: `${BASE}/people/match`,
		body: {
			email: identity.email,
			first_name: person.firstName,
			last_name: person.lastName,
			name: person.fullName,
			domain: company.domain,
			organization_name: company.name,
			linkedin_url: person.linkedinUrl,
			reveal_personal_emails: false,
			reveal_phone_number: false,
		},
		idempotent: true,
	});
	const found = readAnswer(PersonAnswer, response, 'apollo').person;
	const known = facts({ ...personFacts(found), ...organizationFacts(found?.organization) });
	return answer(known, apiVersion(response));
}

// https://docs.apollo.io/reference/organization-enrichment
async function enrichOrganization(domain: string, http: Http): Promise<Lookup> {
	const response = await ask(http, {
		method: 'GET',
		url: `${BASE}/organizations/enrich`,
		query: { domain },
	});
	const found = readAnswer(OrganizationAnswer, response, 'apollo').organization;
	return answer(facts(organizationFacts(found)), apiVersion(response));
}

/** Apollo says with a 422 both that a request is wrong and that the credits are used up. */
async function ask(http: Http, request: HttpRequest): Promise<HttpResponse> {
	const response = await http.send({ ...request, accept: [422] });
	if (response.status !== 422) return response;
	const outOfCredits = /credit/i.test(JSON.stringify(response.body ?? ''));
	throw vendorError('apollo', response, 0, outOfCredits ? 'QUOTA_EXHAUSTED' : 'FIELD_MISMATCH');
}

/** Apollo charges one credit where it knew somebody, and nothing otherwise. */
const answer = (known: Facts, version: { readonly apiVersion?: string }): Lookup =>
	Object.keys(known).length > 0
		? { kind: 'found', fields: known, credits: 1, ...version }
		: { kind: 'no-match', credits: 0, ...version };

function personFacts(person: z.infer<typeof Person> | null | undefined) {
	const numbers = person?.contact?.phone_numbers ?? [];
	return {
		'identity.email': person?.email,
		'identity.phone':
			numbers.find((entry) => entry?.sanitized_number)?.sanitized_number ??
			person?.contact?.sanitized_phone,
		'person.firstName': person?.first_name,
		'person.lastName': person?.last_name,
		'person.fullName': person?.name,
		'person.title': person?.title,
		'person.seniority': person?.seniority,
		'person.department': person?.departments?.[0],
		'person.linkedinUrl': person?.linkedin_url,
		'person.country': person?.country,
		'person.city': person?.city,
	};
}

function organizationFacts(organization: z.infer<typeof Organization> | null | undefined) {
	return {
		'company.name': organization?.name,
		'company.domain': organization?.primary_domain ?? organization?.website_url,
		'company.employeeCount': organization?.estimated_num_employees,
		'company.industry': organization?.industry,
		'company.revenue': organization?.annual_revenue,
		'company.techStack': organization?.technology_names,
		'company.phone':
			organization?.primary_phone?.sanitized_number ?? organization?.primary_phone?.number,
		'company.linkedinUrl': organization?.linkedin_url,
		'company.country': organization?.country,
	};
}
