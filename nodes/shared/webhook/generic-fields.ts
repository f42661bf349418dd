import type { INodeProperties } from 'n8n-workflow';

const generic = { show: { sender: ['generic-hmac'] } };

/** A sender without a preset, described by its documents. */
export const genericFields: INodeProperties[] = [
	{
		displayName: 'Signature Header',
		name: 'signatureHeader',
		type: 'string',
		default: 'x-signature',
		placeholder: 'e.g. X-Signature-256',
		description: 'Several with commas between them where the sender signs with several keys',
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
			'What the sender signs. {body} is the raw body; {timestamp}, {id}, {method}, {url}, {host}, {path}, {query}, {header:name} and {body:sha256:hex} may stand around it.',
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
			{ name: 'HMAC-SHA384', value: 'sha384' },
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
			{ name: 'Base64 for URLs', value: 'base64url' },
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
			{ name: 'HTTP Date', value: 'rfc-1123', description: 'Mon, 02 Mar 2026 12:00:00 GMT' },
			{ name: 'ISO 8601', value: 'iso-8601', description: '2026-03-02T12:00:00Z' },
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
			{ name: 'Base64 for URLs', value: 'base64url' },
			{ name: 'Hex', value: 'hex' },
			{ name: 'Text', value: 'utf8' },
		],
		displayOptions: generic,
	},
	{
		displayName: 'More About the Signature',
		name: 'genericOptions',
		type: 'collection',
		placeholder: 'Add property',
		default: {},
		displayOptions: generic,
		options: [
			{
				displayName: 'Event ID in Body',
				name: 'eventIdPath',
				type: 'string',
				default: '',
				// eslint-disable-next-line n8n-nodes-base/node-param-placeholder-miscased-id -- a path in the sender's own spelling
				placeholder: 'e.g. data.id',
				description: 'Where the ID stands in a JSON body, when no header has it',
			},
			{
				displayName: 'Form of the Header',
				name: 'signatureForm',
				type: 'options',
				default: 'plain',
				options: [
					{ name: 'A Signature', value: 'plain' },
					{ name: 'List of Signatures', value: 'list', description: 'Any of them may match' },
					{ name: 'Pairs', value: 'pairs', description: 'Like t=1492774577,v1=5257a8…' },
				],
			},
			{
				displayName: 'Name of the Signature Pair',
				name: 'signatureKey',
				type: 'string',
				default: 'v1',
				description: 'Pairs only; several of that name may stand in the header',
			},
			{
				displayName: 'Name of the Timestamp Pair',
				name: 'timestampKey',
				type: 'string',
				default: '',
				placeholder: 'e.g. t',
				description: 'Pairs only, and instead of a timestamp header',
			},
			{
				displayName: 'Secret Prefix',
				name: 'secretPrefix',
				// eslint-disable-next-line n8n-nodes-base/node-param-type-options-password-missing -- everyone knows it
				type: 'string',
				default: '',
				placeholder: 'e.g. whsec_',
				description: 'Stands before the secret and is no part of the key',
			},
			{
				displayName: 'Separator',
				name: 'separator',
				type: 'options',
				default: ',',
				options: [
					{ name: 'Comma', value: ',' },
					{ name: 'Semicolon', value: ';' },
					{ name: 'Space', value: ' ' },
				],
				description: 'Between the parts of a list or of pairs',
			},
			{
				displayName: 'Signature Query Parameter',
				name: 'signatureQuery',
				type: 'string',
				default: '',
				placeholder: 'e.g. signature',
				description: 'For a signature in the URL. Empty the field Signature Header then.',
			},
			{
				displayName: 'Timestamp Query Parameter',
				name: 'timestampQuery',
				type: 'string',
				default: '',
				placeholder: 'e.g. ts',
			},
		],
	},
];
