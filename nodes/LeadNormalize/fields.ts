import type { INodeProperties } from 'n8n-workflow';
import { FIELD_IDS } from '../../lib/domain/form-fields';
import { sources } from '../../lib/vendors/sources';
import { customFields } from './custom-fields';
import { label } from './label';
import { optionFields } from './option-fields';
import { AUTOMATIC, CUSTOM } from './source';

const byName = (one: { name: string }, other: { name: string }) =>
	one.name.localeCompare(other.name);

export const fields: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		noDataExpression: true,
		default: AUTOMATIC,
		options: [
			{
				name: 'Automatic',
				value: AUTOMATIC,
				description: 'Recognize the sender by what it sent; anything else is read as a form',
			},
			{
				name: 'Custom (Own Mapping)',
				value: CUSTOM,
				description: 'Drag values onto the fields of the lead; nothing else is read',
			},
			...sources.map(({ id, title }) => ({ name: title, value: id })).sort(byName),
		],
		description: 'Who sent the payload. Choose by hand only when Automatic takes it for another.',
	},
	{
		displayName: 'Payload',
		name: 'payload',
		type: 'json',
		required: true,
		default: '={{ $json.body ?? $json }}',
		description:
			'What the sender sent, JSON or XML. One that carries several events becomes several items. Fields of a form are found by their usual names, at any depth: email, work_email, First Name, company.name and so on.',
		displayOptions: { hide: { source: [CUSTOM] } },
	},
	{
		displayName: 'Lead Fields',
		name: 'leadFields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		description: 'Drag a value from the input onto each field that the sender knows',
		displayOptions: { show: { source: [CUSTOM] } },
		typeOptions: {
			// A custom field that was defined is a field to map.
			loadOptionsDependsOn: ['customFields.fields'],
			resourceMapper: {
				resourceMapperMethod: 'getLeadFields',
				mode: 'add',
				supportAutoMap: false,
				valuesLabel: 'Lead Fields',
				fieldWords: { singular: 'field', plural: 'fields' },
				noFieldsError: 'There is no field to map',
			},
		},
	},
	{
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'string',
		default: '',
		placeholder: 'e.g. US',
		description:
			'ISO 3166-1 code for phone numbers that come without a country code, when the lead does not say its country',
	},
	{
		displayName: 'Field Mapping',
		name: 'mapping',
		type: 'fixedCollection',
		placeholder: 'Add Field',
		typeOptions: {
			multipleValues: true,
			sortable: true,
			fixedCollection: { itemTitle: '={{ $collection.item.value.field }}' },
		},
		default: {},
		description:
			'Only for fields that the payload calls by a name of its own; wins over the payload',
		displayOptions: { hide: { source: [CUSTOM] } },
		options: [
			{
				displayName: 'Field',
				name: 'fields',
				values: [
					{
						displayName: 'Lead Field',
						name: 'field',
						type: 'options',
						default: 'email',
						options: FIELD_IDS.map((id) => ({ name: label(id), value: id })).sort(byName),
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. {{ $json.body.answers[2].email }}',
					},
				],
			},
		],
	},
	customFields,
	optionFields,
];
