import { facts } from '../../../domain/enrichment-facts';
import { readAnswer } from '../../../runtime/answer';
import type { Http, HttpResponse } from '../../../runtime/http';
import { apiVersion } from '../../api-version';
import { employerOf } from '../wire';
import { CombinedAnswer, CompanyAnswer, companyFacts, PersonAnswer, personFacts } from './answers';
import { ask, knows, type Query } from './call';
import type { Part } from './part';

// https://hunter.io/api-documentation/v2#combined-enrichment
export async function findBoth(key: Query, http: Http): Promise<Part> {
	const response = await ask(http, '/combined/find', key);
	const data = knows(response) ? readAnswer(CombinedAnswer, response, 'hunter').data : undefined;
	const person = personFacts(data?.person);
	// The company's own record knows it better than the person's does.
	const said = { ...person, ...withoutEmpty(companyFacts(data?.company)) };
	return { ...profile(response, said, 2), ...employer(person) };
}

// https://hunter.io/api-documentation/v2#email-enrichment
export async function findPerson(key: Query, http: Http): Promise<Part> {
	const response = await ask(http, '/people/find', key);
	const data = knows(response) ? readAnswer(PersonAnswer, response, 'hunter').data : undefined;
	const person = personFacts(data);
	return { ...profile(response, person, 1), ...employer(person) };
}

// https://hunter.io/api-documentation/v2#company-enrichment
export async function findCompany(domain: string, http: Http): Promise<Part> {
	const response = await ask(http, '/companies/find', { domain });
	const data = knows(response) ? readAnswer(CompanyAnswer, response, 'hunter').data : undefined;
	return profile(response, companyFacts(data), 1);
}

function profile(response: HttpResponse, said: Parameters<typeof facts>[0], price: number): Part {
	const known = facts(said);
	const hit = Object.keys(known).length > 0;
	return { facts: known, credits: hit ? price : 0, ...apiVersion(response) };
}

const employer = (said: ReturnType<typeof personFacts>) =>
	employerOf({
		name: said['company.name'],
		domain: said['company.domain'],
		title: said['person.title'],
		since: undefined,
	});

const withoutEmpty = (said: object) =>
	Object.fromEntries(
		Object.entries(said).filter(([, value]) => value !== undefined && value !== null),
	);
