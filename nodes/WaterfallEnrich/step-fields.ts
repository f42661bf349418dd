import type { INodeProperties } from 'n8n-workflow';
import { fieldOptions } from './field-names';
import { forOperations } from './operations';
import { customFields } from './custom-fields';
import { stepOptions } from './provider-options';

/** One step of the waterfall, as the panel asks for it. */
const stepValues: INodeProperties[] = [
	{
		displayName: 'Provider',
		name: 'provider',
		type: 'options',
		options: stepOptions,
		required: true,
		default: 'apollo',
	},
	...customFields,
	{
		displayName: 'Fields It May Fill',
		name: 'fields',
		type: 'multiOptions',
		options: fieldOptions,
		default: [],
		description: 'Leave empty to take everything the provider knows',
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeoutSeconds',
		type: 'number',
		typeOptions: { minValue: 0 },
		// As below: a setting that nobody added must not shorten what the profile gives.
		default: 0,
		description: 'How long this provider may take, retries included; 0: as the profile says',
	},
	{
		displayName: 'Credits per Hit',
		name: 'creditsPerHit',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 3 },
		// n8n fills in the default of a setting that nobody added: it must not change the price.
		default: 0,
		description:
			"What your plan charges for a person it knows, in the provider's own credits; 0: as its price list says. Set aside before the call; what is counted is what the answer says.",
	},
	{
		displayName: 'Price of a Credit (USD)',
		name: 'creditPrice',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 6 },
		default: 0,
		description:
			'What your plan pays; 0: the public list price. Where there is none, a budget in dollars skips the step.',
	},
	{
		displayName: 'Only If',
		name: 'conditions',
		type: 'filter',
		default: {},
		typeOptions: { filter: { version: 2, caseSensitive: false, typeValidation: 'loose' } },
		description:
			'Read from the item as it came into this node. Without conditions the provider is asked whenever something is missing.',
	},
];

const stepsField: INodeProperties = {
	displayName: 'Steps',
	name: 'steps',
	type: 'fixedCollection',
	placeholder: 'Add Step',
	typeOptions: {
		multipleValues: true,
		sortable: true,
		multipleValueButtonText: 'Add Step',
		hideOptionalFields: true,
		addOptionalFieldButtonText: 'Add Step Setting',
		fixedCollection: {
			itemTitle: '={{ $collection.item.value.name || $collection.item.value.provider }}',
		},
	},
	default: {
		values: [{ provider: 'apollo' }, { provider: 'hunter' }],
	},
	description: 'Asked from top to bottom, each for what is still missing. Drag to reorder.',
	options: [{ displayName: 'Step', name: 'values', values: stepValues }],
};

export const stepFields = [
	forOperations(['enrich', 'enrichCompany', 'findContacts', 'detectJobChange'], stepsField),
	{
		...forOperations(['verifyEmail'], stepsField),
		// Apollo verifies no addresses.
		default: { values: [{ provider: 'hunter' }] },
	},
];
