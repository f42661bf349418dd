import { facts } from '../../domain/enrichment-facts';
import { FIELD_PATHS } from '../../domain/enrichment-fields';
import type { HttpResponse } from '../../runtime/http';
import { readAnswer } from '../../runtime/answer';
import { apiVersion } from '../api-version';
import { Company, companyFacts, employerIn, PersonAnswer, personFacts } from './pdl/answers';
import {
	ask,
	BASE,
	creditsSpent,
	fillable,
	MIN_LIKELIHOOD,
	paramsOf,
	requiredFor,
} from './pdl/ask';
import { matchPeople, PEOPLE_AT_ONCE } from './pdl/bulk';
import type { EnrichmentProvider, Lookup } from './port';
import { knowsSomething } from './wire';

export const pdl: EnrichmentProvider = {
	id: 'pdl',
	title: 'People Data Labs',
	credential: 'peopleDataLabsApi',
	// Person Pro plan, $98 a month for 350 records: https://docs.peopledatalabs.com/docs/create-an-account
	pricing: { perHit: 1, perCompanyHit: 1, currencyPerCredit: 0.28 },
	fills: fillable,

	cannotAsk({ identity, person, company }) {
		const named = person.fullName || (person.firstName && person.lastName);
		const known = identity.email ?? identity.phone ?? person.linkedinUrl;
		if (known || (named && (company.domain || company.name))) return null;
		return 'People Data Labs needs an email address, a phone number, a LinkedIn URL, or a name with a company';
	},

	// https://docs.peopledatalabs.com/docs/reference-person-enrichment-api
	async lookup(lead, http, wanted) {
		const response = await ask(http, {
			method: 'GET',
			url: `${BASE}/person/enrich`,
			query: {
				...paramsOf(lead),
				min_likelihood: MIN_LIKELIHOOD,
				required: requiredFor(wanted),
				titlecase: true,
			},
		});
		const version = apiVersion(response);
		if (response.status === 404) return { kind: 'no-match', credits: 0, ...version };
		const answer = readAnswer(PersonAnswer, response, 'pdl');
		return { ...personOf(answer, creditsSpent(response) ?? 1), ...version };
	},

	company: {
		fills: FIELD_PATHS.filter((path) => path.startsWith('company.') && fillable.includes(path)),

		cannotAsk: ({ company }) =>
			company.domain || company.name
				? null
				: 'People Data Labs needs the domain or the name of the company',

		// https://docs.peopledatalabs.com/docs/reference-company-enrichment-api
		async lookup({ domain, name }, http) {
			const response = await ask(http, {
				method: 'GET',
				url: `${BASE}/company/enrich`,
				query: {
					...(domain ? { website: domain } : { name }),
					min_likelihood: MIN_LIKELIHOOD,
					titlecase: true,
				},
			});
			if (response.status === 404) {
				return { kind: 'no-match', credits: 0, ...apiVersion(response) };
			}
			return companyOf(readAnswer(Company, response, 'pdl'), response);
		},
	},

	bulk: {
		size: PEOPLE_AT_ONCE,
		lookup: async (leads, http, wanted) => await matchPeople({ leads, http, wanted }, personOf),
	},
};

/** A record that came is charged, whatever of it can be read. */
function personOf({ data, likelihood }: PersonAnswer, credits: number): Lookup {
	const fields = facts(personFacts(data));
	if (!knowsSomething(fields)) return { kind: 'no-match', credits };
	return {
		kind: 'found',
		fields,
		credits,
		...certainty(likelihood),
		...employerIn(data),
	};
}

function companyOf(company: Company, response: HttpResponse): Lookup {
	const fields = facts(companyFacts(company));
	const credits = creditsSpent(response) ?? 1;
	const version = apiVersion(response);
	if (!knowsSomething(fields)) return { kind: 'no-match', credits, ...version };
	return { kind: 'found', fields, credits, ...certainty(company.likelihood), ...version };
}

const certainty = (likelihood: number | null | undefined) =>
	typeof likelihood === 'number' && likelihood >= 1 && likelihood <= 10
		? { confidence: likelihood / 10 }
		: {};
