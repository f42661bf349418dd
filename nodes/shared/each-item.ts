import { randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { correlationIdOf, ownCorrelationId, stamp, type Trace } from '../../lib/domain/trace';
import { failedItem, toNodeError } from './failure';

export interface LeadItem {
	readonly item: INodeExecutionData;
	readonly index: number;
	readonly json: IDataObject;
	/** The lead's own, or the one that it gets here. */
	readonly correlationId: string;
}

export interface Outcome {
	/** Index into the node's outputs. */
	readonly output: number;
	/** The namespace key that the node adds, with its value. */
	readonly add: IDataObject;
	/** One line for the lead's timeline. */
	readonly note?: string;
	/** False: the item's files stay behind. */
	readonly binary?: false;
	/** True: what is added is the whole item of another lead, and nothing of this one goes with it. */
	readonly another?: true;
}

/** Several where an item holds several leads. */
export type Outcomes = Outcome | readonly Outcome[];

/** What became of an item. */
export type Result = Outcomes | Error;

export interface Lanes {
	/** What the timeline calls this stage, e.g. `scored`. */
	readonly stage: string;
	/** Number of outputs. */
	readonly outputs: number;
	/** Items worked on at once. Default 1. */
	readonly concurrency?: number;
}

/**
 * n8n's contract for a node, in one place: paired items, order kept on every output, continue-on-fail,
 * one error shape, and the trace stamped. `work` sees one item; what it throws is that item's failure.
 */
export async function eachItem(
	node: IExecuteFunctions,
	lanes: Lanes,
	work: (lead: LeadItem) => Promise<Outcomes>,
): Promise<INodeExecutionData[][]> {
	return await eachBatch(node, lanes, async (leads) => {
		const results = new Array<Result>(leads.length);
		const queue = leads.entries();
		const worker = async () => {
			for (const [position, lead] of queue) {
				results[position] = await work(lead).catch((error: Error) => error);
			}
		};
		await Promise.all(
			Array.from({ length: Math.min(lanes.concurrency ?? 1, leads.length) }, worker),
		);
		return results;
	});
}

/**
 * The same for nodes that work on all items at once (one round trip for a batch). The work gives one
 * result per lead, in order; an `Error` in a place fails that lead alone.
 */
export async function eachBatch(
	node: IExecuteFunctions,
	lanes: Lanes,
	work: (leads: readonly LeadItem[]) => Promise<readonly Result[]>,
): Promise<INodeExecutionData[][]> {
	const leads = node.getInputData().map((item, index) => {
		const correlationId = correlationIdOf(item.json['trace']) ?? randomUUID();
		return { item, index, json: item.json, correlationId };
	});
	const results = await work(leads).catch((error: Error) => leads.map(() => error));
	const outputs: INodeExecutionData[][] = Array.from({ length: lanes.outputs }, () => []);
	for (const { item, index, json, correlationId } of leads) {
		const result = results[index] ?? new Error('The node gave no result for this item');
		if (result instanceof Error) {
			if (!node.continueOnFail()) throw toNodeError(node, result, index);
			outputs[0]?.push(failedItem(node, result, { item, index, stage: lanes.stage }));
			continue;
		}
		for (const [position, outcome] of [result].flat().entries()) {
			// A delivery's files go on with the first of its leads.
			const own = ownCorrelationId(correlationId, position);
			const whole = outcome.another ? outcome.add : { ...json, ...outcome.add };
			const stage = {
				stage: lanes.stage,
				at: new Date().toISOString(),
				...(outcome.note && { note: outcome.note }),
			};
			// Another lead has a trace of its own; the others of this delivery share what came before.
			const shared = { ...(json['trace'] as object | undefined), correlationId: own };
			const before = outcome.another ? whole['trace'] : shared;
			const trace = stamp(before, stage, () => own) as Trace & IDataObject;
			outputs[outcome.output]?.push({
				json: { ...whole, trace },
				pairedItem: { item: index },
				...(item.binary && position === 0 && outcome.binary !== false && { binary: item.binary }),
			});
		}
	}
	return outputs;
}
