import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { eachBatch } from '../shared/each-item';
import { queueModeHints, storeCredentials, storeFields } from '../shared/store-fields';
import { checkSequence } from './check-sequence';
import { claim } from './claim';
import { counts } from './counts';
import { enter } from './enter';
import { fields, resourceField } from './fields';
import { complete, release } from './finish';
import { identityFields, identityOperations, identityOutputs, runIdentity } from './identity';
import { leave } from './leave';
import { releaseExecution } from './release-execution';

/**
 * By resource and operation. Their order is API: workflows connect to outputs by number. One level
 * deep, because two braces together end an expression of n8n.
 */
const OUTPUTS: Readonly<Record<string, readonly string[]>> = {
	...Object.fromEntries(
		Object.entries(identityOutputs).map(([name, outputs]) => [`identity ${name}`, outputs]),
	),
	'event claim': ['New', 'Duplicate', 'In Progress'],
	'event complete': ['Completed'],
	'event counts': ['Counts'],
	'event release': ['Released'],
	'event releaseExecution': ['Released'],
	'order checkSequence': ['In Order', 'Late'],
	'order enter': ['Entered', 'Timed Out'],
	'order leave': ['Left'],
};

const SUBTITLES: Readonly<Record<string, string>> = {
	applyMerge: 'apply merge',
	checkSequence: 'check sequence',
	claim: 'claim event',
	complete: 'complete event',
	counts: 'counts of events',
	enter: 'enter turn',
	forget: 'forget person',
	leave: 'leave turn',
	link: 'link IDs',
	lookUp: 'look up person',
	planMerge: 'plan merge',
	release: 'release event',
	releaseExecution: 'release by execution',
	resolve: 'resolve person',
	settle: 'settle review',
	undoMerge: 'undo merge',
};

/** Stringified by n8n into the editor: must not refer to anything outside itself. */
const outputsOf = ({ resource, operation }: IDataObject, outputs: typeof OUTPUTS) =>
	outputs[`${resource ?? 'event'} ${operation}`]?.map((displayName) => ({
		type: 'main',
		displayName,
	}));

/** A plan touches nothing. */
const unlessPlanned = (field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: { ...field.displayOptions, hide: { operation: ['planMerge'] } },
});

export class Dedupe implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Dedupe',
		name: 'dedupe',
		icon: { light: 'file:dedupe.svg', dark: 'file:dedupe.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: `={{ ${JSON.stringify(SUBTITLES)}[$parameter["operation"]] ?? $parameter["operation"] }}`,
		description: 'Work on each event once, in the order of a lead, for each person once',
		defaults: { name: 'Dedupe' },
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{(${outputsOf.toString()})($parameter, ${JSON.stringify(OUTPUTS)})}}`,
		usableAsTool: true,
		credentials: storeCredentials(),
		hints: queueModeHints().map((hint) => ({
			...hint,
			displayCondition:
				'={{ $parameter["operation"] !== "planMerge" && $parameter["store"] !== "redis" }}',
		})),
		properties: [
			resourceField,
			...fields,
			identityOperations,
			...identityFields,
			...storeFields().map(unlessPlanned),
		],
	};

	async execute(this: IExecuteFunctions) {
		const resource = this.getNodeParameter('resource', 0, 'event');
		if (resource === 'identity') return await runIdentity(this);
		switch (`${resource} ${this.getNodeParameter('operation', 0)}`) {
			case 'event complete':
				return await eachBatch(this, { stage: 'completed', outputs: 1 }, (leads) =>
					complete(this, leads),
				);
			case 'event counts':
				return await counts(this);
			case 'event release':
				return await eachBatch(this, { stage: 'released', outputs: 1 }, (leads) =>
					release(this, leads),
				);
			case 'event releaseExecution':
				return await eachBatch(this, { stage: 'released', outputs: 1 }, (leads) =>
					releaseExecution(this, leads),
				);
			case 'order checkSequence':
				return await eachBatch(this, { stage: 'sequenced', outputs: 2 }, (leads) =>
					checkSequence(this, leads),
				);
			case 'order enter':
				return await eachBatch(this, { stage: 'entered', outputs: 2 }, (leads) =>
					enter(this, leads),
				);
			case 'order leave':
				return await eachBatch(this, { stage: 'left', outputs: 1 }, (leads) => leave(this, leads));
			default:
				return await eachBatch(this, { stage: 'deduped', outputs: 3 }, (leads) =>
					claim(this, leads),
				);
		}
	}
}
