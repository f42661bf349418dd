import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

const shown = { show: { confirm: [true] } };

/** n8n's own types that can ask a sender for a record. */
const CREDENTIALS = [
	{ name: 'ActiveCampaign', value: 'activeCampaignApi' },
	{ name: 'Header (Any API)', value: 'httpHeaderAuth' },
	{ name: 'HubSpot', value: 'hubspotAppToken' },
	{ name: 'Mailchimp', value: 'mailchimpApi' },
	{ name: 'Pipedrive', value: 'pipedriveApi' },
	{ name: 'Salesforce', value: 'salesforceOAuth2Api' },
];

export const confirmFields: INodeProperties[] = [
	{
		displayName: 'Confirm With the Sender',
		name: 'confirm',
		type: 'boolean',
		default: false,
		description:
			'Whether to fetch the record that the delivery names from the sender before believing it. For senders that sign nothing: a forger can then make you look, but not make you believe.',
	},
	{
		displayName: 'Record URL',
		name: 'confirmUrl',
		type: 'string',
		required: true,
		noDataExpression: true,
		default: '',
		// eslint-disable-next-line n8n-nodes-base/node-param-placeholder-miscased-id -- a path in the sender's own spelling
		placeholder: 'e.g. https://api.pipedrive.com/v1/persons/{data.id}',
		description:
			'Where the sender keeps the record. {data.ID} is replaced with that value of the delivery; the host must be fixed.',
		displayOptions: shown,
	},
	{
		displayName: 'Record Credential',
		name: 'confirmCredential',
		type: 'options',
		noDataExpression: true,
		default: 'httpHeaderAuth',
		options: CREDENTIALS,
		description: 'What the sender is asked with',
		displayOptions: shown,
	},
	{
		displayName: 'Must Match',
		name: 'confirmMatch',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add field',
		default: {},
		description:
			'Fields that the delivery and the record must have in common. The record itself is in verification.record: use it, and not what the delivery says.',
		displayOptions: shown,
		options: [
			{
				displayName: 'Fields',
				name: 'pairs',
				values: [
					{
						displayName: 'In the Delivery',
						name: 'event',
						type: 'string',
						default: '',
						placeholder: 'e.g. data.email',
					},
					{
						displayName: 'In the Record',
						name: 'record',
						type: 'string',
						default: '',
						placeholder: 'e.g. data.primary_email',
					},
				],
			},
		],
	},
];

export const confirmCredentials: INodeCredentialDescription[] = CREDENTIALS.map(({ value }) => ({
	name: value,
	required: true,
	displayOptions: { show: { '/confirm': [true], '/confirmCredential': [value] } },
}));
