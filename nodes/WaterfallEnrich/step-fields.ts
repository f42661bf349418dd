import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { FieldPath } from '../../lib/domain/enrichment-fields';
import { enrichment } from '../../lib/vendors/enrichment';

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
	([value, name]) => ({
		name,
		value,
	}),
);

export const providerOptions: INodePropertyOptions[] = enrichment.map(({ id, title }) => ({
	name: title,
	value: id,
}));

/** One step of the waterfall, as the panel asks for it. */
export const stepValues: INodeProperties[] = [
	{
		displayName: 'Provider',
		name: 'provider',
		type: 'options',
		options: providerOptions,
		required: true,
		default: 'apollo',
	},
	{
		displayName: 'Fields It May Fill',
		name: 'fields',
		type: 'multiOptions',
		options: fieldOptions,
		default: [],
		description: 'Leave empty to take everything the provider knows',
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeoutSeconds',
		type: 'number',
		typeOptions: { minValue: 0.1 },
		default: 3,
		description: 'How long this provider may take, retries included',
	},
	{
		displayName: 'Only If',
		name: 'conditions',
		type: 'filter',
		default: {},
		typeOptions: { filter: { version: 2, caseSensitive: false, typeValidation: 'loose' } },
		description:
			'Read from the item as it came into this node. Without conditions the provider is asked whenever something is missing.',
	},
];
