import type { Persona } from '../../personas';
import { domainKey } from '../people';
import type { VendorReply, VendorRequest } from '../port';
import { isObject, textOf, unknownKeys, type Json } from '../request';
import { gtmRefusal, JSON_API } from './refusals';

const CRITERIA = [
	...['companyWebsite', 'companyName', 'companyId', 'jobTitle', 'exactJobTitle', 'department'],
	...['managementLevel', 'firstName', 'lastName', 'fullName', 'emailAddress', 'requiredFields'],
];

/** Free, and without addresses and numbers. */
export function searchContacts(
	personas: readonly Persona[],
	{ query }: VendorRequest,
	body: Json,
): VendorReply {
	const criteria = isObject(body['attributes']) ? body['attributes'] : {};
	const unknown = unknownKeys(criteria, CRITERIA);
	const page = Number(query.get('page[number]') ?? 1);
	const size = Number(query.get('page[size]') ?? 25);
	const sane = page >= 1 && size >= 1 && size <= 100;
	if (body['type'] !== 'ContactSearch' || unknown.length > 0 || !sane) {
		return gtmRefusal(400, 'PFAPI0006', `Invalid search: ${unknown.join(', ') || 'page or type'}`);
	}
	const website = domainKey(textOf(criteria['companyWebsite']) ?? '');
	const titles = listOf(criteria['jobTitle'], ' or ');
	const levels = listOf(criteria['managementLevel'], ',');
	const departments = listOf(criteria['department'], ',');
	const any = (wanted: readonly string[], said: unknown) => {
		const text = JSON.stringify(said ?? '').toLowerCase();
		return wanted.length === 0 || wanted.some((one) => text.includes(one));
	};
	const found = personas.flatMap(({ zoominfo }) => {
		const contact = zoominfo?.contact;
		const company = isObject(contact?.['company']) ? contact['company'] : {};
		const works = domainKey(textOf(company['website']) ?? '') === website;
		const fits =
			any(titles, contact?.['jobTitle']) &&
			any(levels, contact?.['managementLevel']) &&
			any(departments, contact?.['jobFunction']);
		return zoominfo && contact && works && fits ? [{ id: zoominfo.id, contact, company }] : [];
	});
	const data = found.slice((page - 1) * size, page * size).map(({ id, contact, company }) => ({
		id,
		type: 'Contact',
		attributes: {
			firstName: contact['firstName'],
			lastName: contact['lastName'],
			jobTitle: contact['jobTitle'],
			contactAccuracyScore: Number(contact['contactAccuracyScore'] ?? 0),
			hasEmail: contact['email'] !== undefined,
			hasMobilePhone: contact['mobilePhone'] !== undefined,
			hasDirectPhone: contact['phone'] !== undefined,
			company: { id: 1, name: company['name'] },
		},
	}));
	const total = Math.max(1, Math.ceil(found.length / size));
	return {
		status: 200,
		headers: { 'content-type': JSON_API },
		body: { data, meta: { totalResults: found.length, page: { number: page, total } }, links: {} },
	};
}

const listOf = (value: unknown, separator: string) =>
	(textOf(value)?.toLowerCase() ?? '')
		.split(separator)
		.map((one) => one.trim())
		.filter(Boolean);
