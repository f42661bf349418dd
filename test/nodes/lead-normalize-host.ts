import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { LeadNormalize } from '../../nodes/LeadNormalize/LeadNormalize.node';

const FOLDER = join(__dirname, '../recordings/sources');
export const recording = (name: string) =>
	(JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as { payload: IDataObject })
		.payload;
export const outboundMessage = readFileSync(
	join(FOLDER, 'salesforce-outbound-message.xml'),
	'utf8',
);

export type Item = Omit<INodeExecutionData, 'json'> & { json: IDataObject };

/** n8n, as far as this node sees it: the payload is the item's body. */
export async function run(items: readonly Item[], parameters: IDataObject = {}) {
	const hints: string[] = [];
	const outputs = await new LeadNormalize().execute.call({
		getNode: () => ({ name: 'Lead Normalize', type: 'leadNormalize' }),
		getInputData: () => items,
		continueOnFail: () => true,
		addExecutionHints: (...shown: Array<{ message: string }>) =>
			hints.push(...shown.map(({ message }) => message)),
		getNodeParameter: (name: string, index: number, fallback: unknown) =>
			parameters[name] ?? (name === 'payload' ? items[index]?.json['body'] : fallback),
	} as unknown as IExecuteFunctions);
	const [leads = [], invalid = [], others = []] = outputs;
	return { leads, invalid, others, hints };
}

export const of = (body: unknown, more: IDataObject = {}): Item => ({
	json: { body: body as IDataObject, ...more },
});
export const leadOf = (item: INodeExecutionData | undefined) => item?.json['lead'] as IDataObject;
export const normalizationOf = (item: INodeExecutionData | undefined) =>
	item?.json['normalization'] as { problems: IDataObject[] } & IDataObject;
export const noteOf = (item: INodeExecutionData | undefined) =>
	(item?.json['trace'] as { stages: Array<{ note: string }> }).stages[0]?.note;

export const ADDRESS = 'dana.whitfield@northwind-analytics.com';
