import type { INodeProperties } from 'n8n-workflow';
import { forOperations } from './operations';

const company: INodeProperties[] = [
	{
		displayName: 'Company Domain',
		name: 'companyDomain',
		type: 'string',
		default: '={{ $json.lead?.company?.domain }}',
		placeholder: 'e.g. northwind-analytics.com',
		description: 'A website works too. The item needs no lead.',
	},
	{
		displayName: 'Company Name',
		name: 'companyName',
		type: 'string',
		default: '={{ $json.lead?.company?.name }}',
		placeholder: 'e.g. Northwind Analytics',
		description: 'For providers that find a company by its name, where the domain is not known',
	},
];

const email: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	required: true,
	default: '={{ $json.lead?.identity?.email }}',
	placeholder: 'e.g. nathan@example.com',
	description:
		'The address to verify. The status is also put into the lead, where the item has one.',
};

const LEVELS = {
	'C-Suite': 'c_suite',
	Director: 'director',
	Entry: 'entry',
	Founder: 'founder',
	Head: 'head',
	Intern: 'intern',
	Manager: 'manager',
	Owner: 'owner',
	Partner: 'partner',
	Senior: 'senior',
	VP: 'vp',
};

const words = (displayName: string, name: string, placeholder: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	description: 'Comma-separated; any of them. Leave empty for all.',
});

const contacts: INodeProperties[] = [
	{
		displayName: 'Domain of the Account',
		name: 'accountDomain',
		type: 'string',
		required: true,
		default: '={{ $json.lead?.company?.domain }}',
		placeholder: 'e.g. northwind-analytics.com',
	},
	words('Titles', 'titles', 'e.g. revenue operations, sales'),
	{
		displayName: 'Seniorities',
		name: 'seniorities',
		type: 'multiOptions',
		options: Object.entries(LEVELS).map(([name, value]) => ({ name, value })),
		default: [],
		description: 'Any of them. Leave empty for all.',
	},
	words('Departments', 'departments', 'e.g. sales, marketing'),
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 500 },
		// People cost credits: fewer than n8n's usual 50.
		// eslint-disable-next-line n8n-nodes-base/node-param-default-wrong-for-limit
		default: 10,
		description: 'Max number of results to return',
	},
	{
		displayName: 'Put Out',
		name: 'contactsAs',
		type: 'options',
		options: [
			{
				name: 'Each Person as a Lead',
				value: 'leads',
				description: 'Ready for Enrich Lead, Score and CRM Upsert. Nobody has consented yet.',
			},
			{
				name: 'One List per Item',
				value: 'list',
				description: "The item goes on with the people under 'contacts'",
			},
		],
		default: 'leads',
	},
];

export const subjectFields: INodeProperties[] = [
	...company.map((field) => forOperations(['enrichCompany'], field)),
	forOperations(['verifyEmail'], email),
	...contacts.map((field) => forOperations(['findContacts'], field)),
];
