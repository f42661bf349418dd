import type { INodePropertyOptions } from 'n8n-workflow';
import type { FieldPath } from '../../lib/domain/enrichment-fields';

const FIELD_NAMES: Readonly<Record<FieldPath, string>> = {
	'company.country': 'Company Country',
	'company.domain': 'Company Domain',
	'company.industry': 'Company Industry',
	'company.linkedinUrl': 'Company LinkedIn URL',
	'company.name': 'Company Name',
	'company.phone': 'Company Phone',
	'company.revenue': 'Company Revenue',
	'company.employeeCount': 'Company Size',
	'company.techStack': 'Company Technologies',
	'person.city': 'Person City',
	'person.country': 'Person Country',
	'person.department': 'Person Department',
	'identity.email': 'Person Email',
	'identity.emailStatus': 'Person Email Status (Verified)',
	'person.firstName': 'Person First Name',
	'person.fullName': 'Person Full Name',
	'person.title': 'Person Job Title',
	'person.lastName': 'Person Last Name',
	'person.linkedinUrl': 'Person LinkedIn URL',
	'identity.phone': 'Person Phone',
	'person.seniority': 'Person Seniority',
	'person.timezone': 'Person Time Zone',
};

export const fieldOptions: INodePropertyOptions[] = Object.entries(FIELD_NAMES).map(
	([value, name]) => ({ name, value }),
);

export const companyFieldOptions = fieldOptions.filter(({ value }) =>
	String(value).startsWith('company.'),
);
