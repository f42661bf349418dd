import type { INodeProperties } from 'n8n-workflow';
import { crm } from '../../lib/vendors/crm';
import { optionFields } from './option-fields';
import { taskFields } from './task-fields';

const forUpsert = (field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: {
		...field.displayOptions,
		show: { operation: ['upsert'], ...field.displayOptions?.show },
	},
});

const common: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Create or Update',
				value: 'upsert',
				action: 'Create or update a contact',
				description: 'Create a new record, or update the current one if it already exists (upsert)',
			},
			{
				name: 'Find',
				value: 'find',
				action: 'Find a contact',
				description: 'Look up who the lead is in the CRM already, and who owns them',
			},
		],
		default: 'upsert',
	},
	{
		displayName: 'CRM',
		name: 'system',
		type: 'options',
		noDataExpression: true,
		options: crm.map(({ id, title }) => ({ name: title, value: id })),
		default: 'hubspot',
		description: 'Where the lead is written',
	},
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		noDataExpression: true,
		// With the slash: n8n leaves a parameter that an authentication names out of the panel.
		displayOptions: { show: { '/system': ['hubspot'] } },
		options: [
			{ name: 'Service Key or Private App', value: 'hubspotAppToken' },
			{ name: 'OAuth2', value: 'hubspotOAuth2Api' },
		],
		default: 'hubspotAppToken',
	},
];

const upsertFields: INodeProperties[] = [
	{
		displayName: 'Standard Fields',
		name: 'standardFields',
		type: 'boolean',
		default: true,
		description:
			'Whether to write name, phone, job title, company, website, industry, revenue, city and country from the lead',
	},
	{
		displayName: 'Additional Properties',
		name: 'additionalProperties',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		description:
			'More contact properties to write, such as the score, the campaign or the lifecycle stage',
		typeOptions: {
			resourceMapper: {
				resourceMapperMethod: 'getContactProperties',
				// Not `upsert`: that asks for a column to match on, and the lead's address is the key.
				mode: 'add',
				addAllFields: false,
				supportAutoMap: false,
				allowEmptyValues: true,
				valuesLabel: 'Additional Properties',
				fieldWords: { singular: 'property', plural: 'properties' },
				noFieldsError: 'The account has no contact property that can be written',
			},
		},
	},
	{
		displayName: 'Owner',
		name: 'ownerId',
		type: 'resourceLocator',
		default: { mode: 'id', value: '={{ $json.route?.owner?.crmOwnerId }}' },
		description: 'Who is to own the contact. Empty leaves the owner alone.',
		modes: [
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 70100001',
			},
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchOwners', searchable: true },
			},
		],
	},
	...taskFields,
];

export const fields: INodeProperties[] = [
	...common,
	...upsertFields.map(forUpsert),
	...optionFields,
];
