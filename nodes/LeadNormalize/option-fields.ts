import type { INodeProperties } from 'n8n-workflow';

export const optionFields: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Companies and Deals',
			name: 'companiesAndDeals',
			type: 'options',
			default: 'invalid',
			options: [
				{
					name: 'Output of Their Own',
					value: 'output',
					description: 'They leave by a third output, Company or Deal',
				},
				{ name: 'With Invalid', value: 'invalid', description: 'They are no leads' },
			],
			description:
				'Where events about a company or a deal go; either way with a canonical account or opportunity',
		},
		{
			displayName: 'Enrich Personal Addresses',
			name: 'enrichPersonal',
			type: 'boolean',
			default: false,
			description:
				'Whether leads with a free mail address (gmail.com and the like) may be sent to paid providers',
		},
		{
			displayName: 'Enrich Role Accounts',
			name: 'enrichRoles',
			type: 'boolean',
			default: true,
			description:
				'Whether leads with the address of a desk (info@, sales@) may be sent to paid providers',
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
				{
					name: 'Email, Phone or Record ID',
					value: 'any-id',
					description: 'For events that only name the record, such as the webhooks of HubSpot',
				},
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
};
