import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** By what becomes of companies and deals. Their order is API: workflows connect to outputs by number. */
export const outputs: Readonly<Record<string, readonly string[]>> = {
	invalid: ['Lead', 'Invalid'],
	output: ['Lead', 'Invalid', 'Company or Deal'],
};

/** Stringified by n8n into the editor: must not refer to anything outside itself. */
export const outputsOf = (
	{ options }: IDataObject,
	named: Readonly<Record<string, readonly string[]>>,
) =>
	named[String((options as IDataObject | undefined)?.['companiesAndDeals'] ?? 'invalid')]?.map(
		(displayName) => ({ type: 'main', displayName }),
	);

export const wantsOthers = (node: IExecuteFunctions) =>
	node.getNodeParameter('options.companiesAndDeals', 0, 'invalid') === 'output';
