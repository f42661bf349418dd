import type { INodeProperties } from 'n8n-workflow';
import { WEEKDAYS } from '../shared/weekdays';

const onlyOwnHours = { show: { workingHours: ['define'] } };

/** When the owner and the lead can meet. */
export const hoursFields: INodeProperties[] = [
	{
		displayName: 'Working Hours',
		name: 'workingHours',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Of the Routed Owner',
				value: 'route',
				description: 'Take time zone and hours from the Route node before this one',
			},
			{ name: 'Define Below', value: 'define', description: 'Set them in this node' },
		],
		default: 'route',
	},
	{
		displayName: 'Owner Time Zone',
		name: 'timezone',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Europe/Berlin',
		description: 'IANA name of the zone that the working hours are in',
		displayOptions: onlyOwnHours,
	},
	{
		displayName: 'Working Days',
		name: 'days',
		type: 'multiOptions',
		options: WEEKDAYS,
		default: [1, 2, 3, 4, 5],
		displayOptions: onlyOwnHours,
	},
	{
		displayName: 'Working Hours Start',
		name: 'start',
		type: 'string',
		default: '09:00',
		placeholder: 'e.g. 09:00',
		displayOptions: onlyOwnHours,
	},
	{
		displayName: 'Working Hours End',
		name: 'end',
		type: 'string',
		default: '17:00',
		placeholder: 'e.g. 17:00',
		displayOptions: onlyOwnHours,
	},
	{
		displayName: 'Lead Time Zone',
		name: 'leadTimezone',
		type: 'string',
		default: '={{ $json.lead.person.timezone }}',
		placeholder: 'e.g. America/New_York',
		description:
			'When known, slots between 08:00 and 18:00 of the lead come first. May be left empty.',
	},
];
