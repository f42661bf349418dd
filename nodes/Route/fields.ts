import type { INodeProperties, NodeHint } from 'n8n-workflow';
import { ownerFields } from './owner-fields';
import { poolFields } from './pool-fields';

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
		typeOptions: {
			...list('Add Owner'),
			hideOptionalFields: true,
			addOptionalFieldButtonText: 'Add Owner Setting',
		},
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
