import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { eachBatch, type LeadItem, type Outcome } from '../shared/each-item';
import { forgetPeople } from './identity-forget';
import { applyMerges, planMerges, undoMerges } from './identity-merge';
import { linkPeople, lookUpPeople, settleReviews } from './identity-people';
import { resolveLeads } from './identity-resolve';

export { identityFields, identityOperations } from './identity-fields';

/** By operation. Their order is API: workflows connect to outputs by number. */
export const identityOutputs = {
	applyMerge: ['Merged'],
	forget: ['Forgotten'],
	link: ['Linked', 'Conflict'],
	lookUp: ['Found', 'Not Found'],
	planMerge: ['Planned'],
	resolve: ['Matched', 'New', 'Review'],
	settle: ['Settled'],
	undoMerge: ['Undone', 'Not Found'],
} satisfies Record<string, string[]>;

interface Operation {
	/** What the timeline calls it. */
	readonly stage: string;
	readonly work: (
		node: IExecuteFunctions,
		leads: readonly LeadItem[],
	) => Promise<ReadonlyArray<Outcome | Error>>;
}

const OPERATIONS: Readonly<Record<keyof typeof identityOutputs, Operation>> = {
	applyMerge: { stage: 'merged', work: applyMerges },
	forget: { stage: 'forgotten', work: forgetPeople },
	link: { stage: 'linked', work: linkPeople },
	lookUp: { stage: 'looked-up', work: lookUpPeople },
	planMerge: { stage: 'merge-planned', work: planMerges },
	resolve: { stage: 'resolved', work: resolveLeads },
	settle: { stage: 'settled', work: settleReviews },
	undoMerge: { stage: 'unmerged', work: undoMerges },
};

const isOperation = (name: string): name is keyof typeof OPERATIONS => name in OPERATIONS;

export async function runIdentity(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const name = String(node.getNodeParameter('operation', 0));
	if (!isOperation(name))
		throw new PipelineError(
			'CONFIG_INVALID',
			`'Operation' is "${name}", which is none of Identity`,
		);
	const { stage, work } = OPERATIONS[name];
	const lanes = { stage, outputs: identityOutputs[name].length };
	const outputs = await eachBatch(node, lanes, (leads) => work(node, leads));
	return name === 'forget' ? outputs.map((items) => items.map(bare)) : outputs;
}

/** Who is forgotten is not passed on either: of what was erased nothing but the report comes out. */
function bare(item: INodeExecutionData): INodeExecutionData {
	const { forgotten, trace } = item.json;
	if (forgotten === undefined) return item;
	const { pairedItem = 0 } = item;
	return { json: { forgotten, ...(trace !== undefined && { trace }) }, pairedItem };
}
