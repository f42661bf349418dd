import type { INodeProperties } from 'n8n-workflow';
import { WEEKDAYS } from '../shared/weekdays';

/** The rest is one click away: most owners work the usual hours. */
const shown = { showEvenWhenOptional: true };

/** One owner, as the panel asks for them. */
export const ownerFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		typeOptions: shown,
		default: '',
		placeholder: 'e.g. Grace Hopper',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. grace@example.com',
		description: 'Identifies the owner in pools and as fallback',
	},
	{
		displayName: 'CRM Owner ID',
		name: 'crmOwnerId',
		type: 'string',
		typeOptions: shown,
		default: '',
		placeholder: 'e.g. 51294870',
		description: 'Who the contact and the task are given to in the CRM',
	},
	{
		displayName: 'Calendar ID',
		name: 'calendarId',
		type: 'string',
		default: '',
		placeholder: 'e.g. grace@example.com',
		description: 'Calendar that meetings are booked in. The email when left empty.',
	},
	{
		displayName: 'Slack Member ID',
		name: 'slackId',
		type: 'string',
		default: '',
		placeholder: 'e.g. U024BE7LH',
		description: 'Whom a message about the lead mentions: in Slack, the profile > Copy member ID',
	},
	{
		displayName: 'Time Zone',
		name: 'timezone',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Europe/Berlin',
		description: 'IANA name of the zone that the working hours are in',
	},
	{
		displayName: 'Working Days',
		name: 'days',
		type: 'multiOptions',
		options: WEEKDAYS,
		default: [1, 2, 3, 4, 5],
	},
	{
		displayName: 'Working Hours Start',
		name: 'start',
		type: 'string',
		default: '09:00',
		placeholder: 'e.g. 09:00',
	},
	{
		displayName: 'Working Hours End',
		name: 'end',
		type: 'string',
		default: '17:00',
		placeholder: 'e.g. 17:00',
	},
	{
		displayName: 'Active',
		name: 'active',
		type: 'boolean',
		default: true,
		description: 'Whether the owner gets leads at all',
	},
	{
		displayName: 'Away Until',
		name: 'awayUntil',
		type: 'dateTime',
		default: '',
		description: 'The owner gets no lead in turn before this moment, in their own time zone',
	},
];
