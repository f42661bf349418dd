import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { isRecord } from '../../lib/domain/form';
import { entityRowName } from '../../lib/domain/identity-map';
import { DEFAULT_RULES } from '../../lib/domain/identity-rules';
import { maskValue } from '../../lib/domain/mask';
import { planMerge } from '../../lib/domain/merge';
import {
	applyMerge,
	mergeRowName,
	rowsOfMerge,
	undoJoin,
	undoMerge,
	type MergeApplied,
	type Undone,
} from '../../lib/domain/merge-applied';
import type { FieldGroup, MergeChoice } from '../../lib/domain/merge-fields';
import { readRecords } from '../../lib/domain/merge-record';
import type { LeadItem, Outcome } from '../shared/each-item';
import { countSafely } from './count-claims';
import { sourceOf, type Count } from './counters';
import { openDesk } from './identity-ask';
import { jsonOf, listOf, textOf } from './identity-parameters';
import { orError } from './or-error';

/** Decides what stays, and touches nothing. */
export const planMerges = async (node: IExecuteFunctions, leads: readonly LeadItem[]) =>
	leads.map(({ index }) => orError(() => planOf(node, index)));

function planOf(node: IExecuteFunctions, index: number): Outcome {
	const given = jsonOf(node, 'records', index);
	if (!Array.isArray(given)) {
		throw new PipelineError(
			'INVALID_INPUT',
			`'Records' is ${maskValue(given)}, which is not an array of records`,
		);
	}
	const { rules = [] } = node.getNodeParameter('choices', index, {}) as {
		rules?: readonly { readonly group: FieldGroup; readonly choice: MergeChoice }[];
	};
	const plan = planMerge(readRecords(given), {
		precedence: listOf(textOf(node, 'precedence', index)),
		choices: Object.fromEntries(rules.map(({ group, choice }) => [group, choice])),
	});
	const { survivor, absorbed, fields } = plan;
	const note = `${absorbed.length + 1} records into ${survivor.system} ${survivor.id ?? ''}, ${fields.length} fields`;
	return { output: 0, add: { merge: { ...plan } as unknown as IDataObject }, note };
}

const UNDO_MS = 90 * 86_400_000;

/** Makes the people of plans one in the entity map. */
export async function applyMerges(
	node: IExecuteFunctions,
	leads: readonly LeadItem[],
): Promise<Array<Outcome | Error>> {
	const desk = await openDesk(node);
	const answers = await desk.ask(
		leads.map(({ index }) =>
			orError(() => {
				const plan = jsonOf(node, 'plan', index);
				const mergeId = isRecord(plan) ? plan['mergeId'] : undefined;
				if (typeof mergeId !== 'string' || !mergeId) {
					throw new PipelineError(
						'INVALID_INPUT',
						`'Plan' is ${maskValue(plan)}, which is not the plan of a merge. Put Dedupe (Plan Merge) before this node`,
					);
				}
				const until = desk.now + Math.min(desk.keepMs, UNDO_MS);
				const merging = { mergeId, parts: readRecords([plan]), until };
				return {
					rows: rowsOfMerge(merging, DEFAULT_RULES),
					decide: (draft) => applyMerge(merging, desk.resolving(draft, DEFAULT_RULES)),
				};
			}),
		),
	);
	await countSafely(node, desk.store, countsOf('merged', leads, answers.map(isJoined)));
	return answers.map((one, index) =>
		one instanceof Error ? one : appliedOutcome(one, leads[index]?.json ?? {}),
	);
}

const isJoined = (one: MergeApplied | Error) => 'outcome' in one && one.outcome === 'joined';

function appliedOutcome(applied: MergeApplied, json: IDataObject): Outcome | Error {
	if (applied.outcome === 'unidentified') {
		return new PipelineError(
			'INVALID_INPUT',
			`Nothing in record ${applied.place + 1} of the plan says whose it is: it has no entity ID, no ID, no address and no number`,
		);
	}
	if (applied.outcome === 'unknown') {
		return new PipelineError(
			'INVALID_INPUT',
			`The plan names the person ${applied.entityId}, who is not in this entity map`,
		);
	}
	const identity = { ...(json['identity'] as IDataObject | undefined), ...applied };
	const note = applied.outcome === 'joined' ? 'one person now' : 'was one person already';
	return { output: 0, add: { identity: identity as IDataObject }, note };
}

/** Takes merges back. Outputs: Undone, Not Found. */
export async function undoMerges(
	node: IExecuteFunctions,
	leads: readonly LeadItem[],
): Promise<Array<Outcome | Error>> {
	const desk = await openDesk(node);
	const answers = await desk.ask(
		leads.map(({ index }) =>
			orError(() => {
				const [mergeId, joinedId] = [
					textOf(node, 'mergeId', index),
					textOf(node, 'joinedId', index),
				];
				if (mergeId)
					return { rows: [mergeRowName(mergeId)], decide: (draft) => undoMerge(draft, mergeId) };
				if (joinedId)
					return { rows: [entityRowName(joinedId)], decide: (draft) => undoJoin(draft, joinedId) };
				throw new PipelineError(
					'INVALID_INPUT',
					"'Merge ID' and 'Joined Entity ID' are empty for this item",
				);
			}),
		),
	);
	const undone = answers.map((one) => 'outcome' in one && one.outcome === 'undone');
	await countSafely(node, desk.store, countsOf('merge-corrected', leads, undone));
	return answers.map((one) => (one instanceof Error ? one : undoneOutcome(one)));
}

const undoneOutcome = (undone: Undone): Outcome =>
	undone.outcome === 'undone'
		? { output: 0, add: { undo: { ...undone } as IDataObject }, note: 'two people again' }
		: { output: 1, add: { undo: { ...undone } }, note: undone.reason };

const countsOf = (
	event: 'merged' | 'merge-corrected',
	leads: readonly LeadItem[],
	which: readonly boolean[],
): Count[] =>
	leads.flatMap(({ json }, index) => (which[index] ? [{ event, source: sourceOf(json) }] : []));
