import type { INodeProperties, NodeHint } from 'n8n-workflow';
import { enrichment } from '../../lib/vendors/enrichment';
import { fieldOptions, providerOptions, stepValues } from './step-fields';

/**
 * A credential slot appears for each provider ticked in 'Providers'. It cannot follow the steps: n8n
 * shows a slot by the value of one parameter, and a path through every step is not one.
 * With the slash, because n8n takes a plain name for the choice of an authentication, and leaves that
 * parameter out of the panel.
 */
export const credentials = enrichment.map(({ credential, id, title }) => ({
	name: credential,
	displayName: title,
	required: true,
	displayOptions: { show: { '/providers': [id] } },
}));

export const hints: NodeHint[] = [
	{
		message: "A step names a provider that is not ticked in 'Providers': it will be skipped",
		type: 'warning',
		location: 'ndv',
		whenToDisplay: 'beforeExecution',
		displayCondition:
			'={{ ($parameter.steps?.values ?? []).some((step) => !$parameter.providers.includes(step.provider)) }}',
	},
	{
		message: "A provider ticked in 'Providers' has no step: it will never be asked",
		type: 'warning',
		location: 'ndv',
		whenToDisplay: 'beforeExecution',
		displayCondition:
			'={{ $parameter.providers.some((id) => !($parameter.steps?.values ?? []).some((step) => step.provider === id)) }}',
	},
];

export const properties: INodeProperties[] = [
	{
		displayName: 'Providers',
		name: 'providers',
		type: 'multiOptions',
		options: providerOptions,
		default: ['apollo', 'hunter'],
		required: true,
		description: 'The accounts you have. Each one ticked asks for its credential above.',
	},
	{
		displayName: 'Fields Wanted',
		name: 'wanted',
		type: 'multiOptions',
		options: fieldOptions,
		default: [
			'person.title',
			'person.seniority',
			'company.name',
			'company.domain',
			'company.employeeCount',
			'company.industry',
			'identity.phone',
			'person.linkedinUrl',
		],
		required: true,
		description: 'No provider is asked, or paid, once the lead has all of these',
	},
	{
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
			fixedCollection: { itemTitle: '={{ $collection.item.value.provider }}' },
		},
		default: {
			values: [{ provider: 'apollo' }, { provider: 'hunter' }],
		},
		description: 'Asked from top to bottom, each for what is still missing. Drag to reorder.',
		options: [{ displayName: 'Step', name: 'values', values: stepValues }],
	},
	{
		displayName: 'On All Providers Failed',
		name: 'onAllFailed',
		type: 'options',
		options: [
			{
				name: 'Continue as Partial',
				value: 'continue',
				description: 'The lead goes on with what the form said',
			},
			{
				name: 'Fail',
				value: 'fail',
				description: 'The item goes to the error output, or stops the workflow',
			},
		],
		default: 'continue',
		description: 'What to do when every provider that was asked was down, refused or too slow',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Enrich Personal Addresses',
				name: 'personalAddresses',
				type: 'boolean',
				default: false,
				description: 'Whether to pay for leads that write from a free-mail address',
			},
			{
				displayName: 'Keep Only Wanted Fields',
				name: 'onlyWanted',
				type: 'boolean',
				default: false,
				description:
					"Whether to throw away what a provider also said and nobody wanted. Otherwise it fills the lead's empty fields.",
			},
			{
				displayName: 'Remember Answers (Hours)',
				name: 'cacheHours',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 24,
				description: 'How old an answer may be before the provider is asked again. 0 turns it off.',
			},
			{
				displayName: 'Time for All Steps (Seconds)',
				name: 'budgetSeconds',
				type: 'number',
				typeOptions: { minValue: 0.1 },
				default: 5,
				description: 'After this the lead goes on with what was found',
			},
		],
	},
];
