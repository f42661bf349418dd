import { facts } from '../../domain/enrichment-facts';
import { readAnswer } from '../../runtime/answer';
import { apiVersion } from '../api-version';
import {
	employerIn,
	OrganizationAnswer,
	organizationFacts,
	PersonAnswer,
	personFacts,
	type Organization,
	type Person,
} from './apollo/answers';
import { ask, BASE, detailsOf, identifiesPerson } from './apollo/ask';
import { matchPeople, PEOPLE_AT_ONCE } from './apollo/bulk';
import { COMPANIES_AT_ONCE, matchCompanies } from './apollo/companies';
import { findContacts } from './apollo/contacts';
import { phoneAndEmailLater } from './apollo/later';
import type { EnrichmentProvider, FieldPath, Lookup } from './port';
import { knowsSomething } from './wire';

const COMPANY = [
	'company.name',
	'company.domain',
	'company.employeeCount',
	'company.industry',
	'company.revenue',
	'company.techStack',
	'company.phone',
	'company.linkedinUrl',
	'company.country',
] as const satisfies readonly FieldPath[];

/** At once Apollo gives the phone numbers that it has shown before; a new one comes `later`. */
export const apollo: EnrichmentProvider = {
	id: 'apollo',
	title: 'Apollo',
	credential: 'apolloEnrichmentApi',
	// Basic plan, $49 a month for 2,500 credits, billed yearly: https://www.apollo.io/pricing
	pricing: { perHit: 1, perCompanyHit: 1, currencyPerCredit: 0.02 },
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
		...COMPANY,
	],

	cannotAsk(lead) {
		if (identifiesPerson(lead)) return null;
		return 'Apollo needs an email address, a LinkedIn URL, or a name with a company';
	},

	// https://docs.apollo.io/reference/people-enrichment
	async lookup(lead, http) {
		const response = await ask(http, {
			method: 'POST',
			url: `${BASE}/people/match`,
			body: { ...detailsOf(lead), reveal_personal_emails: false, reveal_phone_number: false },
			idempotent: true,
		});
		const { person } = readAnswer(PersonAnswer, response, 'apollo');
		return { ...matched(person, 1), ...apiVersion(response) };
	},

	company: {
		fills: COMPANY,

		cannotAsk: ({ company }) =>
			company.domain || company.name ? null : 'Apollo needs the domain or the name of the company',

		// https://docs.apollo.io/reference/organization-enrichment
		async lookup({ domain, name }, http) {
			const response = await ask(http, {
				method: 'GET',
				url: `${BASE}/organizations/enrich`,
				query: domain ? { domain } : { name },
			});
			const { organization } = readAnswer(OrganizationAnswer, response, 'apollo');
			return { ...companyOf(organization), ...apiVersion(response) };
		},

		bulk: {
			size: COMPANIES_AT_ONCE,
			lookup: async (queries, http) => await matchCompanies(queries, http, companyOf),
		},
	},

	bulk: {
		size: PEOPLE_AT_ONCE,
		lookup: async (leads, http) => await matchPeople(leads, http, matched),
	},

	contacts: { creditsAtMost: () => 0, find: findContacts },
	later: phoneAndEmailLater,
};

function companyOf(organization: Organization): Lookup {
	const fields = facts(organizationFacts(organization));
	if (!knowsSomething(fields)) return { kind: 'no-match', credits: 0 };
	return { kind: 'found', fields, credits: 1 };
}

/** Apollo charges where it knew somebody, and nothing otherwise. */
function matched(person: Person, price: number): Lookup {
	const fields = facts({ ...personFacts(person), ...organizationFacts(person?.organization) });
	if (!knowsSomething(fields)) return { kind: 'no-match', credits: 0 };
	return { kind: 'found', fields, credits: price, ...employerIn(person) };
}
