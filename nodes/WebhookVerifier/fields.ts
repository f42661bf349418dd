import type { INodeProperties } from 'n8n-workflow';
import { confirmFields } from '../shared/webhook/confirm-fields';
import { memoryFields, replayFields } from '../shared/webhook/replay-fields';
import { HAVE_A_CLOCK, senderFields, SIGN_THEIR_URL } from '../shared/webhook/sender-fields';
import { onlyFor, operationField } from './operation-fields';
import { reportFields } from './report-fields';
import { respondFields } from './respond-fields';

const verifyFields: INodeProperties[] = [
	{
		displayName:
			"In the Webhook node before this one, turn on the option 'Raw Body': a signature covers the bytes exactly as they were sent. Or start with the <b>Webhook Verifier Trigger</b>, which needs no Webhook node.",
		name: 'rawBodyNotice',
		type: 'notice',
		default: '',
	},
	...senderFields,
	{
		displayName: 'Public URL',
		name: 'publicUrl',
		type: 'string',
		default: '={{ $json.webhookUrl }}',
		description:
			'The URL exactly as the sender calls it, which this one signs. Correct it when a proxy in front of n8n changes host or path. Without a query here, the one of the call is added; its exact spelling is lost in the Webhook node, so register the webhook without one or use the trigger.',
		displayOptions: { show: { sender: SIGN_THEIR_URL } },
	},
	...confirmFields,
	...replayFields,
];

const verifyOptions: INodeProperties[] = [
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
				displayName: 'One Item per Event',
				name: 'splitEvents',
				type: 'boolean',
				default: false,
				description:
					'Whether a delivery of several events (HubSpot, SendGrid, Adobe …) becomes as many items, each with its event in body and its own event ID for Dedupe',
			},
			{
				displayName: 'Raw Body Field',
				name: 'binaryField',
				type: 'string',
				default: 'data',
				description: 'Name of the binary field that holds the raw body',
			},
			{
				displayName: 'Source Name',
				name: 'source',
				type: 'string',
				default: '',
				placeholder: 'e.g. hubspot-emea',
				description:
					'What the counts of this node are called in a Report, where several nodes have the same sender. Default: the sender.',
			},
			{
				displayName: 'Tolerance (Seconds)',
				name: 'toleranceSeconds',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 300,
				description:
					"How far the sender's clock may be from ours, either way. Default: what the sender's documents say.",
				displayOptions: { show: { '/sender': HAVE_A_CLOCK } },
			},
		],
	},
];

export const fields: INodeProperties[] = [
	operationField,
	...onlyFor(['verify'], verifyFields),
	...onlyFor(['report'], reportFields),
	...onlyFor(['respond'], respondFields),
	...onlyFor(['verify', 'report'], memoryFields),
	...onlyFor(['verify'], verifyOptions),
];
