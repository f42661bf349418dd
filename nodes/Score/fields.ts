import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_RULES } from './default-rules';

export const properties: INodeProperties[] = [
	{
		displayName: 'Rules',
		name: 'rules',
		type: 'fixedCollection',
		placeholder: 'Add Rule',
		typeOptions: {
			multipleValues: true,
			sortable: true,
			multipleValueButtonText: 'Add Rule',
			fixedCollection: {
				itemTitle:
					'={{ $collection.item.value.name }} ({{ $collection.item.value.points > 0 ? "+" : "" }}{{ $collection.item.value.points }})',
			},
		},
		default: { values: DEFAULT_RULES },
		description: 'Each rule whose conditions hold gives its points',
		options: [
			{
				displayName: 'Rule',
				name: 'values',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. Director or Above',
						description: 'Shown in the breakdown and in the timeline of the lead',
					},
					{
						displayName: 'Group',
						name: 'group',
						type: 'string',
						default: 'fit',
						placeholder: 'e.g. fit or engagement',
						description: "Rules of one group share a cap. See 'Group Caps'.",
					},
					{
						displayName: 'Points',
						name: 'points',
						type: 'number',
						typeOptions: { numberPrecision: 0 },
						default: 10,
						description: 'A whole number. Negative takes points away.',
					},
					{
						displayName: 'Conditions',
						name: 'conditions',
						type: 'filter',
						default: {},
						typeOptions: { filter: { version: 2, caseSensitive: false, typeValidation: 'loose' } },
					},
				],
			},
		],
	},
	{
		displayName: 'MQL Threshold',
		name: 'threshold',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 60,
		description: 'From this score on the lead goes to the MQL output',
	},
	{
		displayName: 'Config Version',
		name: 'configVersion',
		type: 'string',
		default: '1',
		placeholder: 'e.g. 2026-q4',
		description: 'Written on every score, so that scores of different rule sets can be told apart',
	},
	{
		displayName: 'Group Caps',
		name: 'groupCaps',
		type: 'fixedCollection',
		placeholder: 'Add Cap',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Cap' },
		default: {},
		description: 'The most that all rules of a group may give together',
		options: [
			{
				displayName: 'Cap',
				name: 'values',
				values: [
					{
						displayName: 'Group',
						name: 'group',
						type: 'string',
						default: '',
						placeholder: 'e.g. engagement',
					},
					{
						displayName: 'Most Points',
						name: 'max',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 0 },
						default: 50,
					},
				],
			},
		],
	},
];
