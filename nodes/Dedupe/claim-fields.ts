import type { INodeProperties } from 'n8n-workflow';
import { claimOptions } from './claim-option-fields';

const claim = { resource: ['event'], operation: ['claim'] };

export const claimFields: INodeProperties[] = [
	{
		displayName: 'Key',
		name: 'recipe',
		type: 'options',
		default: 'event-id',
		displayOptions: { show: claim },
		options: [
			{
				name: 'Content',
				value: 'content',
				description: 'For senders that give no ID: a hash of all they send, or of a part of it',
			},
			{
				name: 'Event ID',
				value: 'event-id',
				description: "The sender's own ID of the event, as the Webhook Verifier found it",
			},
			{
				name: 'Event ID and Event Time',
				value: 'event-id-and-time',
				description: 'For senders that use one ID for several events of a campaign',
			},
			{
				name: 'Fields',
				value: 'fields',
				description: 'For senders that give no ID: a hash of some fields',
			},
			{ name: 'Own Value', value: 'custom', description: 'An expression of yours' },
		],
		description: 'What makes two deliveries the same event',
	},
	{
		displayName: 'Ignore the Event Time',
		name: 'ignoreTime',
		type: 'boolean',
		default: false,
		description:
			'Whether to leave the time out: for senders that make a new one for each attempt, whose every repeat would be New',
		displayOptions: { show: { ...claim, recipe: ['event-id-and-time'] } },
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'string',
		requiresDataPath: 'multiple',
		required: true,
		default: '',
		placeholder: 'e.g. lead.identity.email, lead.custom.formId',
		description: 'Comma-separated; together they are the key',
		displayOptions: { show: { ...claim, recipe: ['fields'] } },
	},
	{
		displayName: 'Content',
		name: 'content',
		type: 'string',
		requiresDataPath: 'single',
		required: true,
		default: 'body',
		description: 'The field that holds what was sent. The order of its fields does not matter.',
		displayOptions: { show: { ...claim, recipe: ['content'] } },
	},
	{
		displayName: 'Except',
		name: 'except',
		type: 'string',
		default: '',
		placeholder: 'e.g. attempt, meta.sentAt, events.*.deliveredAt',
		description:
			'Comma-separated fields below it that change from attempt to attempt; * is every entry of a list',
		displayOptions: { show: { ...claim, recipe: ['content'] } },
	},
	{
		displayName: 'Own Value',
		name: 'ownValue',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. {{ $json.body.orderId }}',
		displayOptions: { show: { ...claim, recipe: ['custom'] } },
	},
	claimOptions,
];
