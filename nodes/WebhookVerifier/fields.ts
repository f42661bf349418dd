import type { INodeProperties } from 'n8n-workflow';
import { signatures } from '../../lib/vendors/signatures';
import { GENERIC, genericFields } from './generic-fields';

export const fields: INodeProperties[] = [
	{
		displayName:
			"In the Webhook node before this one, turn on the option 'Raw Body': a signature covers the bytes exactly as they were sent.",
		name: 'rawBodyNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Sender',
		name: 'sender',
		type: 'options',
		noDataExpression: true,
		// eslint-disable-next-line n8n-nodes-base/node-param-default-wrong-for-options -- one of the signatures spread below
		default: 'standard-webhooks',
		options: [
			...signatures.map(({ id, title }) => ({ name: title, value: id })),
			{
				name: 'Other (Generic HMAC)',
				value: GENERIC,
				description: 'Any sender that signs with a shared secret',
			},
		],
		description: 'Who signs the deliveries, and so how they are signed',
	},
	...genericFields,
	{
		displayName: 'Public URL',
		name: 'publicUrl',
		type: 'string',
		default: '={{ $json.webhookUrl }}',
		description:
			'The URL exactly as the sender calls it. Correct it when a proxy in front of n8n changes host or path, and register the webhook without a query string.',
		displayOptions: { show: { sender: ['hubspot-v3', GENERIC] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'HTTP Method',
				name: 'method',
				type: 'string',
				default: 'POST',
				description: 'The method that the sender calls with; some schemes sign it',
			},
			{
				displayName: 'Raw Body Field',
				name: 'binaryField',
				type: 'string',
				default: 'data',
				description: 'Name of the binary field that holds the raw body',
			},
			{
				displayName: 'Tolerance (Seconds)',
				name: 'toleranceSeconds',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 300,
				description: "How far the sender's clock may be from ours, either way",
			},
		],
	},
];
