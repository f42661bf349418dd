import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { isRecord } from '../../lib/domain/form';
import {
	normalizeRecord,
	type NormalizeContext,
	type Normalized,
} from '../../lib/domain/normalize';
import type { SourceRecord } from '../../lib/domain/source-record';
import { eachItem, type LeadItem, type Outcome } from '../shared/each-item';
import { barOf, describe, describeOther, INVALID } from './describe';
import { eventIds } from './event-ids';
import { fields } from './fields';
import { otherRecord } from './other-records';
import { outputs, outputsOf, wantsOthers } from './outputs';
import { getLeadFields, mappedRecord } from './own-mapping';
import { readContext, verificationOf } from './read-context';
import { type Delivery, readPayload } from './read-payload';
import { AUTOMATIC, CUSTOM, sourceOf, titles } from './source';

export class LeadNormalize implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Lead Normalize',
		name: 'leadNormalize',
		icon: { light: 'file:leadNormalize.svg', dark: 'file:leadNormalize.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: `={{ ${JSON.stringify(titles)}[$parameter["source"]] ?? "any sender" }}`,
		description: 'Turn any form, webhook or CRM payload into one canonical lead',
		defaults: { name: 'Lead Normalize' },
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{(${outputsOf.toString()})($parameter, ${JSON.stringify(outputs)})}}`,
		hints: [
			{
				message:
					"'Lead Fields' maps nothing yet: drag values from the input onto the fields of the lead.",
				type: 'warning',
				location: 'ndv',
				whenToDisplay: 'beforeExecution',
				displayCondition: `={{ $parameter["source"] === "${CUSTOM}" && !Object.keys($parameter["leadFields"]?.value ?? {}).length }}`,
			},
		],
		usableAsTool: true,
		parameterPane: 'wide',
		properties: fields,
	};

	methods = { resourceMapping: { getLeadFields } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const lanes = { stage: 'normalized', outputs: wantsOthers(this) ? 3 : 2 };
		const items = await eachItem(this, lanes, async (item) => outcomesOf(this, item));
		const invalid = items[INVALID]?.length ?? 0;
		if (invalid > 0) {
			this.addExecutionHints({
				message: `${invalid} of ${items.flat().length} events are on the Invalid output: 'normalization.problems' of each says which field, which value and why`,
				type: 'warning',
				location: 'outputPane',
			});
		}
		return items;
	}
}

/** One outcome per event of the item. */
function outcomesOf(node: IExecuteFunctions, item: LeadItem): readonly Outcome[] {
	const context = readContext(node, item);
	const delivery = deliveryOf(node, item);
	const { source } = delivery;
	if (!delivery.ok) return [describe({ ok: false, problems: [delivery.problem] }, source)];
	const { records } = delivery;
	const verification = verificationOf(item.json);
	const ids = eventIds(records, {
		deliveryId: verification['eventId'],
		mapped: source === CUSTOM ? records[0]?.fields : context.mapped,
	});
	return records.map((record, position) => {
		const eventId = ids[position];
		const own = { ...context, ...(eventId !== undefined && { eventId }) };
		const other = otherRecord(record, own);
		const outcome = other
			? describeOther(other, { source, record, isWanted: wantsOthers(node) })
			: describe(resultOf(record, own), source, record);
		return withOwnId(outcome, item.json, eventId);
	});
}

function resultOf(record: SourceRecord, context: NormalizeContext): Normalized {
	const bar = barOf(record);
	return bar ? { ok: false, problems: [bar] } : normalizeRecord(record, context);
}

function deliveryOf(node: IExecuteFunctions, { index, json }: LeadItem): Delivery {
	const chosen = node.getNodeParameter('source', index, AUTOMATIC) as string;
	if (chosen === CUSTOM) return { ok: true, source: CUSTOM, records: [mappedRecord(node, index)] };
	const { scheme } = verificationOf(json);
	const hints = {
		headers: isRecord(json['headers']) ? json['headers'] : {},
		...(typeof scheme === 'string' && { scheme }),
	};
	return readPayload(node.getNodeParameter('payload', index), hints, sourceOf(chosen));
}

/** Later nodes go by the verifier's id: every event of a delivery needs one of its own there. */
function withOwnId(outcome: Outcome, json: IDataObject, eventId: string | undefined): Outcome {
	const verification = verificationOf(json);
	const deliveryId = verification['eventId'];
	if (deliveryId === undefined || eventId === undefined || deliveryId === eventId) return outcome;
	const own = { ...verification, eventId, deliveryId } as IDataObject;
	return { ...outcome, add: { ...outcome.add, verification: own } };
}
