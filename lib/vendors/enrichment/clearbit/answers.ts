import { z } from 'zod';
import { loose } from '../../../domain/enrichment-facts';
import { employerOf, part } from '../wire';

// https://dashboard.clearbit.com/docs#enrichment-api: any value may be null.
const Linked = part({ handle: loose.text });
const Geo = part({ city: loose.text, country: loose.text, countryCode: loose.text });

export const Person = z.object({
	name: part({ fullName: loose.text, givenName: loose.text, familyName: loose.text }),
	email: loose.text,
	timeZone: loose.text,
	geo: Geo,
	employment: part({
		domain: loose.text,
		name: loose.text,
		title: loose.text,
		role: loose.text,
		seniority: loose.text,
	}),
	linkedin: Linked,
	phone: loose.text,
});

export const Company = z.object({
	name: loose.text,
	domain: loose.text,
	phone: loose.text,
	site: part({ phoneNumbers: loose.texts }),
	category: part({ industry: loose.text }),
	geo: Geo,
	linkedin: Linked,
	metrics: part({ employees: loose.number, annualRevenue: loose.number }),
	tech: loose.texts,
});

export const Combined = z.object({ person: Person.nullish(), company: Company.nullish() });

export type Person = z.infer<typeof Person> | null | undefined;
export type Company = z.infer<typeof Company> | null | undefined;

/** The handle comes with the kind of page before it: `in/dana`, `company/northwind`. */
const linkedin = (handle: string | null | undefined, kind: 'in' | 'company') =>
	handle && `https://www.linkedin.com/${handle.includes('/') ? handle : `${kind}/${handle}`}`;

export const personFacts = (person: Person) => ({
	'identity.email': person?.email,
	'identity.phone': person?.phone,
	'person.firstName': person?.name?.givenName,
	'person.lastName': person?.name?.familyName,
	'person.fullName': person?.name?.fullName,
	'person.title': person?.employment?.title,
	'person.seniority': person?.employment?.seniority,
	'person.department': person?.employment?.role,
	'person.linkedinUrl': linkedin(person?.linkedin?.handle, 'in'),
	'person.timezone': person?.timeZone,
	'person.country': person?.geo?.countryCode ?? person?.geo?.country,
	'person.city': person?.geo?.city,
	'company.name': person?.employment?.name,
	'company.domain': person?.employment?.domain,
});

export const companyFacts = (company: Company) => ({
	'company.name': company?.name,
	'company.domain': company?.domain,
	'company.employeeCount': company?.metrics?.employees,
	'company.industry': company?.category?.industry,
	'company.revenue': company?.metrics?.annualRevenue,
	'company.techStack': company?.tech,
	'company.phone': company?.phone ?? company?.site?.phoneNumbers?.[0],
	'company.linkedinUrl': linkedin(company?.linkedin?.handle, 'company'),
	'company.country': company?.geo?.countryCode ?? company?.geo?.country,
});

export const employerIn = (person: Person) =>
	employerOf({
		name: person?.employment?.name,
		domain: person?.employment?.domain,
		title: person?.employment?.title,
		since: undefined,
	});
