import type { INodeProperties } from 'n8n-workflow';
import { calendars } from '../../lib/vendors/calendars';
import { hoursFields } from './hours-fields';
import { optionFields } from './option-fields';

const onlyBook = { show: { operation: ['book'] } };

export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Book Meeting',
				value: 'book',
				action: 'Book meeting',
				description: 'Put the meeting into the first suitable slot of the calendar',
			},
			{
				name: 'Find Slots',
				value: 'findSlots',
				action: 'Find slots',
				description: 'Propose slots without booking one',
			},
		],
		default: 'book',
	},
	{
		displayName: 'Calendar Provider',
		name: 'provider',
		type: 'options',
		noDataExpression: true,
		options: calendars.map(({ id, title }) => ({ name: title, value: id })),
		default: 'google',
	},
	{
		displayName: 'Calendar',
		name: 'calendarId',
		type: 'resourceLocator',
		default: { mode: 'id', value: '={{ $json.route.owner.calendarId }}' },
		required: true,
		description:
			'Calendar of the owner. The account of the credential needs to be able to write to it.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchCalendars', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. grace@example.com',
			},
		],
	},
	...hoursFields,
	{
		displayName: 'Duration (Minutes)',
		name: 'durationMinutes',
		type: 'number',
		typeOptions: { minValue: 5 },
		default: 30,
	},
	{
		displayName: 'Minimum Notice (Minutes)',
		name: 'noticeMinutes',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 120,
		description: 'The meeting starts no sooner than this from now',
	},
	{
		displayName: 'Search Window (Working Days)',
		name: 'windowDays',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 60 },
		default: 5,
		description: "How many of the owner's working days to look at, today included",
	},
	{
		displayName: 'Number of Slots',
		name: 'slotCount',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 3,
		description: 'How many slots to propose',
		displayOptions: { show: { operation: ['findSlots'] } },
	},
	{
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default:
			'=Intro call: {{ $json.lead.company.name ?? $json.lead.person.fullName ?? $json.lead.identity.email }}',
		required: true,
		placeholder: 'e.g. Intro call',
		displayOptions: onlyBook,
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		typeOptions: { rows: 4 },
		default:
			'={{ $json.route?.owner?.name ?? "We" }} and {{ $json.lead.person.fullName ?? $json.lead.person.firstName ?? $json.lead.identity.email }} get to know each other.',
		displayOptions: onlyBook,
	},
	{
		displayName: 'Invite Lead',
		name: 'inviteLead',
		type: 'boolean',
		default: true,
		description: 'Whether to add the lead as attendee',
		displayOptions: onlyBook,
	},
	{
		displayName: 'Video Call',
		name: 'videoCall',
		type: 'boolean',
		default: true,
		description: "Whether to add the calendar's own video call, such as Google Meet",
		displayOptions: onlyBook,
	},
	{
		displayName: 'Meeting Key',
		name: 'meetingKey',
		type: 'string',
		default: '={{ $json.dedupe?.key ?? $json.lead.source.eventId ?? $json.lead.identity.email }}',
		required: true,
		description:
			'The same key in the same calendar is the same meeting, however often it is booked',
		displayOptions: onlyBook,
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: optionFields,
	},
];
