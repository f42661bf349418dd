import type { INodeProperties } from 'n8n-workflow';
import { forOperations } from './operations';
import { providerOptions } from './provider-options';

const budgets: INodeProperties = {
	displayName: 'Budgets',
	name: 'budgets',
	type: 'fixedCollection',
	placeholder: 'Add Budget',
	typeOptions: {
		multipleValues: true,
		multipleValueButtonText: 'Add Budget',
		fixedCollection: {
			itemTitle: '={{ $collection.item.value.per }}',
		},
	},
	default: {},
	description:
		'The most that may be spent. A step that would cost more is skipped with the reason, and the lead goes on.',
	options: [
		{
			displayName: 'Budget',
			name: 'values',
			values: [
				{
					displayName: 'Per',
					name: 'per',
					type: 'options',
					options: [
						{ name: 'Day', value: 'day', description: 'From midnight to midnight, all workflows' },
						{ name: 'Lead', value: 'lead' },
						{ name: 'Run', value: 'run', description: 'All items of one execution of this node' },
					],
					default: 'day',
				},
				{
					displayName: 'Provider',
					name: 'provider',
					type: 'options',
					options: [{ name: 'All Together', value: '' }, ...providerOptions],
					default: '',
				},
				{
					displayName: 'US Dollars',
					name: 'usd',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 4 },
					default: 0,
					description:
						'By the list price of a credit, or the price set in the step. A provider without either is not asked. 0: no limit.',
				},
				{
					displayName: 'Credits',
					name: 'credits',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 3 },
					default: 0,
					description: "In the provider's own credits. 0: no limit.",
				},
			],
		},
	],
};

export const spendFields = [
	forOperations(
		['enrich', 'enrichCompany', 'verifyEmail', 'findContacts', 'detectJobChange', 'start'],
		budgets,
	),
];
