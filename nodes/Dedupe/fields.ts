import type { INodeProperties } from 'n8n-workflow';

const claim = { show: { operation: ['claim'] } };

export const fields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'claim',
		options: [
			{
				name: 'Claim',
				value: 'claim',
				action: 'Claim an event',
				description: 'Take the event if nobody has; tell repeats apart, with the first result',
			},
			{
				name: 'Complete',
				value: 'complete',
				action: 'Complete a claimed event',
				description: 'Keep the result of the work, so that repeats of the event get it',
			},
			{
				name: 'Release',
				value: 'release',
				action: 'Release a claimed event',
				description: 'Give the event back after a failure, so that it may be tried again',
			},
		],
	},
	{
		displayName: 'Key',
		name: 'recipe',
		type: 'options',
		default: 'event-id',
		displayOptions: claim,
		options: [
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
			{ name: 'Fields', value: 'fields', description: 'For senders that give no ID' },
			{ name: 'Own Value', value: 'custom', description: 'An expression of yours' },
		],
		description: 'What makes two deliveries the same event',
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
		displayOptions: { show: { operation: ['claim'], recipe: ['fields'] } },
	},
	{
		displayName: 'Own Value',
		name: 'ownValue',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. {{ $json.body.orderId }}',
		displayOptions: { show: { operation: ['claim'], recipe: ['custom'] } },
	},
	{
		displayName: 'Result',
		name: 'result',
		type: 'json',
		default:
			'={{ { correlationId: $json.trace.correlationId, recordId: $json.crm?.recordId, meetingStartAt: $json.meeting?.startAt } }}',
		description:
			'What a repeat of the event is answered with. Kept in the store: leave personal data out.',
		displayOptions: { show: { operation: ['complete'] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { operation: ['claim', 'complete'] } },
		options: [
			{
				displayName: 'Lease (Minutes)',
				name: 'leaseMinutes',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 10,
				displayOptions: { show: { '/operation': ['claim'] } },
				description:
					'After this time without a result the holder is taken for dead, and a repeat is New. Longer than the longest run of the workflow.',
			},
			{
				displayName: 'Remember For (Hours)',
				name: 'rememberHours',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 72,
				description: 'Longer than the sender goes on repeating a delivery',
			},
			{
				displayName: 'Scope',
				name: 'scope',
				type: 'options',
				default: 'workflow',
				displayOptions: { show: { '/operation': ['claim'] } },
				options: [
					{ name: 'Instance', value: 'instance', description: 'All workflows share their claims' },
					{ name: 'Workflow', value: 'workflow', description: 'Each workflow claims for itself' },
				],
			},
		],
	},
];
