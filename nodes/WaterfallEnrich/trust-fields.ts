import type { INodeProperties } from 'n8n-workflow';
import { fieldOptions } from './field-names';
import { providerOptions } from './provider-options';

const rows = (what: string) => ({
	multipleValues: true,
	multipleValueButtonText: `Add ${what}`,
});

/** Which provider is trusted more for a field, whatever the order of the steps. */
export const precedenceField: INodeProperties = {
	displayName: 'Trusted Providers by Field',
	name: 'precedence',
	type: 'fixedCollection',
	placeholder: 'Add Rule',
	typeOptions: rows('Rule'),
	default: {},
	description:
		'For these fields the value of the first one that answers stands, also when another was asked before. Otherwise the first step that knows it.',
	options: [
		{
			displayName: 'Rule',
			name: 'values',
			values: [
				{
					displayName: 'Fields',
					name: 'fields',
					type: 'multiOptions',
					options: fieldOptions,
					default: [],
				},
				{
					displayName: 'Providers, Most Trusted First',
					name: 'providers',
					type: 'multiOptions',
					options: providerOptions,
					default: [],
					description: 'In the order in which you choose them',
				},
			],
		},
	],
};

/** How old a provider's value may get. */
export const freshnessField: INodeProperties = {
	displayName: 'Ask Again When Older Than',
	name: 'freshness',
	type: 'fixedCollection',
	placeholder: 'Add Limit',
	typeOptions: rows('Limit'),
	default: {},
	description:
		"Values that a provider brought, by 'enrichment.fields' of the item. An older one counts as missing.",
	options: [
		{
			displayName: 'Limit',
			name: 'values',
			values: [
				{
					displayName: 'Fields',
					name: 'fields',
					type: 'multiOptions',
					options: fieldOptions,
					default: [],
				},
				{
					displayName: 'Days',
					name: 'days',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 90,
				},
			],
		},
	],
};
