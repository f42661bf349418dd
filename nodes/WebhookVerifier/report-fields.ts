import type { INodeProperties } from 'n8n-workflow';

/** What a report takes for healthy where the panel says nothing else. */
export const LIMITS = {
	windowHours: 24,
	refusedPercent: 5,
	leastDeliveries: 5,
	silentHours: 24,
	latePercent: 5,
} as const;

export const reportFields: INodeProperties[] = [
	{
		displayName: 'Sources',
		name: 'sources',
		type: 'string',
		default: '',
		placeholder: 'e.g. adobe-io, hubspot-v3',
		description:
			'Comma-separated. A source named here is reported even when nothing ever came from it. Empty: all from which something came in the last 90 days.',
	},
	{
		displayName: 'Options',
		name: 'reportOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Fewest Deliveries',
				name: 'leastDeliveries',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 5,
				description: 'With fewer deliveries in the time looked at, a percentage is not judged',
			},
			{
				displayName: 'Hours to Look At',
				name: 'windowHours',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 192 },
				default: 24,
				description: 'At most 192 (8 days)',
			},
			{
				displayName: 'Late Percent',
				name: 'latePercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 5,
				description:
					'Unhealthy when more than this share arrives later than 3 seconds after the event. 0: not looked at.',
			},
			{
				displayName: 'Refused Percent',
				name: 'refusedPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 5,
				description: 'Unhealthy when more than this share is refused. 0: not looked at.',
			},
			{
				displayName: 'Silent Hours',
				name: 'silentHours',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 24,
				description:
					'Unhealthy when nothing was accepted for so long. Longer than the quietest night or weekend of the sender. 0: not looked at.',
			},
		],
	},
];
