import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Dedupe } from '../../nodes/Dedupe/Dedupe.node';

/** n8n, as far as the Identity operations of Dedupe see it: parameters may be functions of the item. */
export async function runIdentity(
	items: readonly IDataObject[],
	operation: string,
	parameters: Readonly<Record<string, unknown>> = {},
): Promise<IDataObject[][]> {
	const all: Readonly<Record<string, unknown>> = { ...parameters, resource: 'identity', operation };
	const context = {
		getNode: () => ({ name: 'Dedupe', parameters: {} }),
		getWorkflow: () => ({ id: 'w1' }),
		getInputData: () => items.map((json) => ({ json })),
		continueOnFail: () => true,
		logger: console,
		getNodeParameter(name: string, index: number, fallback: unknown) {
			const value = all[name];
			return (typeof value === 'function' ? value(items[index]) : value) ?? fallback;
		},
	};
	const outputs = await new Dedupe().execute.call(context as unknown as IExecuteFunctions);
	return outputs.map((output) => output.map(({ json }) => json));
}
