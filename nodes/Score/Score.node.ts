import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { score, scoreNote } from '../../lib/domain/score';
import { eachItem, type LeadItem, type Outcome } from '../shared/each-item';
import { readLead } from '../shared/read-lead';
import { properties } from './fields';
import { readCaps, readRules } from './read-rules';

export class Score implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Score',
		name: 'score',
		icon: { light: 'file:score.svg', dark: 'file:score.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ($parameter.rules?.values ?? []).length + " rules, MQL from " + $parameter.threshold }}',
		description: 'Score a lead by rules, with every point explained',
		defaults: { name: 'Score' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['MQL', 'Not Yet'],
		usableAsTool: true,
		parameterPane: 'wide',
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await eachItem(this, { stage: 'scored', outputs: 2 }, async (item) =>
			scoreItem(this, item),
		);
	}
}

function scoreItem(node: IExecuteFunctions, { json, index }: LeadItem): Outcome {
	// Without a lead every rule would read nothing, and the item would pass for a bad lead.
	readLead(json);
	const result = score(readRules(node, index), {
		threshold: Number(node.getNodeParameter('threshold', index)),
		caps: readCaps(node, index),
		configVersion: String(node.getNodeParameter('configVersion', index)),
		scoredAt: new Date().toISOString(),
	});
	return {
		output: result.band === 'mql' ? 0 : 1,
		add: { score: result as unknown as IDataObject },
		note: scoreNote(result),
	};
}
