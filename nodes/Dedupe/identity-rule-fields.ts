import type { INodeProperties } from 'n8n-workflow';

const resolve = { show: { '/operation': ['resolve'] } };

const kind: INodeProperties = {
	displayName: 'Key',
	name: 'kind',
	type: 'options',
	default: 'phone',
	options: [
		{ name: 'Company Domain and Name', value: 'domain-name' },
		{ name: 'Email', value: 'email' },
		{ name: 'ID in a System', value: 'id' },
		{ name: 'Phone', value: 'phone' },
		{ name: 'Phone and Name', value: 'phone-name' },
	],
};

const use: INodeProperties = {
	displayName: 'Use',
	name: 'use',
	type: 'options',
	default: 'support',
	options: [
		{ name: 'Identifies', value: 'identify', description: 'Who has it is the person' },
		{ name: 'Is Ignored', value: 'ignore' },
		{
			name: 'Supports',
			value: 'support',
			description: 'Finds a person where nothing identifies, and is a hint otherwise',
		},
	],
};

/** The rules of identity, as a collection of options. */
export const ruleOptions = (
	displayOptions: NonNullable<INodeProperties['displayOptions']>,
): INodeProperties => ({
	displayName: 'Options',
	name: 'identityOptions',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions,
	options: [
		{
			displayName: 'Blocked Values',
			name: 'blocked',
			type: 'string',
			default: '',
			placeholder: 'e.g. reception@acme.com, @partner.com, +4930901820',
			description: 'Comma-separated values that say nothing about who somebody is',
			displayOptions: resolve,
		},
		{
			displayName: 'Entity Map',
			name: 'map',
			type: 'string',
			default: 'main',
			description: 'Keeps the people of several brands or clients apart',
		},
		{
			displayName: 'ID Systems',
			name: 'idSystems',
			type: 'string',
			default: 'hubspot, salesforce, marketo, segment, warehouse',
			description:
				'Comma-separated systems whose IDs are IDs of people. IDs of form submissions and orders are not.',
			displayOptions: resolve,
		},
		{
			displayName: 'Keep For (Days)',
			name: 'keepDays',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 730,
			description: 'After its last use. A merge can be undone for 90 days of it.',
		},
		{
			displayName: 'Keys',
			name: 'keys',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add key',
			default: {},
			description:
				'Changes how keys are used. Those that are named come first, in this order; the others follow as they are by default.',
			displayOptions: resolve,
			options: [
				{
					name: 'rules',
					displayName: 'Key',
					values: [
						kind,
						use,
						{
							displayName: 'People per Value',
							name: 'people',
							type: 'number',
							typeOptions: { minValue: 1 },
							default: 3,
							description: 'More people than this with one value, and it says nothing',
							displayOptions: { show: { use: ['support'] } },
						},
						{
							displayName: 'Values per Person',
							name: 'perPerson',
							type: 'number',
							typeOptions: { minValue: 1 },
							default: 5,
							description: 'Of an ID: in each system',
						},
					],
				},
			],
		},
		{
			displayName: 'Similar Names From (%)',
			name: 'similarPercent',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 100 },
			default: 90,
			description:
				'Shows people with nearly the same name and company to a human, on Review; nobody is merged by it. Keeps names in the store. 0: off.',
			displayOptions: resolve,
		},
		{
			displayName: 'When Two People Meet',
			name: 'whenPeopleMeet',
			type: 'options',
			default: 'join',
			options: [
				{ name: 'Ask a Human', value: 'review', description: 'The lead comes out on Review' },
				{ name: 'They Are One', value: 'join', description: 'Unless a limit speaks against it' },
			],
			description: 'What a record means that has the keys of two people',
			displayOptions: resolve,
		},
	],
});
