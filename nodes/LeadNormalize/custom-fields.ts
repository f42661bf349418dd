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
			// In the order in which people think of them.
			// eslint-disable-next-line n8n-nodes-base/node-param-fixed-collection-type-unsorted-items
			values: [
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
				{
					displayName: 'Allowed Values',
					name: 'allowed',
					type: 'string',
					default: '',
					placeholder: 'e.g. free, team, enterprise',
					description: 'Comma-separated; empty for any',
				},
				{
					displayName: 'Required',
					name: 'required',
					type: 'boolean',
					default: false,
					description: 'Whether a lead without it is to be reported',
				},
				{
					displayName: 'Owner',
					name: 'owner',
					type: 'string',
					default: '',
					placeholder: 'e.g. marketing',
					description: 'The system or team that may write it',
				},
			],
		},
	],
};
