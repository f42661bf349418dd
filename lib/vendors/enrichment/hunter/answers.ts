import { z } from 'zod';
import { loose } from '../../../domain/enrichment-facts';
import { part } from '../wire';

// https://hunter.io/api-documentation/v2: any field may be null, and a field of another type is none.
const Linked = part({ handle: loose.text });
const Geo = part({ city: loose.text, country: loose.text });

const Person = part({
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

const Company = part({
	name: loose.text,
	domain: loose.text,
	site: part({ phoneNumbers: loose.texts }),
	category: part({ industry: loose.text }),
	geo: Geo,
	linkedin: Linked,
	metrics: part({ employees: loose.number, annualRevenue: loose.number }),
	tech: loose.texts,
});

const Finding = part({
	email: loose.text,
	score: loose.number,
	position: loose.text,
	linkedin_url: loose.text,
	phone_number: loose.text,
	company: loose.text,
	domain: loose.text,
	verification: part({ status: loose.text }),
});

export const PersonAnswer = z.object({ data: Person });
export const CompanyAnswer = z.object({ data: Company });
export const CombinedAnswer = z.object({ data: part({ person: Person, company: Company }) });
export const FinderAnswer = z.object({ data: Finding });
export const VerifierAnswer = z.object({
	data: part({
		status: loose.text,
		score: loose.number,
		disposable: z.boolean().nullish().catch(undefined),
	}),
});

const linkedin = (handle: string | null | undefined, kind: 'in' | 'company') =>
	handle && `https://www.linkedin.com/${handle.includes('/') ? handle : `${kind}/${handle}`}`;

export const personFacts = (person: z.infer<typeof Person>) => ({
	'identity.phone': person?.phone,
	'person.firstName': person?.name?.givenName,
	'person.lastName': person?.name?.familyName,
	'person.fullName': person?.name?.fullName,
	'person.title': person?.employment?.title,
	'person.seniority': person?.employment?.seniority,
	'person.department': person?.employment?.role,
	'person.linkedinUrl': linkedin(person?.linkedin?.handle, 'in'),
	'person.timezone': person?.timeZone,
	'person.country': person?.geo?.country,
	'person.city': person?.geo?.city,
	'company.name': person?.employment?.name,
	'company.domain': person?.employment?.domain,
});

export const companyFacts = (company: z.infer<typeof Company>) => ({
	'company.name': company?.name,
	'company.domain': company?.domain,
	'company.employeeCount': company?.metrics?.employees,
	'company.industry': company?.category?.industry,
	'company.revenue': company?.metrics?.annualRevenue,
	'company.techStack': company?.tech,
	'company.phone': company?.site?.phoneNumbers?.[0],
	'company.linkedinUrl': linkedin(company?.linkedin?.handle, 'company'),
	'company.country': company?.geo?.country,
});
