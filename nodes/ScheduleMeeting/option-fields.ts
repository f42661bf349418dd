import type { INodeProperties } from 'n8n-workflow';

export const optionFields: INodeProperties[] = [
	{
		displayName: 'Additional Attendees',
		name: 'additionalAttendees',
		type: 'string',
		default: '',
		placeholder: 'e.g. se@example.com, desk@example.com',
		description: 'Emails to invite as well, separated by commas',
	},
	{
		displayName: 'Buffer After (Minutes)',
		name: 'bufferAfterMinutes',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 10,
		description: 'Time that has to be free after the meeting',
	},
	{
		displayName: 'Buffer Before (Minutes)',
		name: 'bufferBeforeMinutes',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 10,
		description: 'Time that has to be free before the meeting',
	},
	{
		displayName: 'Purpose',
		name: 'purpose',
		type: 'string',
		default: 'intro',
		placeholder: 'e.g. demo',
		description: 'Part of the meeting key: another purpose is another meeting with the same lead',
	},
	{
		displayName: 'Send Invitations',
		name: 'sendInvitations',
		type: 'options',
		options: [
			{ name: 'To All', value: 'all' },
			{ name: 'To Guests Outside the Organization', value: 'externalOnly' },
			{ name: 'To Nobody', value: 'none' },
		],
		default: 'all',
		description: 'Who gets an invitation by email',
	},
	{
		displayName: 'Slot Step (Minutes)',
		name: 'stepMinutes',
		type: 'number',
		typeOptions: { minValue: 5 },
		default: 30,
		description: 'Time between two possible starts, counted from the start of the working day',
	},
];
