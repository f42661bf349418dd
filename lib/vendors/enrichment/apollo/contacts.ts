import { z } from 'zod';
import { loose } from '../../../domain/enrichment-facts';
import { readAnswer } from '../../../runtime/answer';
import type { Http } from '../../../runtime/http';
import { apiVersion } from '../../api-version';
import type { Contact, ContactPage, ContactQuery } from '../port';
import { part, present } from '../wire';
import { ask, BASE } from './ask';

const Person = part({
	id: loose.text,
	first_name: loose.text,
	last_name: loose.text,
	title: loose.text,
	seniority: loose.text,
	linkedin_url: loose.text,
});

const Found = z.object({ total_entries: loose.number, people: z.array(Person) });

/** https://docs.apollo.io/reference/people-api-search: 100 a page, 500 pages. */
const A_PAGE = 100;
const LAST_PAGE = 500;

/**
 * Free of credits. Family names come shortened (`Hu***n`) and are left out, addresses do not come at
 * all: the id of a contact is what people/match asks for.
 */
export async function findContacts(query: ContactQuery, http: Http): Promise<ContactPage> {
	const perPage = Math.min(A_PAGE, Math.max(1, query.limit));
	const page = Math.max(1, Number(query.cursor ?? 1) || 1);
	const response = await ask(http, {
		method: 'POST',
		url: `${BASE}/mixed_people/api_search${listsOf(query)}`,
		query: { page, per_page: perPage },
		idempotent: true,
	});
	const { people, total_entries: total } = readAnswer(Found, response, 'apollo');
	const seen = page * perPage;
	const more = typeof total === 'number' && seen < total && page < LAST_PAGE;
	return {
		contacts: present(people).slice(0, query.limit).map(contactOf),
		...(typeof total === 'number' && { total }),
		...(more && people.length > 0 && { cursor: String(page + 1) }),
		credits: 0,
		...apiVersion(response),
	};
}

/** Apollo knows no departments here: their words are looked for in the titles. */
function listsOf({ domain, titles, seniorities, departments }: ContactQuery): string {
	const lists = new URLSearchParams({ 'q_organization_domains_list[]': domain });
	for (const title of [...titles, ...departments]) lists.append('person_titles[]', title);
	for (const seniority of seniorities) lists.append('person_seniorities[]', seniority);
	return `?${lists.toString()}`;
}

function contactOf(person: NonNullable<z.infer<typeof Person>>): Contact {
	const { id, first_name: firstName, last_name: lastName, title, seniority, linkedin_url } = person;
	return {
		...(id && { id }),
		...(firstName && { firstName }),
		...(lastName && { lastName }),
		...(firstName && { fullName: [firstName, lastName].filter(Boolean).join(' ') }),
		...(title && { title }),
		...(seniority && { seniority }),
		...(linkedin_url && { linkedinUrl: linkedin_url }),
	};
}
