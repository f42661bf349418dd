import type { Lead } from '../../../domain/lead';
import type { CompanyQuery, FieldPath } from '../port';

/** https://docs.zoominfo.com: both APIs take 25 records at once. */
export const RECORDS_AT_ONCE = 25;

/** Who is meant, in ZoomInfo's words. */
export const personInput = ({ identity, person, company }: Lead) => ({
	emailAddress: identity.email,
	externalURL: person.linkedinUrl,
	...(person.firstName && person.lastName
		? { firstName: person.firstName, lastName: person.lastName }
		: { fullName: person.fullName }),
	companyName: company.name,
});

export const companyInput = ({ domain, name }: CompanyQuery) =>
	domain ? { companyWebsite: domain } : { companyName: name };

export function cannotAskPerson({ identity, person, company }: Lead): string | null {
	const named = person.fullName || (person.firstName && person.lastName);
	if (identity.email || person.linkedinUrl || (named && company.name)) return null;
	return 'ZoomInfo needs an email address, a LinkedIn URL, or a name with the name of the company';
}

export const cannotAskCompany = ({ company }: Lead): string | null =>
	company.domain || company.name ? null : 'ZoomInfo needs the domain or the name of the company';

/** Which of ZoomInfo's output fields hold ours. One that the package lacks refuses the whole call. */
const PERSON_FIELDS = {
	'identity.email': ['email'],
	'identity.phone': ['mobilePhone', 'mobilePhoneDoNotCall', 'phone', 'directPhoneDoNotCall'],
	'person.firstName': ['firstName'],
	'person.lastName': ['lastName'],
	'person.fullName': ['firstName', 'lastName'],
	'person.title': ['jobTitle'],
	'person.seniority': ['managementLevel'],
	'person.department': ['jobFunction'],
	'person.linkedinUrl': ['externalUrls'],
	'person.country': ['country'],
	'person.city': ['city'],
	'company.name': ['companyName'],
	'company.domain': ['companyWebsite'],
	'company.employeeCount': ['companyEmployeeCount'],
	'company.industry': ['companyPrimaryIndustry'],
	'company.revenue': ['companyRevenueNumeric'],
	'company.phone': ['companyPhone'],
	'company.linkedinUrl': ['companySocialMediaUrls'],
	'company.country': ['companyCountry'],
} as const satisfies Partial<Record<FieldPath, readonly string[]>>;

const COMPANY_FIELDS = {
	'company.name': ['name'],
	'company.domain': ['website', 'domainList'],
	'company.employeeCount': ['employeeCount'],
	'company.industry': ['primaryIndustry'],
	'company.revenue': ['revenue'],
	'company.phone': ['phone'],
	'company.linkedinUrl': ['socialMediaUrls'],
	'company.country': ['country'],
} as const satisfies Partial<Record<FieldPath, readonly string[]>>;

type Names = Partial<Record<FieldPath, readonly string[]>>;

/** For every answer: who it is, how sure ZoomInfo is, and where the person works now. */
const ALWAYS = ['id', 'contactAccuracyScore', 'jobTitle', 'positionStartDate'];
const EMPLOYER = ['companyName', 'companyWebsite'];

export function personOutput(wanted: readonly FieldPath[]): string[] {
	const names: Names = PERSON_FIELDS;
	const asked = wanted.flatMap((path) => names[path] ?? []);
	// A national number is read with its country.
	const country = wanted.includes('identity.phone') ? ['country'] : [];
	return [...new Set([...ALWAYS, ...EMPLOYER, ...asked, ...country])];
}

/**
 * What a record must hold to be a match, and to cost a credit. ZoomInfo wants all of them, so that only
 * a question for one field of the person can say so.
 */
export function personRequired(wanted: readonly FieldPath[]): readonly string[] | undefined {
	const names: Names = PERSON_FIELDS;
	const [path, ...others] = wanted;
	const fields = path && !path.startsWith('company.') ? names[path] : undefined;
	return others.length === 0 && fields?.length === 1 ? fields : undefined;
}

export const companyOutput = [...new Set<string>(['id', ...Object.values(COMPANY_FIELDS).flat()])];

const pathsOf = (names: Names, paths: readonly FieldPath[]) =>
	paths.filter((path) => names[path] !== undefined);

export const personFills = (paths: readonly FieldPath[]) => pathsOf(PERSON_FIELDS, paths);
export const companyFills = (paths: readonly FieldPath[]) => pathsOf(COMPANY_FIELDS, paths);
