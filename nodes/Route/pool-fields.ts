import type { INodeProperties } from 'n8n-workflow';

/** One pool, as the panel asks for it. */
export const poolFields: INodeProperties[] = [
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
		// Saved in workflows. Shown again when there is a second way to pick.
		displayName: 'Pick',
		name: 'pick',
		type: 'hidden',
		default: 'roundRobin',
	},
];
