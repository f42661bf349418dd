import { z } from 'zod';
import { loose } from '../../../domain/enrichment-facts';
import { readAnswer } from '../../../runtime/answer';
import type { Http } from '../../../runtime/http';
import { apiVersion } from '../../api-version';
import type { Contact, ContactPage, ContactQuery } from '../port';
import { part } from '../wire';
import { ask, BASE } from './ask';

const Person = part({
	firstName: loose.text,
	lastName: loose.text,
	jobTitle: loose.text,
	managementLevel: loose.text,
	contactAccuracyScore: loose.number,
});

const Page = z.object({
	data: z.array(z.object({ id: loose.text, attributes: Person })),
	meta: part({
		totalResults: loose.number,
		page: part({ number: loose.number, total: loose.number }),
	}),
});

/** Our words for ranks in ZoomInfo's; one that is not here goes as it is. */
const LEVELS: Readonly<Record<string, string>> = {
	owner: 'C-Level',
	founder: 'C-Level',
	c_suite: 'C-Level',
	partner: 'C-Level',
	vp: 'VP-Level',
	head: 'Director',
	director: 'Director',
	manager: 'Manager',
	senior: 'Non-Manager',
	entry: 'Non-Manager',
	intern: 'Non-Manager',
};

const A_PAGE = 100;

/**
 * Free of credits. Addresses and numbers do not come: Enrich Lead asks for them.
 * https://docs.zoominfo.com/reference/searchinterface_searchcontact
 */
export async function findContacts(query: ContactQuery, http: Http): Promise<ContactPage> {
	const response = await ask(http, {
		method: 'POST',
		url: `${BASE}/contacts/search`,
		query: {
			'page[number]': Math.max(1, Number(query.cursor ?? 1) || 1),
			'page[size]': Math.min(A_PAGE, Math.max(1, query.limit)),
		},
		body: { data: { type: 'ContactSearch', attributes: criteriaOf(query) } },
	});
	const { data, meta } = readAnswer(Page, response, 'zoominfo');
	const { number, total } = meta?.page ?? {};
	const known = meta?.totalResults;
	const more = typeof number === 'number' && typeof total === 'number' && number < total;
	return {
		contacts: data.slice(0, query.limit).map(({ id, attributes }) => contactOf(id, attributes)),
		...(typeof known === 'number' && { total: known }),
		...(more && { cursor: String(number + 1) }),
		credits: 0,
		...apiVersion(response),
	};
}

function criteriaOf({ domain, titles, seniorities, departments }: ContactQuery) {
	const levels = new Set(seniorities.map((one) => LEVELS[one.toLowerCase()] ?? one));
	return {
		companyWebsite: `http://www.${domain}`,
		...(titles.length > 0 && { jobTitle: titles.join(' OR ') }),
		...(levels.size > 0 && { managementLevel: [...levels].join(',') }),
		...(departments.length > 0 && { department: departments.join(',') }),
	};
}

function contactOf(id: string | null | undefined, person: z.infer<typeof Person>): Contact {
	const { firstName, lastName, jobTitle, managementLevel, contactAccuracyScore } = person ?? {};
	const fullName = [firstName, lastName].filter(Boolean).join(' ');
	return {
		...(id && { id }),
		...(firstName && { firstName }),
		...(lastName && { lastName }),
		...(fullName && { fullName }),
		...(jobTitle && { title: jobTitle }),
		...(managementLevel && { seniority: managementLevel.toLowerCase() }),
		...(contactAccuracyScore && { confidence: contactAccuracyScore / 100 }),
	};
}
