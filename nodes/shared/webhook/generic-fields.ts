import type { INodeProperties } from 'n8n-workflow';

export const GENERIC = 'generic-hmac';
const generic = { show: { sender: [GENERIC] } };

/** A sender without a preset, described by its documents. */
export const genericFields: INodeProperties[] = [
	{
		displayName: 'Signature Header',
		name: 'signatureHeader',
		type: 'string',
		required: true,
		default: 'x-signature',
		placeholder: 'e.g. X-Signature-256',
		displayOptions: generic,
	},
	{
		displayName: 'Signed Content',
		name: 'signedContent',
		type: 'string',
		required: true,
		default: '{body}',
		placeholder: 'e.g. {timestamp}.{body}',
		// eslint-disable-next-line n8n-nodes-base/node-param-description-miscased-id, n8n-nodes-base/node-param-description-miscased-url -- the placeholders are lower case
		description:
			'What the sender signs. {body} is the raw body; {timestamp}, {id}, {method} and {url} may stand around it.',
		displayOptions: generic,
	},
	{
		displayName: 'Algorithm',
		name: 'algorithm',
		type: 'options',
		default: 'sha256',
		options: [
			{ name: 'HMAC-SHA1', value: 'sha1' },
			{ name: 'HMAC-SHA256', value: 'sha256' },
			{ name: 'HMAC-SHA512', value: 'sha512' },
		],
		displayOptions: generic,
	},
	{
		displayName: 'Encoding',
		name: 'encoding',
		type: 'options',
		default: 'hex',
		options: [
			{ name: 'Base64', value: 'base64' },
			{ name: 'Hex', value: 'hex' },
		],
		displayOptions: generic,
	},
	{
		displayName: 'Prefix',
		name: 'prefix',
		type: 'string',
		default: '',
		placeholder: 'e.g. sha256=',
		description: 'What stands before the signature in its header',
		displayOptions: generic,
	},
	{
		displayName: 'Timestamp Header',
		name: 'timestampHeader',
		type: 'string',
		default: '',
		placeholder: 'e.g. X-Timestamp',
		description:
			'Leave empty when the sender sends none. Without it, replays cannot be told apart.',
		displayOptions: generic,
	},
	{
		displayName: 'Timestamp Unit',
		name: 'timestampUnit',
		type: 'options',
		default: 's',
		options: [
			{ name: 'Milliseconds', value: 'ms' },
			{ name: 'Seconds', value: 's' },
		],
		displayOptions: generic,
	},
	{
		displayName: 'Event ID Header',
		name: 'eventIdHeader',
		type: 'string',
		default: '',
		placeholder: 'e.g. X-Event-ID',
		description: 'The ID that stays the same when the sender repeats a delivery; Dedupe uses it',
		displayOptions: generic,
	},
	{
		displayName: 'Secret Encoding',
		name: 'secretEncoding',
		type: 'options',
		default: 'utf8',
		options: [
			{ name: 'Base64', value: 'base64' },
			{ name: 'Hex', value: 'hex' },
			{ name: 'Text', value: 'utf8' },
		],
		displayOptions: generic,
	},
];

export const GENERIC_SETTINGS = genericFields.map(({ name }) => name);
