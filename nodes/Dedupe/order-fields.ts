import type { INodeProperties } from 'n8n-workflow';
import { scopeField } from './scope-field';

const show = (...operation: string[]) => ({ show: { resource: ['order'], operation } });

export const orderFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'enter',
		displayOptions: { show: { resource: ['order'] } },
		options: [
			{
				name: 'Check Sequence',
				value: 'checkSequence',
				action: 'Check the sequence of an event',
				description: 'Mark events that come after a newer one of the same lead',
			},
			{
				name: 'Enter',
				value: 'enter',
				action: 'Enter the turn of a lead',
				description: 'Wait until no other execution works on the lead, first come first served',
			},
			{
				name: 'Leave',
				value: 'leave',
				action: 'Leave the turn of a lead',
				description: 'Let the next event of the lead be worked on',
			},
		],
	},
	{
		displayName:
			'Gives back the turn that <b>Enter</b> has put on the item (order.held). Connect the error outputs in between to this node too; there is nothing to set.',
		name: 'leaveNotice',
		type: 'notice',
		default: '',
		displayOptions: show('leave'),
	},
	{
		displayName: 'Entity',
		name: 'entity',
		type: 'string',
		required: true,
		default: '={{ $json.lead.identity.email }}',
		description:
			'Whom the event is about. Kept as a hash. Enter takes a list too, and waits for all of it.',
		displayOptions: show('enter', 'checkSequence'),
	},
	{
		displayName: 'Ordered By',
		name: 'orderedBy',
		type: 'options',
		noDataExpression: true,
		default: 'time',
		displayOptions: show('checkSequence'),
		options: [
			{
				name: 'Sequence Number',
				value: 'number',
				description: 'A whole number that grows: numbers that are missing are told',
			},
			{ name: 'Time', value: 'time', description: 'The time of the event, not of its delivery' },
		],
	},
	{
		displayName: 'Position',
		name: 'position',
		type: 'string',
		required: true,
		default: '={{ $json.lead.source.occurredAt }}',
		description: 'The time or the number of the event',
		displayOptions: show('checkSequence'),
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: show('enter'),
		options: [
			{
				displayName: 'Longest Hold (Minutes)',
				name: 'longestHoldMinutes',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 10,
				description:
					'After this time the next one enters, even if the execution still runs. When it ends, or its worker dies, the turn is free earlier.',
			},
			scopeField('All workflows wait for each other', 'Each workflow has a line of its own'),
			{
				displayName: 'Wait (Seconds)',
				name: 'waitSeconds',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 3600 },
				default: 60,
				description: 'How long to wait for the turn before the item leaves by Timed Out',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: show('checkSequence'),
		options: [
			{
				displayName: 'Remember For (Days)',
				name: 'rememberDays',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 30,
				description: 'How long the newest event of a lead is remembered after it',
			},
			scopeField('All workflows share what is newest', 'Each workflow has its own'),
		],
	},
];
