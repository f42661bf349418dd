import { facts } from '../../domain/enrichment-facts';
import { FIELD_PATHS } from '../../domain/enrichment-fields';
import type { ErrorCode } from '../../domain/errors';
import { readAnswer } from '../../runtime/answer';
import type { Http, HttpRequest, HttpResponse } from '../../runtime/http';
import { apiVersion } from '../api-version';
import {
	Combined,
	Company,
	companyFacts,
	employerIn,
	Person,
	personFacts,
} from './clearbit/answers';
import type { EnrichmentProvider, FieldPath, Lookup } from './port';
import { knowsSomething } from './wire';

/** The last dated version of the API: without the header an account gets the one it was opened with. */
const API_VERSION = '2019-12-19';

const COMPANY: readonly FieldPath[] = FIELD_PATHS.filter((path) => path.startsWith('company.'));

/**
 * Clearbit's own API, for keys that were issued before it became HubSpot's: new ones are not given.
 * A 202 means that Clearbit is still looking: nothing is concluded from it, and it is asked again.
 */
export const clearbit: EnrichmentProvider = {
	id: 'clearbit',
	title: 'Clearbit (Legacy Keys)',
	credential: 'clearbitApi',
	// One lookup for each record that came; prices were a matter of contract and are not public any more.
	pricing: { perHit: 2, perPersonHit: 1, perCompanyHit: 1 },
	fills: FIELD_PATHS.filter((path) => path !== 'identity.emailStatus'),

	cannotAsk: ({ identity }) => (identity.email ? null : 'Clearbit needs an email address'),

	async lookup({ identity }, http, wanted) {
		const { email } = identity;
		if (!email) return { kind: 'no-match', credits: 0 };
		const wantsCompany = wanted.some((path) => COMPANY.includes(path));
		return wantsCompany
			? await findBoth(email, http, wanted)
			: await findPerson(email, http, wanted);
	},

	company: {
		fills: COMPANY,

		cannotAsk: ({ company }) =>
			company.domain ? null : 'Clearbit needs the domain of the company',

		// https://dashboard.clearbit.com/docs#enrichment-api-company-api
		async lookup({ domain }, http) {
			const url = 'https://company.clearbit.com/v2/companies/find';
			const response = await ask(http, url, { domain });
			if (response.status !== 200) return notFound(response, COMPANY);
			const company = readAnswer(Company, response, 'clearbit');
			return answer(response, { said: companyFacts(company), credits: 1 });
		},
	},
};

// https://dashboard.clearbit.com/docs#enrichment-api-combined-api
async function findBoth(email: string, http: Http, wanted: readonly FieldPath[]): Promise<Lookup> {
	const url = 'https://person.clearbit.com/v2/combined/find';
	const response = await ask(http, url, { email });
	if (response.status !== 200) return notFound(response, wanted);
	const { person, company } = readAnswer(Combined, response, 'clearbit');
	// The company's own record knows it better than the person's does.
	const said = { ...personFacts(person), ...facts(companyFacts(company)) };
	const credits = (person ? 1 : 0) + (company ? 1 : 0);
	return answer(response, { said, credits, employer: employerIn(person) });
}

// https://dashboard.clearbit.com/docs#enrichment-api-person-api
async function findPerson(
	email: string,
	http: Http,
	wanted: readonly FieldPath[],
): Promise<Lookup> {
	const url = 'https://person.clearbit.com/v2/people/find';
	const response = await ask(http, url, { email });
	if (response.status !== 200) return notFound(response, wanted);
	const person = readAnswer(Person, response, 'clearbit');
	return answer(response, {
		said: personFacts(person),
		credits: 1,
		employer: employerIn(person),
	});
}

const ask = async (
	http: Http,
	url: string,
	query: NonNullable<HttpRequest['query']>,
): Promise<HttpResponse> =>
	await http.send({
		method: 'GET',
		url,
		query,
		headers: { 'API-Version': API_VERSION },
		accept: [404],
		codeOf: refusal,
	});

/** 422: the address or the domain is not one. */
const refusal = ({ status }: HttpResponse): ErrorCode | undefined =>
	status === 422 ? 'INVALID_INPUT' : undefined;

const notFound = (response: HttpResponse, wanted: readonly FieldPath[]): Lookup => ({
	kind: 'no-match',
	credits: 0,
	...(response.status === 202 && { unanswered: wanted }),
	...apiVersion(response),
});

function answer(
	response: HttpResponse,
	{
		said,
		credits,
		employer,
	}: {
		readonly said: Parameters<typeof facts>[0];
		readonly credits: number;
		readonly employer?: ReturnType<typeof employerIn>;
	},
): Lookup {
	const fields = facts(said);
	const version = apiVersion(response);
	if (!knowsSomething(fields)) return { kind: 'no-match', credits, ...version };
	return { kind: 'found', fields, credits, ...employer, ...version };
}
