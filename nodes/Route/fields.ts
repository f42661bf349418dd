import type { INodeProperties, NodeHint } from 'n8n-workflow';

const WEEKDAYS = [
	{ name: 'Monday', value: 1 },
	{ name: 'Tuesday', value: 2 },
	{ name: 'Wednesday', value: 3 },
	{ name: 'Thursday', value: 4 },
	{ name: 'Friday', value: 5 },
	{ name: 'Saturday', value: 6 },
	{ name: 'Sunday', value: 7 },
];

const ownerFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
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
		default: '',
		placeholder: 'e.g. 51294870',
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

const poolFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. EMEA',
		description: 'The turns are counted under this name, so renaming starts them again',
	},
	{
		displayName: 'Conditions',
		name: 'conditions',
		type: 'filter',
		default: {},
		typeOptions: { filter: { version: 2, caseSensitive: false, typeValidation: 'loose' } },
		description: 'Which leads the pool takes. All of them when no condition is set.',
	},
	{
		displayName: 'Members',
		name: 'members',
		type: 'string',
		default: '',
		placeholder: 'e.g. grace@example.com, ada@example.com',
		description: 'Emails of owners, separated by commas. All owners when left empty.',
	},
	{
		displayName: 'Pick',
		name: 'pick',
		type: 'options',
		options: [
			{
				name: 'Round Robin',
				value: 'roundRobin',
				description: 'One after the other, also across executions that run at once',
			},
		],
		default: 'roundRobin',
	},
];

const list = (text: string) => ({
	multipleValues: true,
	sortable: true,
	multipleValueButtonText: text,
	fixedCollection: { itemTitle: '={{ $collection.item.value.name }}' },
});

export const properties: INodeProperties[] = [
	{
		displayName: 'Owners',
		name: 'ownersSource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Define Below', value: 'define', description: 'List the owners in this node' },
			{
				name: 'From JSON',
				value: 'json',
				description: 'Take the owners from an expression, e.g. the rows of a data table',
			},
		],
		default: 'define',
	},
	{
		displayName: 'Owner List',
		name: 'owners',
		type: 'fixedCollection',
		typeOptions: list('Add Owner'),
		default: {},
		placeholder: 'Add Owner',
		displayOptions: { show: { ownersSource: ['define'] } },
		options: [{ displayName: 'Owner', name: 'values', values: ownerFields }],
	},
	{
		displayName: 'Owners JSON',
		name: 'ownersJson',
		type: 'json',
		default:
			'[\n  {\n    "name": "Grace Hopper",\n    "email": "grace@example.com",\n    "timezone": "America/New_York"\n  }\n]',
		description:
			'An array with one object an owner: name, email, crmOwnerId, calendarId, slackId, timezone, days, start, end, active, awayUntil',
		displayOptions: { show: { ownersSource: ['json'] } },
	},
	{
		displayName: 'Pools',
		name: 'pools',
		type: 'fixedCollection',
		typeOptions: list('Add Pool'),
		default: {},
		placeholder: 'Add Pool',
		description: 'Tried from the top. The first pool whose conditions the lead meets gets it.',
		options: [{ displayName: 'Pool', name: 'values', values: poolFields }],
	},
	{
		displayName: 'Fallback Owner',
		name: 'fallbackOwner',
		type: 'string',
		default: '',
		placeholder: 'e.g. lead-desk@example.com',
		description: 'Email of the owner who gets the lead when no pool matches or nobody is eligible',
	},
	{
		displayName: 'SLA (Minutes)',
		name: 'slaMinutes',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 15,
		description: 'Time that the owner has for the first answer, counted in their working hours',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Keep Existing Owner',
				name: 'keepExistingOwner',
				type: 'string',
				default: '',
				placeholder: 'e.g. {{ $json.properties.hubspot_owner_id }}',
				description:
					'CRM owner ID or email that the lead has already. When it is in the list, the lead stays there and no turn is used.',
			},
			{
				displayName: 'Lead Key',
				name: 'leadKey',
				type: 'string',
				default: '={{ $json.lead.identity.email }}',
				description: 'What makes two items the same lead. The email, phone or event when not set.',
			},
			{
				displayName: 'Prefer Owners Working Now',
				name: 'preferWorkingNow',
				type: 'boolean',
				default: true,
				description: 'Whether owners outside their working hours lose to those inside theirs',
			},
			{
				displayName: 'Remember Owner for (Days)',
				name: 'rememberDays',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 30,
				description: 'How long a repeat of the same lead goes to the same owner',
			},
		],
	},
];

export const hints: NodeHint[] = [
	{
		message: 'No pool is set: every lead goes to the fallback owner',
		type: 'warning',
		location: 'ndv',
		whenToDisplay: 'beforeExecution',
		displayCondition: '={{ !($parameter["pools"]?.values?.length) }}',
	},
	{
		message: 'No fallback owner is set: a lead that nobody can take goes to the error output',
		type: 'info',
		location: 'ndv',
		whenToDisplay: 'beforeExecution',
		displayCondition: '={{ !$parameter["fallbackOwner"] }}',
	},
];
