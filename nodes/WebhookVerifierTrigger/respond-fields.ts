import type { INodeProperties } from 'n8n-workflow';

export const respondFields: INodeProperties[] = [
	{
		displayName: 'Respond',
		name: 'responseMode',
		type: 'options',
		noDataExpression: true,
		default: 'onReceived',
		options: [
			{
				name: 'Immediately',
				value: 'onReceived',
				description: 'As soon as the execution is saved, with what this sender expects',
			},
			{
				name: 'When Last Node Finishes',
				value: 'lastNode',
				description: 'With the data of the last node',
			},
			{
				name: 'Using a Webhook Verifier (Respond)',
				value: 'responseNode',
				description: 'With what that node says, as soon as it runs',
			},
		],
		description:
			'When an accepted delivery is answered. Forged deliveries and subscription checks are answered at once, whatever is chosen here.',
	},
	{
		displayName:
			"Put a <b>Webhook Verifier</b> with the operation <b>Respond</b> where the answer is known; on every branch, or the sender waits for the end of the workflow. n8n's own Respond to Webhook takes no triggers of packages. Most senders wait only a few seconds.",
		name: 'respondNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { responseMode: ['responseNode'] } },
	},
	{
		displayName: 'Response Data',
		name: 'responseData',
		type: 'options',
		default: 'firstEntryJson',
		options: [
			{ name: 'All Entries', value: 'allEntries', description: 'All items of the last node' },
			{
				name: 'First Entry Binary',
				value: 'firstEntryBinary',
				description: "The binary field 'data' of the first item of the last node",
			},
			{
				name: 'First Entry JSON',
				value: 'firstEntryJson',
				description: 'The first item of the last node',
			},
			{ name: 'No Response Body', value: 'noData', description: 'Only the status' },
		],
		displayOptions: { show: { responseMode: ['lastNode'] } },
	},
];
