import type { IExecuteFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import type { Store } from '../../lib/runtime/store/port';
import { subjectOf } from '../../lib/runtime/store/subject';
import type { TaskResult, WriteResult } from '../../lib/vendors/crm/port';
import type { LeadItem, Outcome } from '../shared/each-item';
import type { Account } from './account';
import { attempt } from './attempt';
import { checkRequests } from './check';
import { contactOutcome, refusedOutcome, taskFailedOutcome } from './outcome';
import { readRequest, type LeadRequest } from './request';
import { createTasks, type TaskJob } from './tasks';

export interface Desk {
	readonly account: Account;
	/** Opened only when a task is wanted. */
	readonly store: () => Promise<Store>;
}

type Written = Extract<WriteResult, { ok: true }>;

/** All leads at once: read the parameters, check, write the contacts, make the tasks, say what became of each. */
export async function handOver(
	node: IExecuteFunctions,
	leads: readonly LeadItem[],
	desk: Desk,
): Promise<Array<Outcome | Error>> {
	const { account } = desk;
	const read = leads.map((lead) => attempt(() => readRequest(node, lead, account.vendor)));
	const requests = await checkRequests(read, account);
	const results = await writeAll(requests, account);
	const tasks = await makeTasks(requests, results, desk);
	const unlinked = results.some((result) => result?.ok && !result.url);
	const url = unlinked ? await account.recordUrl() : undefined;
	const at = new Date().toISOString();
	return requests.map((request, index) => {
		const result = results[index];
		if (request instanceof Error) return refusedOutcome(request, account, at);
		if (!result?.ok) return refusedOutcome(result?.error, account, at, result?.properties);
		const facts = { account, request, result, url, at };
		const task = tasks.get(index);
		return task instanceof Error ? taskFailedOutcome(task, facts) : contactOutcome(facts, task);
	});
}

/** Results in the places of their requests; nothing in the place of a request that could not be read. */
async function writeAll(requests: ReadonlyArray<LeadRequest | Error>, { crm }: Account) {
	const places = requests.flatMap((request, place) =>
		request instanceof Error ? [] : [{ place, write: request.write }],
	);
	const results = await crm.upsertContacts(places.map(({ write }) => write));
	const placed: Array<WriteResult | undefined> = requests.map(() => undefined);
	places.forEach(({ place }, index) => (placed[place] = results[index]));
	return placed;
}

/** The tasks of the contacts that were written, by place. */
async function makeTasks(
	requests: ReadonlyArray<LeadRequest | Error>,
	results: ReadonlyArray<WriteResult | undefined>,
	{ account, store }: Desk,
): Promise<Map<number, TaskResult | Error>> {
	const jobs = requests.flatMap((request, place) => {
		const result = results[place];
		if (request instanceof Error || !request.task || !result?.ok) return [];
		return [{ place, job: attempt(() => toJob(request, result)) }];
	});
	const made = new Map<number, TaskResult | Error>();
	const ready = jobs.flatMap(({ place, job }) => {
		if (!(job instanceof Error)) return [{ place, job }];
		made.set(place, job);
		return [];
	});
	if (ready.length === 0) return made;
	const opened = await store().catch((error: Error) => error);
	const answers =
		opened instanceof Error
			? ready.map(() => opened)
			: await createTasks(
					ready.map(({ job }) => job),
					{ account, store: opened, now: Date.now },
				);
	ready.forEach(({ place }, index) => made.set(place, answers[index] ?? new Error('No answer')));
	return made;
}

function toJob({ write, task }: LeadRequest, { recordId, operation, ownerId }: Written): TaskJob {
	if (!task) throw new PipelineError('INTERNAL', 'A task was to be made that nobody asked for');
	if (!ownerId) {
		throw new PipelineError(
			'INVALID_INPUT',
			"The contact is written, but has no owner to give the task to, and 'Owner' is empty. Put a Route node before this one, or choose an owner",
		);
	}
	const email = write.email.toLowerCase();
	// Two people under one key get a task each: a key chosen too wide must not lose a lead.
	const key = `${email}:${task.key}`;
	const newRecord = operation === 'created';
	return { task: { ...task, key, recordId, ownerId, newRecord }, subject: subjectOf(email) };
}
