import type { IDataObject, INodeProperties } from 'n8n-workflow';

/** The names of the outputs, first one first; the last of `enrich` is there since version 1.1. */
export const OUTPUTS = {
	enrich: ['Enriched', 'Partial', 'Unmatched', 'Background'],
	enrichCompany: ['Enriched', 'Partial', 'Unmatched'],
	verifyEmail: ['Valid', 'Risky', 'Invalid'],
	findContacts: ['Found', 'None Found'],
	detectJobChange: ['Same', 'Changed', 'Unknown'],
	start: ['Started', 'Not Started'],
	collect: ['Collected', 'Pending', 'Ignored'],
} as const;

export type Operation = keyof typeof OUTPUTS;

export const OPERATIONS = Object.keys(OUTPUTS).filter(isOperation);

export function isOperation(name: string): name is Operation {
	return Object.hasOwn(OUTPUTS, name);
}

/** Version 1 had no Background: another output there would take the place of its error output. */
export const outputCount = (operation: Operation, typeVersion: number) =>
	operation === 'enrich' && typeVersion < 1.1 ? 3 : OUTPUTS[operation].length;

/** Stringified by n8n into the editor: must not refer to anything outside itself. */
const outputsOf = (
	{ operation }: IDataObject,
	typeVersion: number,
	names: Readonly<Record<string, readonly string[]>>,
) =>
	(names[String(operation)] ?? names['enrich'] ?? [])
		.filter((name) => name !== 'Background' || typeVersion >= 1.1)
		.map((displayName) => ({ type: 'main', displayName }));

export const outputs: `={{${string}}}` = `={{(${outputsOf.toString()})($parameter, $nodeVersion, ${JSON.stringify(OUTPUTS)})}}`;

export const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Collect Async Result',
			value: 'collect',
			action: 'Collect async result',
			description: 'Take in what a provider answers later, by its callback or by asking again',
		},
		{
			name: 'Detect Job Change',
			value: 'detectJobChange',
			action: 'Detect job change',
			description: 'Ask whether the person still works at the company',
		},
		{
			name: 'Enrich Company',
			value: 'enrichCompany',
			action: 'Enrich company',
			description: 'Fill what is missing of a company, by its domain',
		},
		{
			name: 'Enrich Lead',
			value: 'enrich',
			action: 'Enrich lead',
			description: 'Fill what is missing of a person and their company',
		},
		{
			name: 'Find Contacts',
			value: 'findContacts',
			action: 'Find contacts at account',
			description: 'Search other people at the account, each as a lead',
		},
		{
			name: 'Start Background Lookup',
			value: 'start',
			action: 'Start background lookup',
			description: 'Give a lead to a provider that answers minutes later',
		},
		{
			name: 'Verify Email',
			value: 'verifyEmail',
			action: 'Verify email',
			description: 'Ask whether a message to the address would arrive',
		},
	],
	default: 'enrich',
};

/** The property, shown for these operations only. */
export const forOperations = (
	operations: readonly Operation[],
	field: INodeProperties,
): INodeProperties => ({
	...field,
	displayOptions: {
		...field.displayOptions,
		show: { ...field.displayOptions?.show, operation: [...operations] },
	},
});
