import type { INodeProperties } from 'n8n-workflow';
import { fieldOptions } from './field-names';
import { CUSTOM, CUSTOM_CREDENTIALS } from './provider-options';

const PLACEHOLDERS =
	'Placeholders such as {identity.email}, {person.linkedinUrl} or {company.domain} are filled from the lead when the API is asked.';

const pairs = (displayName: string, name: string): INodeProperties => ({
	displayName,
	name,
	type: 'fixedCollection',
	placeholder: 'Add',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add' },
	default: {},
	description: 'Those whose placeholders the lead does not have are left out',
	options: [
		{
			displayName: 'Pair',
			name: 'values',
			values: [
				{ displayName: 'Name', name: 'name', type: 'string', default: '' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
});

const answer: INodeProperties[] = [
	{
		displayName: 'Answer',
		name: 'mapping',
		type: 'fixedCollection',
		required: true,
		placeholder: 'Add Field',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Field' },
		default: { values: [{ field: 'person.title', value: '' }] },
		description: 'Where in the JSON of the answer each field stands',
		options: [
			{
				displayName: 'Field',
				name: 'values',
				values: [
					{
						displayName: 'Field',
						name: 'field',
						type: 'options',
						options: fieldOptions,
						default: 'person.title',
					},
					{
						displayName: 'Path',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. data.person.job_title',
						description: 'A JMESPath expression',
					},
				],
			},
		],
	},
	{
		displayName: 'Found When',
		name: 'foundWhen',
		type: 'string',
		default: '',
		placeholder: "e.g. status == 'matched'",
		description:
			'A JMESPath expression that is true for a hit. Empty: whenever a field has a value.',
	},
	{
		displayName: 'Not Found Statuses',
		name: 'notFound',
		type: 'string',
		default: '404',
		description: 'Comma-separated HTTP statuses that say that nobody is known',
	},
	{
		displayName: 'Credits Path',
		name: 'creditsPath',
		type: 'string',
		default: '',
		placeholder: 'e.g. meta.credits_used',
		description: 'Where the answer says what it cost. Empty: the credits per hit.',
	},
	{
		displayName: 'Confidence Path',
		name: 'confidencePath',
		type: 'string',
		default: '',
		placeholder: 'e.g. data.score',
		description: 'Where the answer says how sure it is, 0 to 1 or in per cent',
	},
];

const described: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: 'Custom API',
		description: "Stands in the result where a provider's name does",
	},
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		required: true,
		noDataExpression: true,
		options: Object.entries(CUSTOM_CREDENTIALS).map(([value, name]) => ({ name, value })),
		default: 'none',
		description: "Tick the same 'Custom HTTP' in 'Providers': its credential is set above",
	},
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: [
			{ name: 'GET', value: 'GET' },
			{ name: 'POST', value: 'POST' },
		],
		default: 'GET',
	},
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://api.example.com/people/{identity.email}',
		description: PLACEHOLDERS,
	},
	pairs('Query Parameters', 'query'),
	pairs('Headers', 'headers'),
	{
		displayName: 'Body (JSON)',
		name: 'body',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. { "email": "{identity.email}" }',
		description: PLACEHOLDERS,
	},
	...answer,
];

/** What a step asks for when its API is described by the user. */
export const customFields = described.map((field): INodeProperties => ({
	...field,
	displayOptions: {
		show: { provider: [CUSTOM], ...(field.name === 'body' && { method: ['POST'] }) },
	},
}));
