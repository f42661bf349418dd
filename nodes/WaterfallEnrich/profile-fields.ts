import type { INodeProperties } from 'n8n-workflow';
import { forOperations } from './operations';

/** Workflows of version 1 go on as they were: one after the other, within 5 seconds. */
const VERSIONS = { '@version': [{ _cnd: { gte: 1.1 } }] };
const custom = { show: { ...VERSIONS, profile: ['custom'] } };

const customFields: INodeProperties[] = [
	{
		displayName: 'Deadline (Seconds)',
		name: 'deadlineSeconds',
		type: 'number',
		typeOptions: { minValue: 0.1 },
		default: 5,
		displayOptions: custom,
		description: 'After this the lead goes on with what was found, whoever has not answered',
	},
	{
		displayName: 'Start Next Provider After (Seconds)',
		name: 'hedgeSeconds',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		displayOptions: custom,
		description:
			'How long to wait for a provider before the next one is asked beside it. Costs more, and is faster. With 0 the next one is asked after the answer.',
	},
	{
		displayName: 'Fastest First',
		name: 'fastestFirst',
		type: 'boolean',
		default: false,
		displayOptions: custom,
		description: 'Whether providers that usually answer sooner go first, whatever the order below',
	},
];

const profileField: INodeProperties = {
	displayName: 'Profile',
	name: 'profile',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: VERSIONS },
	options: [
		{
			name: 'Routing: Somebody Waits, at Most 5 Seconds',
			value: 'routing',
			description:
				'The fastest provider first, the next one beside it after 1 second, none started after 3. What is left goes to Background.',
		},
		{
			name: 'Full: Everything There Is, at Most 60 Seconds',
			value: 'full',
			description: 'One after the other in your order, the cheapest way',
		},
		{
			name: 'Refresh: as Full, and Old Values Again',
			value: 'refresh',
			description:
				'What a provider said 30 to 365 days ago counts as missing, by how fast such a field ages. Values of the lead itself stay.',
		},
		{
			name: 'Custom: Your Own Deadline',
			value: 'custom',
			description: 'One after the other within a deadline of yours',
		},
	],
	default: 'routing',
	description: 'How long the lead may wait, and how the providers are asked',
};

export const profileFields = [profileField, ...customFields].map((field) =>
	forOperations(['enrich', 'enrichCompany'], field),
);
