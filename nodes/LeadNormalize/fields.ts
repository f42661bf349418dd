import type { INodeProperties } from 'n8n-workflow';
import { FIELD_IDS } from '../../lib/domain/form-fields';

/** `companyName` -> `Company Name`; `utmSource` -> `UTM Source`. */
const label = (id: string) =>
	id
		.replace(/([A-Z])/g, ' $1')
		.replace(/^./, (first) => first.toUpperCase())
		.replace(/\b(Utm|Id|Url)\b/g, (word) => word.toUpperCase());

export const fields: INodeProperties[] = [
	{
		displayName: 'Payload',
		name: 'payload',
		type: 'json',
		required: true,
		default: '={{ $json.body ?? $json }}',
		description:
			'What the sender sent. Its fields are found by their usual names, at any depth: email, work_email, First Name, company.name and so on.',
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
		description: 'Only for fields that the payload calls by a name of its own',
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
						options: FIELD_IDS.map((id) => ({ name: label(id), value: id })).sort((a, b) =>
							a.name.localeCompare(b.name),
						),
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
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Enrich Personal Addresses',
				name: 'enrichPersonal',
				type: 'boolean',
				default: false,
				description:
					'Whether leads with a free mail address (gmail.com and the like) may be sent to paid providers',
			},
			{
				displayName: 'Event Name',
				name: 'event',
				type: 'string',
				default: '',
				placeholder: 'e.g. webform_submitted',
				description: 'Wins over the name in the payload',
			},
			{
				displayName: 'Required',
				name: 'requires',
				type: 'options',
				default: 'email',
				options: [
					{ name: 'Email', value: 'email' },
					{ name: 'Email or Phone', value: 'email-or-phone' },
				],
				description: 'What a lead must have; without it, it goes to Invalid',
			},
			{
				displayName: 'Source System',
				name: 'sourceSystem',
				type: 'string',
				default: '',
				placeholder: 'e.g. hubspot',
				description: 'Wins over what is recognised in the payload',
			},
		],
	},
];
