import type { Persona } from '../../personas';
import { byEmail, domainKey, formDomain } from '../people';
import { isObject, sameText, textOf, type Json } from '../request';

export const RECORDS_AT_ONCE = 25;

export const PERSON_INPUT = [
	...['personId', 'fullName', 'firstName', 'lastName', 'emailAddress', 'phone', 'jobTitle'],
	...['hashedEmail', 'externalURL', 'lastUpdatedDateAfter', 'validDateAfter'],
	...['contactAccuracyScoreMin', 'companyId', 'companyName'],
];
export const COMPANY_INPUT = [
	...['companyId', 'companyName', 'companyWebsite', 'companyTicker', 'companyPhone', 'companyFax'],
	...['companyStreet', 'companyCity', 'companyState', 'companyZipCode', 'companyCountry'],
	'ipAddress',
];

/** Output fields of a contact that are its own, and those that are kept in its `company`. */
const OWN = [
	...['id', 'firstName', 'lastName', 'middleName', 'email', 'phone', 'directPhoneDoNotCall'],
	...['mobilePhone', 'mobilePhoneDoNotCall', 'city', 'state', 'country', 'region', 'jobTitle'],
	...['jobFunction', 'managementLevel', 'positionStartDate', 'contactAccuracyScore'],
	...['externalUrls', 'employmentHistory', 'personHasMoved', 'lastUpdatedDate', 'validDate'],
];
const ITS_COMPANYS: Readonly<Record<string, string>> = {
	companyId: 'id',
	companyName: 'name',
	companyWebsite: 'website',
	companyPhone: 'phone',
	companyCountry: 'country',
	companyEmployeeCount: 'employeeCount',
	companyPrimaryIndustry: 'primaryIndustry',
	companyRevenueNumeric: 'revenueNumeric',
	companySocialMediaUrls: 'socialMediaUrls',
};
export const CONTACT_OUTPUT = [...OWN, ...Object.keys(ITS_COMPANYS)];
export const COMPANY_OUTPUT = [
	...['id', 'name', 'website', 'domainList', 'employeeCount', 'employeeRange', 'revenue'],
	...['primaryIndustry', 'industries', 'phone', 'country', 'city', 'state', 'socialMediaUrls'],
];

export interface Found {
	readonly status: string;
	readonly id: string;
	readonly attributes?: Json;
}

const NOBODY: Found = { status: 'NO_MATCH', id: '0' };

export function findContact(
	personas: readonly Persona[],
	input: Json,
	outputFields: readonly string[],
): Found {
	const persona = personOf(personas, input);
	if (!persona?.zoominfo) return NOBODY;
	const { contact, matchStatus = 'FULL_MATCH', id } = persona.zoominfo;
	if (!contact || matchStatus !== 'FULL_MATCH') return { status: matchStatus, id };
	const company = isObject(contact['company']) ? contact['company'] : {};
	const own = OWN.filter((name) => outputFields.includes(name) && contact[name] !== undefined);
	const its = Object.entries(ITS_COMPANYS).filter(
		([name, key]) => outputFields.includes(name) && company[key] !== undefined,
	);
	const attributes = {
		...Object.fromEntries(own.map((name) => [name, contact[name]])),
		...(its.length > 0 && {
			company: Object.fromEntries(its.map(([, key]) => [key, company[key]])),
		}),
	};
	return { status: 'FULL_MATCH', id, attributes };
}

export function findCompany(
	personas: readonly Persona[],
	input: Json,
	outputFields: readonly string[],
): Found {
	const website = textOf(input['companyWebsite']);
	const found = personas.find(
		(persona) =>
			(website && formDomain(persona) === domainKey(website)) ||
			sameText(persona.zoominfo?.company?.['name'], input['companyName']),
	)?.zoominfo;
	const { company } = found ?? {};
	if (!found || !company) return NOBODY;
	const asked = Object.entries(company).filter(([name]) => outputFields.includes(name));
	return { status: 'FULL_MATCH', id: `c${found.id}`, attributes: Object.fromEntries(asked) };
}

function personOf(personas: readonly Persona[], input: Json): Persona | undefined {
	const email = textOf(input['emailAddress']);
	if (email) return byEmail(personas, email);
	const name =
		textOf(input['fullName']) ?? `${String(input['firstName'])} ${String(input['lastName'])}`;
	return personas.find(({ zoominfo }) => {
		const contact = zoominfo?.contact;
		const company = isObject(contact?.['company']) ? contact['company'] : {};
		const profile = textOf(input['externalURL']);
		return (
			contact &&
			((profile && JSON.stringify(contact['externalUrls'] ?? '').includes(profile)) ||
				(sameText(`${String(contact['firstName'])} ${String(contact['lastName'])}`, name) &&
					sameText(company['name'], input['companyName'])))
		);
	});
}

/** Nothing to search with. */
export const isEmpty = (input: Json) => Object.values(input).every((value) => !textOf(value));
