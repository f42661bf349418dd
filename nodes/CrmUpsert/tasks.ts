import { createHash } from 'node:crypto';
import { PipelineError } from '../../lib/domain/errors';
import type { Claim, Store } from '../../lib/runtime/store/port';
import type { TaskResult, TaskWrite } from '../../lib/vendors/crm/port';
import type { Account } from './account';

export interface TaskJob {
	readonly task: TaskWrite;
	/** Whom the claim is about, so that it can be erased. */
	readonly subject: string;
}

export interface TaskSlot {
	readonly account: Account;
	readonly store: Store;
	readonly now: () => number;
}

/** A create takes one minute at most; then another execution may look after the task. */
const LEASE_MS = 90_000;
const KEPT_MS = 30 * 24 * 3_600_000;
/** HubSpot allows about four searches a second. */
const AT_ONCE = 3;

/**
 * One task per key, however often it is asked for: the store remembers what was made, and the CRM is
 * searched where the store knows nothing. One result or error per job, in order.
 */
export async function createTasks(
	jobs: readonly TaskJob[],
	slot: TaskSlot,
): Promise<Array<TaskResult | Error>> {
	const first = new Map(jobs.map((job) => [keyOf(job, slot), job] as const).reverse());
	const keys = [...first.keys()];
	const results = new Map<string, TaskResult | Error>();
	try {
		const claims = await slot.store.claim(keys.map((key) => toClaim(key, first.get(key), slot)));
		const queue = keys.entries();
		const worker = async () => {
			for (const [index, key] of queue) {
				const [claim, job] = [claims[index], first.get(key)];
				if (!claim || !job) continue;
				const made = once(claim, key, job, slot).catch((error: Error) => error);
				results.set(key, await made);
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, worker));
	} catch (error) {
		return jobs.map(() => error as Error);
	}
	return jobs.map((job) => {
		const key = keyOf(job, slot);
		const result = results.get(key) ?? new Error('The task was not tried');
		const repeated = first.get(key) !== job;
		return result instanceof Error || !repeated ? result : { ...result, operation: 'unchanged' };
	});
}

async function once(
	claim: Claim,
	key: string,
	{ task }: TaskJob,
	slot: TaskSlot,
): Promise<TaskResult | Error> {
	if (claim.state === 'done') return { taskId: claim.result ?? '', operation: 'unchanged' };
	if (claim.state === 'in-progress') {
		return new PipelineError(
			'CONFLICT',
			`Another execution is making this task, or lost the answer to it, until ${new Date(claim.leaseUntil).toISOString()}. Replay the lead after that`,
		);
	}
	const held = { key, token: claim.token };
	const triedBefore = claim.takeovers > 0;
	const made = await slot.account.crm
		.createTask({ ...task, triedBefore })
		.catch((error: Error) => error);
	if (!(made instanceof Error)) {
		// Made is made: a store that is away costs only the memory of it, and the mark remains.
		await slot.store
			.complete([{ ...held, result: made.taskId, expiresAt: slot.now() + KEPT_MS }])
			.catch(() => []);
		return made;
	}
	if (!isUncertain(made)) await slot.store.release([held]).catch(() => []);
	return made;
}

/** The task may yet appear in the CRM: the claim stays until its lease ends, and the next try looks first. */
const isUncertain = (error: unknown) =>
	!(error instanceof PipelineError) || ['TIMEOUT', 'UPSTREAM_UNAVAILABLE'].includes(error.code);

function toClaim(key: string, job: TaskJob | undefined, { now }: TaskSlot) {
	return {
		key,
		leaseUntil: now() + LEASE_MS,
		expiresAt: now() + KEPT_MS,
		...(job && { subject: job.subject }),
	};
}

const keyOf = ({ task }: TaskJob, { account }: TaskSlot) =>
	`task:v1:${account.key}:${createHash('sha256').update(task.key).digest('hex')}`;
