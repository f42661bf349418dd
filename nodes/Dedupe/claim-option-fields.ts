import type { INodeProperties } from 'n8n-workflow';
import { scopeField } from './scope-field';

export const claimOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: { show: { resource: ['event'], operation: ['claim'] } },
	options: [
		{
			displayName: 'Heartbeat',
			name: 'heartbeat',
			type: 'boolean',
			default: false,
			description:
				'Whether to keep the claim alive while the execution runs: when its worker is killed, the event is free within a minute. The lease is then the longest that it may be held.',
		},
		{
			displayName: 'Lease (Minutes)',
			name: 'leaseMinutes',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 10,
			description:
				'After this time without a result the holder is taken for dead, and a repeat is New. Longer than the longest run of the workflow.',
		},
		{
			displayName: 'Remember For (Hours)',
			name: 'rememberHours',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 72,
			description:
				'Longer than the sender goes on repeating a delivery. Where it is not set: 24 hours for the key Content, 72 for the others.',
		},
		scopeField('All workflows share their claims', 'Each workflow claims for itself'),
		{
			displayName: 'Wait for the First (Seconds)',
			name: 'waitSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 3600 },
			default: 0,
			description:
				'How long a repeat waits for the one that is being worked on: it then is a Duplicate with its result, or New if that one has died',
		},
		{
			displayName: 'When the Execution Ends',
			name: 'atEnd',
			type: 'options',
			default: 'nothing',
			options: [
				{
					name: 'Complete or Release',
					value: 'complete',
					description:
						'Complete what is still open if the execution has succeeded, release it if it has failed or was stopped',
				},
				{
					name: 'Do Nothing',
					value: 'nothing',
					description: 'What is still open stays so until its lease ends',
				},
				{
					name: 'Release',
					value: 'release',
					description: 'Release what is still open, however the execution has ended',
				},
			],
			description: 'What happens to claims that the workflow itself has not finished',
		},
	],
};
