import type { INodeProperties } from 'n8n-workflow';

/** Definitions of the user's own fields. */
export const customFields: INodeProperties = {
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'fixedCollection',
	placeholder: 'Add Custom Field',
	typeOptions: {
		multipleValues: true,
		sortable: true,
		fixedCollection: { itemTitle: '={{ $collection.item.value.name }}' },
	},
	default: {},
	description:
		'What your own fields may hold. A value that does not fit is kept under custom.unread, and the timeline says so.',
	options: [
		{
			displayName: 'Custom Field',
			name: 'fields',
			values: [
				{
					displayName: 'Allowed Values',
					name: 'allowed',
					type: 'string',
					default: '',
					placeholder: 'e.g. free, team, enterprise',
					description: 'Comma-separated; empty for any',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. plan',
					description:
						'Its name in lead.custom; case, spaces, dashes and underscores of the sender do not matter',
				},
				{
					displayName: 'Owner',
					name: 'owner',
					type: 'string',
					default: '',
					placeholder: 'e.g. marketing',
					description: 'The system or team that may write it',
				},
				{
					displayName: 'Required',
					name: 'required',
					type: 'boolean',
					default: false,
					description: 'Whether a lead without it is to be reported',
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					default: 'text',
					options: [
						{ name: 'Boolean', value: 'boolean' },
						{ name: 'Date', value: 'date' },
						{ name: 'List', value: 'list' },
						{ name: 'Number', value: 'number' },
						{ name: 'Text', value: 'text' },
					],
				},
			],
		},
	],
};
