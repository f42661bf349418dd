import type { IDataObject } from 'n8n-workflow';
import { isPipelineError } from '../../lib/domain/errors';
import type { TaskResult, WriteResult } from '../../lib/vendors/crm/port';
import type { Outcome } from '../shared/each-item';
import { describeFailure } from '../shared/failure';
import type { Account } from './account';
import { Mismatch } from './check';
import type { LeadRequest } from './request';

const WRITTEN = 0;
const FAILED = 1;

export interface Facts {
	readonly account: Account;
	readonly request: LeadRequest;
	readonly result: Extract<WriteResult, { ok: true }>;
	readonly url: ((recordId: string) => string) | undefined;
	/** ISO 8601, UTC. */
	readonly at: string;
}

export function contactOutcome(facts: Facts, task: TaskResult | undefined): Outcome {
	const { result, request, at } = facts;
	const dueAt = request.task && new Date(request.task.dueAt).toISOString();
	const count = Object.keys(result.changed).length;
	const crm = {
		ok: true,
		...described(facts),
		...(task && { task: { ...task, dueAt } }),
		writtenAt: at,
	};
	const done = result.operation === 'updated' ? `updated ${count} properties of` : result.operation;
	const note = `${done} contact ${result.recordId}${task ? `, task ${task.taskId}` : ''}`;
	return { output: WRITTEN, add: { crm }, note };
}

/** The contact is written and nobody will call: it must be seen, and a replay adds only the task. */
export function taskFailedOutcome(error: Error, facts: Facts): Outcome {
	const failure = describeFailure(error, 'task', facts.at);
	const crm = { ok: false, ...failure, ...described(facts), writtenAt: facts.at };
	return { output: FAILED, add: { crm }, note: `contact written, task failed: ${failure.code}` };
}

/** What the CRM has against this lead is a value on Failed; that it cannot be asked at all is thrown. */
export function refusedOutcome(
	error: Error | undefined,
	{ vendor, apiVersion }: Account,
	at: string,
	properties: readonly string[] = error instanceof Mismatch ? error.properties : [],
): Outcome | Error {
	if (!error) return new Error('The CRM gave no result for this lead');
	if (!isPipelineError(error) || !['FIELD_MISMATCH', 'CONFLICT'].includes(error.code)) return error;
	const failure = describeFailure(error, 'contact', at);
	const crm = {
		ok: false,
		...failure,
		...(properties.length > 0 && { properties: [...properties] }),
		system: vendor.id,
		apiVersion,
	};
	return { output: FAILED, add: { crm }, note: `refused: ${failure.code}` };
}

function described({ account, request, result, url }: Facts): IDataObject {
	const { recordId, operation, changed, kept, ownerId } = result;
	const link = result.url ?? url?.(recordId);
	const reasons = Object.entries(kept).map(([name, { reason }]) => [name, reason] as const);
	const wanted = request.write.ownerId;
	const stayed = ownerId && wanted && ownerId !== wanted;
	return {
		system: account.vendor.id,
		apiVersion: account.apiVersion,
		recordId,
		...(link && { url: link }),
		operation,
		changed: changed as unknown as IDataObject,
		...(reasons.length > 0 && { kept: Object.fromEntries(reasons) as IDataObject }),
		...(ownerId && { owner: { id: ownerId, ...(stayed && { kept: ownerId, wanted }) } }),
	};
}
