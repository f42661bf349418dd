import type { IDataObject, IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { eachBatch } from '../shared/each-item';
import { queueModeHints, storeCredentials, storeFields } from '../shared/store-fields';
import { claim } from './claim';
import { fields } from './fields';
import { complete, release } from './finish';

/** Stringified by n8n into the editor: must not refer to anything outside itself. */
const outputsOf = ({ operation }: IDataObject) =>
	operation === 'claim'
		? [
				{ type: 'main', displayName: 'New' },
				{ type: 'main', displayName: 'Duplicate' },
				{ type: 'main', displayName: 'In Progress' },
			]
		: [{ type: 'main', displayName: operation === 'complete' ? 'Completed' : 'Released' }];

export class Dedupe implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Dedupe',
		name: 'dedupe',
		icon: { light: 'file:dedupe.svg', dark: 'file:dedupe.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + " event" }}',
		description: 'Claim each event once, and give its repeats the first result',
		defaults: { name: 'Dedupe' },
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{(${outputsOf.toString()})($parameter)}}`,
		usableAsTool: true,
		credentials: storeCredentials(),
		hints: queueModeHints(),
		properties: [...fields, ...storeFields()],
	};

	async execute(this: IExecuteFunctions) {
		switch (this.getNodeParameter('operation', 0)) {
			case 'complete':
				return await eachBatch(this, { stage: 'completed', outputs: 1 }, (leads) =>
					complete(this, leads),
				);
			case 'release':
				return await eachBatch(this, { stage: 'released', outputs: 1 }, (leads) =>
					release(this, leads),
				);
			default:
				return await eachBatch(this, { stage: 'deduped', outputs: 3 }, (leads) =>
					claim(this, leads),
				);
		}
	}
}
