import type { INodeProperties } from 'n8n-workflow';

const shownFor = (respondWith: string) => ({ show: { respondWith: [respondWith] } });

/** The answer to the sender, where the Webhook Verifier Trigger leaves it to the workflow. */
export const respondFields: INodeProperties[] = [
	{
		displayName:
			"Answers the caller of a <b>Webhook Verifier Trigger</b> whose 'Respond' is <b>Using a Webhook Verifier (Respond)</b>. After n8n's own Webhook node, use n8n's Respond to Webhook.",
		name: 'respondNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Respond With',
		name: 'respondWith',
		type: 'options',
		noDataExpression: true,
		default: 'verification',
		options: [
			{ name: 'JSON', value: 'json' },
			{ name: 'No Body', value: 'noData', description: 'Only the status' },
			{ name: 'Text', value: 'text' },
			{
				name: 'What the Sender Expects',
				value: 'verification',
				description:
					'What verification.response of the item says; 200 and the correlation ID where it says nothing',
			},
		],
		description: 'What the first item is answered with; all items go on',
	},
	{
		displayName: 'Response Body',
		name: 'responseBody',
		type: 'json',
		required: true,
		typeOptions: { rows: 4 },
		default: '{\n  "accepted": true\n}',
		displayOptions: shownFor('json'),
	},
	{
		displayName: 'Response Body',
		name: 'responseText',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. thank you',
		displayOptions: shownFor('text'),
	},
	{
		displayName: 'Response Code',
		name: 'responseCode',
		type: 'number',
		typeOptions: { minValue: 200, maxValue: 599 },
		default: 200,
		description: 'Senders repeat a delivery after 500 and more, and many after 400 and more',
		displayOptions: { hide: { respondWith: ['verification'] } },
	},
	{
		displayName: 'Response Headers',
		name: 'responseHeaders',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add header',
		default: {},
		description: 'Besides those of the content type and the correlation ID',
		options: [
			{
				displayName: 'Headers',
				name: 'entries',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. Retry-After',
					},
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	},
];
