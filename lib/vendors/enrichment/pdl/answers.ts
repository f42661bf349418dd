import { z } from 'zod';
import { loose } from '../../../domain/enrichment-facts';
import type { FieldPath } from '../port';
import { employerOf, part } from '../wire';

/**
 * https://docs.peopledatalabs.com/docs/fields: on plans that do not include a value, `true` stands where
 * it would be.
 */
export const Person = z.object({
	full_name: loose.text,
	first_name: loose.text,
	last_name: loose.text,
	work_email: loose.text,
	mobile_phone: loose.text,
	phone_numbers: loose.texts,
	linkedin_url: loose.text,
	job_title: loose.text,
	job_title_levels: loose.texts,
	job_title_role: loose.text,
	job_start_date: loose.text,
	job_company_name: loose.text,
	job_company_website: loose.text,
	job_company_employee_count: loose.number,
	job_company_industry: loose.text,
	job_company_linkedin_url: loose.text,
	job_company_location_country: loose.text,
	location_country: loose.text,
	location_locality: loose.text,
});

export type Person = z.infer<typeof Person>;

export const PersonAnswer = z.object({ likelihood: loose.number, data: Person });
export type PersonAnswer = z.infer<typeof PersonAnswer>;

export const Company = z.object({
	likelihood: loose.number,
	name: loose.text,
	display_name: loose.text,
	website: loose.text,
	employee_count: loose.number,
	industry: loose.text,
	linkedin_url: loose.text,
	location: part({ country: loose.text }),
});

export type Company = z.infer<typeof Company>;

export const personFacts = (person: Person) => ({
	'identity.email': person.work_email,
	'identity.phone': person.mobile_phone ?? person.phone_numbers?.[0],
	'person.firstName': person.first_name,
	'person.lastName': person.last_name,
	'person.fullName': person.full_name,
	'person.title': person.job_title,
	'person.seniority': person.job_title_levels?.[0],
	'person.department': person.job_title_role,
	'person.linkedinUrl': person.linkedin_url,
	'person.country': person.location_country,
	'person.city': person.location_locality,
	'company.name': person.job_company_name,
	'company.domain': person.job_company_website,
	'company.employeeCount': person.job_company_employee_count,
	'company.industry': person.job_company_industry,
	'company.linkedinUrl': person.job_company_linkedin_url,
	'company.country': person.job_company_location_country,
});

/** Which of PDL's fields hold ours: a person without any that is wanted is not worth its credit. */
export const PDL_FIELDS = {
	'identity.email': ['work_email'],
	'identity.phone': ['mobile_phone', 'phone_numbers'],
	'person.firstName': ['first_name'],
	'person.lastName': ['last_name'],
	'person.fullName': ['full_name'],
	'person.title': ['job_title'],
	'person.seniority': ['job_title_levels'],
	'person.department': ['job_title_role'],
	'person.linkedinUrl': ['linkedin_url'],
	'person.country': ['location_country'],
	'person.city': ['location_locality'],
	'company.name': ['job_company_name'],
	'company.domain': ['job_company_website'],
	'company.employeeCount': ['job_company_employee_count'],
	'company.industry': ['job_company_industry'],
	'company.linkedinUrl': ['job_company_linkedin_url'],
	'company.country': ['job_company_location_country'],
} as const satisfies Partial<Record<FieldPath, readonly string[]>>;

/** The revenue is left out: PDL has a range of it. */
export const companyFacts = (company: Company) => ({
	'company.name': company.display_name ?? company.name,
	'company.domain': company.website,
	'company.employeeCount': company.employee_count,
	'company.industry': company.industry,
	'company.linkedinUrl': company.linkedin_url,
	'company.country': company.location?.country,
});

export const employerIn = (person: Person) =>
	employerOf({
		name: person.job_company_name,
		domain: person.job_company_website,
		title: person.job_title,
		since: person.job_start_date,
	});
