import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import { z } from 'zod';
import { countryCode } from '../../../domain/country-code';
import { loose } from '../../../domain/enrichment-facts';
import { employerOf, part, parts, present } from '../wire';

const flag = z.boolean().nullish().catch(undefined);
const Urls = parts({ type: loose.text, url: loose.text });
/** A list in the current API, in the old one now and then a text. */
const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Names = oneOrMore.nullish().catch(undefined);
const Job = z.object({ name: loose.text, department: loose.text });
/** One in the current API, a list in the old one. */
const Functions = z
	.union([Job.transform((one) => [one]), z.array(Job)])
	.nullish()
	.catch(undefined);

const Employer = part({
	name: loose.text,
	website: loose.text,
	phone: loose.text,
	country: loose.text,
	employeeCount: loose.number,
	primaryIndustry: Names,
	revenueNumeric: loose.number,
	socialMediaUrls: Urls,
});

export const Contact = z.object({
	firstName: loose.text,
	lastName: loose.text,
	email: loose.text,
	phone: loose.text,
	directPhoneDoNotCall: flag,
	mobilePhone: loose.text,
	mobilePhoneDoNotCall: flag,
	city: loose.text,
	country: loose.text,
	jobTitle: loose.text,
	jobFunction: Functions,
	managementLevel: Names,
	positionStartDate: loose.text,
	contactAccuracyScore: z.union([z.string(), z.number()]).nullish().catch(undefined),
	externalUrls: Urls,
	company: Employer,
});

export type Contact = z.infer<typeof Contact>;

export const Company = z.object({
	name: loose.text,
	website: loose.text,
	domainList: loose.texts,
	employeeCount: loose.number,
	primaryIndustry: Names,
	revenue: loose.number,
	phone: loose.text,
	country: loose.text,
	socialMediaUrls: Urls,
});

export type Company = z.infer<typeof Company>;

export const contactFacts = (contact: Contact) => ({
	'identity.email': contact.email,
	'identity.phone': phoneOf(contact),
	'person.firstName': contact.firstName,
	'person.lastName': contact.lastName,
	'person.fullName':
		contact.firstName && contact.lastName && `${contact.firstName} ${contact.lastName}`,
	'person.title': contact.jobTitle,
	'person.seniority': contact.managementLevel?.[0],
	'person.department': contact.jobFunction?.[0]?.department,
	'person.linkedinUrl': linkedinIn(contact.externalUrls),
	'person.country': contact.country,
	'person.city': contact.city,
	'company.name': contact.company?.name,
	'company.domain': contact.company?.website,
	'company.employeeCount': contact.company?.employeeCount,
	'company.industry': contact.company?.primaryIndustry?.[0],
	'company.revenue': contact.company?.revenueNumeric,
	'company.phone': international(contact.company?.phone, contact.company?.country),
	'company.linkedinUrl': linkedinIn(contact.company?.socialMediaUrls),
	'company.country': contact.company?.country,
});

export const companyFacts = (company: Company) => ({
	'company.name': company.name,
	'company.domain': company.website ?? company.domainList?.[0],
	'company.employeeCount': company.employeeCount,
	'company.industry': company.primaryIndustry?.[0],
	// In thousands of US dollars, unlike the revenueNumeric of a contact's company.
	'company.revenue': typeof company.revenue === 'number' ? company.revenue * 1_000 : undefined,
	'company.phone': international(company.phone, company.country),
	'company.linkedinUrl': linkedinIn(company.socialMediaUrls),
	'company.country': company.country,
});

export const employerIn = ({ company, jobTitle, positionStartDate }: Contact) =>
	employerOf({
		name: company?.name,
		domain: company?.website,
		title: jobTitle,
		since: positionStartDate,
	});

/** 0 to 1; ZoomInfo has 70 to 99, in the current API as text. */
export function accuracyOf({ contactAccuracyScore: score }: Contact) {
	const accuracy = score === null || score === undefined || score === '' ? NaN : Number(score);
	return accuracy > 0 && accuracy <= 100 ? { confidence: accuracy / 100 } : {};
}

/** Not the numbers of people who are not to be called. */
function phoneOf(contact: Contact): string | undefined {
	const mobile = contact.mobilePhoneDoNotCall ? undefined : contact.mobilePhone;
	const direct = contact.directPhoneDoNotCall ? undefined : contact.phone;
	return (
		international(mobile, contact.country) ?? international(direct, contact.country) ?? undefined
	);
}

/** `(360) 783-6816` of somebody in the United States: E.164 only where the number is valid there. */
function international(
	number: string | null | undefined,
	country: string | null | undefined,
): string | undefined {
	if (!number || number.trim().startsWith('+')) return number ?? undefined;
	const code = countryCode(country ?? '');
	if (!code || !isSupportedCountry(code)) return undefined;
	const parsed = parsePhoneNumberFromString(number, code);
	return parsed?.isValid() && parsed.country === code ? parsed.number : undefined;
}

const linkedinIn = (urls: Contact['externalUrls']) =>
	present(urls).find(
		({ type, url }) => /linked/i.test(type ?? '') || /linkedin\.com/i.test(url ?? ''),
	)?.url;
