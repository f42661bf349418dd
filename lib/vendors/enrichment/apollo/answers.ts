import { z } from 'zod';
import { loose } from '../../../domain/enrichment-facts';
import { employerOf, part, parts, present } from '../wire';

const Phone = part({ number: loose.text, sanitized_number: loose.text });

const Organization = z.object({
	name: loose.text,
	primary_domain: loose.text,
	website_url: loose.text,
	linkedin_url: loose.text,
	estimated_num_employees: loose.number,
	industry: loose.text,
	annual_revenue: loose.number,
	technology_names: loose.texts,
	primary_phone: Phone,
	country: loose.text,
});

export const Person = z.object({
	id: loose.text,
	first_name: loose.text,
	last_name: loose.text,
	name: loose.text,
	title: loose.text,
	seniority: loose.text,
	departments: loose.texts,
	linkedin_url: loose.text,
	email: loose.text,
	city: loose.text,
	country: loose.text,
	contact: part({
		phone_numbers: z.array(Phone).nullish().catch(undefined),
		sanitized_phone: loose.text,
	}),
	employment_history: parts({
		current: z.boolean().nullish().catch(undefined),
		organization_name: loose.text,
		title: loose.text,
		start_date: loose.text,
	}),
	organization: Organization.nullish(),
});

export type Person = z.infer<typeof Person> | null | undefined;
export type Organization = z.infer<typeof Organization> | null | undefined;

/** A signed 64-bit number: as text where it came with all its digits. */
export const RequestId = z
	.union([z.string(), z.int()])
	.transform(String)
	.pipe(z.string().regex(/^-?\d{1,19}$/))
	.nullish()
	.catch(undefined);

export const PersonAnswer = z.object({
	request_id: RequestId,
	person: Person.nullish(),
	waterfall: part({ status: loose.text, message: loose.text }),
});

export const PeopleAnswer = z.object({
	credits_consumed: loose.number,
	matches: z.array(Person.nullish()),
});

export const OrganizationAnswer = z.object({ organization: Organization.nullish() });

export const OrganizationsAnswer = z.object({ organizations: z.array(Organization.nullish()) });

export const personFacts = (person: Person) => {
	const numbers = person?.contact?.phone_numbers ?? [];
	return {
		'identity.email': person?.email,
		'identity.phone':
			numbers.find((entry) => entry?.sanitized_number)?.sanitized_number ??
			person?.contact?.sanitized_phone,
		'person.firstName': person?.first_name,
		'person.lastName': person?.last_name,
		'person.fullName': person?.name,
		'person.title': person?.title,
		'person.seniority': person?.seniority,
		'person.department': person?.departments?.[0],
		'person.linkedinUrl': person?.linkedin_url,
		'person.country': person?.country,
		'person.city': person?.city,
	};
};

export const organizationFacts = (organization: Organization) => ({
	'company.name': organization?.name,
	'company.domain': organization?.primary_domain ?? organization?.website_url,
	'company.employeeCount': organization?.estimated_num_employees,
	'company.industry': organization?.industry,
	'company.revenue': organization?.annual_revenue,
	'company.techStack': organization?.technology_names,
	'company.phone':
		organization?.primary_phone?.sanitized_number ?? organization?.primary_phone?.number,
	'company.linkedinUrl': organization?.linkedin_url,
	'company.country': organization?.country,
});

/** The job that Apollo holds for the current one. */
export function employerIn(person: Person) {
	const now = present(person?.employment_history).find(({ current }) => current);
	return employerOf({
		name: person?.organization?.name ?? now?.organization_name,
		domain: person?.organization?.primary_domain ?? person?.organization?.website_url,
		title: now?.title ?? person?.title,
		since: now?.start_date,
	});
}
