import type { INodeProperties } from 'n8n-workflow';
import { confirmFields } from '../shared/webhook/confirm-fields';
import { memoryFields, replayFields } from '../shared/webhook/replay-fields';
import { HAVE_A_CLOCK, senderFields, SIGN_THEIR_URL } from '../shared/webhook/sender-fields';
import { guardFields } from './guard-fields';
import { respondFields } from './respond-fields';

export const fields: INodeProperties[] = [
	{
		// n8n reads the body of a version 1 node itself, unless this says that it is a file: then every
		// type arrives as it was sent, multipart too, and no JSON is refused before the node sees it.
		displayName: 'Body Handling',
		name: 'options',
		type: 'hidden',
		default: { binaryData: true },
	},
	...senderFields,
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: '',
		placeholder: 'e.g. hubspot-contacts',
		description: 'The path of the URL. Empty: one that nobody can guess.',
	},
	...respondFields,
	guardFields,
	...confirmFields,
	...replayFields,
	...memoryFields,
	{
		displayName: 'Options',
		name: 'settings',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Keep Raw Body',
				name: 'keepRawBody',
				type: 'boolean',
				default: false,
				description:
					"Whether to put the bytes as they were signed into the binary field 'data', for files and for later proof",
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
				displayName: 'Public URL',
				name: 'publicUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://hooks.example.com',
				description:
					"The URL as the sender calls it, or only its beginning where a proxy changes no more than that. Default: n8n's own (WEBHOOK_URL). The query is always that of the call.",
				displayOptions: { show: { '/sender': SIGN_THEIR_URL } },
			},
			{
				displayName: 'Response Code',
				name: 'responseCode',
				type: 'number',
				typeOptions: { minValue: 200, maxValue: 299 },
				default: 200,
				description: 'Status for accepted deliveries. Default: what the sender wants, mostly 200.',
				displayOptions: { hide: { '/responseMode': ['responseNode'] } },
			},
			{
				displayName: 'Source Name',
				name: 'source',
				type: 'string',
				default: '',
				placeholder: 'e.g. hubspot-emea',
				description:
					"What the counts of this node are called in the Webhook Verifier's Report, where several nodes have the same sender. Default: the sender.",
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
