import type { INodeProperties } from 'n8n-workflow';
import { forOperations } from './operations';
import { laterOptions } from './provider-options';

const start: INodeProperties[] = [
	{
		displayName: 'Provider to Ask',
		name: 'laterProvider',
		type: 'options',
		options: laterOptions,
		default: 'fullenrich',
		description: 'Those that answer minutes later. It has to be ticked above for its credential.',
	},
	{
		displayName: 'Callback URL',
		name: 'callbackUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/enrichment-callback',
		description:
			"The production URL of a webhook whose workflow has this node with 'Collect Async Result'. Leave empty to ask for the result instead, where the provider allows it.",
	},
];

const collect: INodeProperties[] = [
	{
		displayName: 'Result Comes',
		name: 'collectBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'In a Callback',
				value: 'callback',
				description: 'The item is what a webhook received from the provider',
			},
			{
				name: 'By Asking for the Jobs of the Item',
				value: 'item',
				description: "The item is a lead with job IDs in 'enrichment.pending'",
			},
			{
				name: 'By Asking for Every Job That Is Due',
				value: 'due',
				description: 'After a Schedule Trigger: also for callbacks that never came',
			},
		],
		default: 'callback',
	},
	{
		displayName: 'Callback Body',
		name: 'callbackBody',
		type: 'json',
		default: '={{ $json.body }}',
		displayOptions: { show: { collectBy: ['callback'] } },
		description:
			"What the provider sent. A raw body that the webhook has kept in the binary field 'data' is read instead: long job IDs lose their last digits in JSON.",
	},
	{
		displayName: 'Jobs at Once',
		name: 'jobLimit',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 500 },
		default: 50,
		displayOptions: { show: { collectBy: ['due'] } },
	},
	{
		displayName: 'Give Up After (Hours)',
		name: 'giveUpHours',
		type: 'number',
		typeOptions: { minValue: 0.1 },
		default: 24,
		displayOptions: { show: { collectBy: ['item', 'due'] } },
		description:
			'A job that has no result by then is asked for no more; its lead goes on as Partial',
	},
];

export const laterFields: INodeProperties[] = [
	...start.map((field) => forOperations(['start'], field)),
	...collect.map((field) => forOperations(['collect'], field)),
];
