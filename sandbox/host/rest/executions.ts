import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Call } from './call';
import { unflatten } from './flatted';

const Summary = z.looseObject({
	id: z.string(),
	workflowId: z.string(),
	status: z.string(),
	startedAt: z.string().nullish(),
	stoppedAt: z.string().nullish(),
});

const Failure = z.looseObject({
	message: z.string(),
	description: z.string().nullish(),
	node: z.looseObject({ name: z.string() }).optional(),
});

const Item = z.looseObject({ json: z.record(z.string(), z.unknown()) });

const NodeRun = z.looseObject({
	startTime: z.number(),
	executionTime: z.number(),
	executionIndex: z.number().default(0),
	executionStatus: z.string().optional(),
	error: Failure.optional(),
	/** By connection type, then output, then item. */
	data: z.record(z.string(), z.array(z.array(Item).nullable())).optional(),
});

const Result = z.looseObject({
	resultData: z.looseObject({
		runData: z.record(z.string(), z.array(NodeRun)).default({}),
		error: Failure.optional(),
		lastNodeExecuted: z.string().optional(),
	}),
});

const Stored = Summary.extend({ data: z.string() });

export type ExecutionSummary = z.infer<typeof Summary>;
export type NodeRun = z.infer<typeof NodeRun>;
export type RunData = Readonly<Record<string, readonly NodeRun[]>>;
export type Execution = ExecutionSummary & { readonly data: z.infer<typeof Result> };

export interface ExecutionFilter {
	readonly workflowId?: string;
	/** `success`, `error`, `running`, `waiting`, `crashed`, `canceled`, … */
	readonly status?: string;
	readonly limit?: number;
}

const ENDED = ['success', 'error', 'crashed', 'canceled'];

export function executionsApi(call: Call) {
	const executions = async (filter: ExecutionFilter = {}): Promise<ExecutionSummary[]> => {
		const { workflowId, status, limit = 20 } = filter;
		const wanted = JSON.stringify({ workflowId, status: status ? [status] : undefined });
		const query = new URLSearchParams({ filter: wanted, limit: String(limit) });
		const answer = await call('GET', `/rest/executions?${query}`);
		return z.object({ results: z.array(Summary) }).parse(answer).results;
	};

	const execution = async (id: string): Promise<Execution> => {
		const stored = Stored.parse(await call('GET', `/rest/executions/${id}`));
		return { ...stored, data: Result.parse(unflatten(stored.data)) };
	};

	/** Undefined for a moment after a manual run was asked for: n8n has not stored it yet. */
	const summary = async (id: string): Promise<ExecutionSummary | undefined> =>
		Summary.optional().parse(await call('GET', `/rest/executions/${id}`));

	const newest = async (workflowId: string | undefined, after: string) =>
		(await executions(workflowId ? { workflowId } : {})).find(
			({ id }) => Number(id) > Number(after),
		);

	return {
		/** Newest first. */
		executions,
		execution,

		/** The newest execution of a workflow that began after `after`, once it has ended. */
		async waitForExecution(wanted: {
			readonly workflowId?: string;
			readonly id?: string;
			/** Default: any. An execution id, which n8n counts upwards. */
			readonly after?: string;
			readonly timeoutMs?: number;
		}): Promise<Execution> {
			const { workflowId, id, after = '0', timeoutMs = 60_000 } = wanted;
			const deadline = Date.now() + timeoutMs;
			let seen: ExecutionSummary | undefined;
			while (Date.now() < deadline) {
				seen = id ? await summary(id) : await newest(workflowId, after);
				if (seen && ENDED.includes(seen.status)) return await execution(seen.id);
				await sleep(200);
			}
			const state = seen ? `execution ${seen.id} is still ${seen.status}` : 'none began';
			throw new Error(`waited ${timeoutMs} ms for an execution to end: ${state}`);
		},

		/** Those of one workflow, or all. */
		async deleteExecutions(workflowId?: string): Promise<void> {
			const filters = { status: undefined, workflowId };
			const deleteBefore = new Date(Date.now() + 60_000).toISOString();
			await call('POST', '/rest/executions/delete', { deleteBefore, filters });
		},
	};
}
