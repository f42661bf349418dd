import type { INodeProperties } from 'n8n-workflow';
import { claimFields } from './claim-fields';
import { finishFields } from './finish-fields';
import { orderFields } from './order-fields';

export const resourceField: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	default: 'event',
	options: [
		{
			name: 'Event',
			value: 'event',
			description: 'Each event is worked on once, and its repeats get the first result',
		},
		{
			name: 'Identity',
			value: 'identity',
			description: 'Whom a lead is of, over all systems, and what stays when records are merged',
		},
		{
			name: 'Order',
			value: 'order',
			description: 'Events of one lead do not overtake each other',
		},
	],
};

const eventOperations: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: 'claim',
	displayOptions: { show: { resource: ['event'] } },
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
			name: 'Counts',
			value: 'counts',
			action: 'Get the counts of events',
			description: 'How many were new, repeated, late or merged, by day and source',
		},
		{
			name: 'Release',
			value: 'release',
			action: 'Release a claimed event',
			description: 'Give the event back after a failure, so that it may be tried again',
		},
		{
			name: 'Release by Execution',
			value: 'releaseExecution',
			action: 'Release all events of an execution',
			description: 'Give back what a broken execution has left unfinished, after an Error Trigger',
		},
	],
};

export const fields: INodeProperties[] = [
	eventOperations,
	...claimFields,
	...finishFields,
	...orderFields,
];
