import type { INodeProperties } from 'n8n-workflow';

const complete = { show: { resource: ['event'], operation: ['complete'] } };

export const finishFields: INodeProperties[] = [
	{
		displayName:
			'Gives back the event that <b>Claim</b> has put on the item (dedupe.key). Connect what has failed to this node; there is nothing to set.',
		name: 'releaseNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { resource: ['event'], operation: ['release'] } },
	},
	{
		displayName: 'Result',
		name: 'result',
		type: 'json',
		default:
			'={{ { correlationId: $json.trace.correlationId, recordId: $json.crm?.recordId, meetingStartAt: $json.meeting?.startAt } }}',
		description:
			'What a repeat of the event is answered with. Kept in the store: leave personal data out.',
		displayOptions: complete,
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: complete,
		options: [
			{
				displayName: 'Remember For (Hours)',
				name: 'rememberHours',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 72,
				description:
					'Longer than the sender goes on repeating a delivery. Where it is not set, as long as Claim said.',
			},
		],
	},
	{
		displayName: 'Execution ID',
		name: 'executionId',
		type: 'string',
		required: true,
		default: '={{ $json.execution.id }}',
		description: 'Of the execution that has ended; as an Error Trigger gives it',
		displayOptions: { show: { resource: ['event'], operation: ['releaseExecution'] } },
	},
	{
		displayName: 'Days',
		name: 'days',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 120 },
		default: 7,
		description: 'How many days back, with today (UTC)',
		displayOptions: { show: { resource: ['event'], operation: ['counts'] } },
	},
];
