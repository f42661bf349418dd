import type { Persona } from '../../personas';
import { domainKey } from '../people';
import type { VendorReply, VendorRequest } from '../port';
import { sameText } from '../request';

const KNOWN = new Set([
	...['person_titles[]', 'include_similar_titles', 'q_keywords', 'person_locations[]'],
	...['person_seniorities[]', 'organization_locations[]', 'q_organization_domains_list[]'],
	...['contact_email_status[]', 'organization_ids[]', 'page', 'per_page'],
]);
const SENIORITIES = new Set([
	...['owner', 'founder', 'c_suite', 'partner', 'vp', 'head', 'director', 'manager', 'senior'],
	...['entry', 'intern'],
]);

/** Free, and without addresses, numbers and whole names. https://docs.apollo.io/reference/people-api-search */
export function searchPeople(personas: readonly Persona[], request: VendorRequest): VendorReply {
	const { query } = request;
	const unknown = [...query.keys()].filter((key) => !KNOWN.has(key));
	const levels = query.getAll('person_seniorities[]');
	const odd = levels.filter((level) => !SENIORITIES.has(level));
	const page = Number(query.get('page') ?? 1);
	const perPage = Number(query.get('per_page') ?? 10);
	const sane = page >= 1 && page <= 500 && perPage >= 1 && perPage <= 100;
	if (unknown.length + odd.length > 0 || !sane) {
		return { status: 422, body: { error: 'Invalid parameters' } };
	}
	const domains = query.getAll('q_organization_domains_list[]').map(domainKey);
	const titles = query.getAll('person_titles[]').map((title) => title.toLowerCase());
	const people = personas
		.flatMap(({ apollo }) => apollo?.person ?? [])
		.filter((person) => {
			const works = domains.includes(domainKey(person.organization?.primary_domain ?? ''));
			const title = (person.title ?? '').toLowerCase();
			const titled = titles.length === 0 || titles.some((one) => title.includes(one));
			const ranked =
				levels.length === 0 || levels.some((level) => sameText(level, person['seniority']));
			return works && titled && ranked;
		});
	const shown = people.slice((page - 1) * perPage, page * perPage).map((person) => ({
		id: person.id,
		first_name: person.first_name,
		last_name_obfuscated: `${person.last_name.slice(0, 2)}***${person.last_name.slice(-1)}`,
		title: person.title ?? null,
		last_refreshed_at: '2026-10-01T00:00:00.000+00:00',
		has_email: person.email !== null,
		has_city: true,
		has_state: true,
		has_country: true,
		has_direct_phone: 'Maybe: please request direct dial via people/bulk_match',
		organization: { name: person.organization?.name },
	}));
	return { status: 200, body: { total_entries: people.length, people: shown } };
}
