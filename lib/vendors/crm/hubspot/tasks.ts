import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isPipelineError } from '../../../domain/errors';
import { readAnswer } from '../../../runtime/answer';
import type { TaskResult, TaskWrite } from '../port';
import type { Api } from './api';

const Created = z.object({ id: z.string() });
const Found = z.object({
	results: z.array(
		z.object({
			id: z.string(),
			properties: z.record(z.string(), z.string().nullable()).nullish(),
		}),
	),
});
const Linked = z.object({
	associations: z
		.object({ tasks: z.object({ results: z.array(z.object({ id: z.string() })) }).nullish() })
		.nullish(),
});

/** task -> contact, defined by HubSpot: https://developers.hubspot.com/docs/api-reference/latest/crm/associations/associate-records/guide#association-type-id-values */
const TASK_TO_CONTACT = 204;

/**
 * HubSpot has no idempotency key for tasks: a mark in the body takes its place.
 * When the answer to the create is lost, the contact's own tasks are read before it is sent again.
 */
export async function createTask(api: Api, task: TaskWrite): Promise<TaskResult> {
	const earlier = task.newRecord
		? undefined
		: ((await search(api, task)) ?? (task.triedBefore ? await readLinked(api, task) : undefined));
	if (earlier) return { taskId: earlier, operation: 'unchanged' };
	try {
		return { taskId: await create(api, task), operation: 'created' };
	} catch (error) {
		if (!isAmbiguous(error)) throw error;
		const made = await readLinked(api, task);
		return { taskId: made ?? (await create(api, task)), operation: 'created' };
	}
}

/** No answer, or a failure that may have come after the write. */
const isAmbiguous = (error: unknown) =>
	isPipelineError(error) && ['TIMEOUT', 'UPSTREAM_UNAVAILABLE'].includes(error.code);

/** https://developers.hubspot.com/docs/api-reference/latest/crm/activities/tasks/guide#create-a-task */
async function create(api: Api, task: TaskWrite): Promise<string> {
	const response = await api.send({
		method: 'POST',
		path: `${api.paths.objects}/tasks`,
		body: {
			properties: {
				hs_timestamp: new Date(task.dueAt).toISOString(),
				hs_task_subject: task.subject,
				hs_task_body: `${toHtml(task.body)}<br><br>Ref: ${mark(task.key)}`,
				hs_task_status: 'NOT_STARTED',
				hs_task_priority: task.priority,
				hs_task_type: task.kind,
				...(task.ownerId && { hubspot_owner_id: task.ownerId }),
			},
			associations: [
				{
					to: { id: task.recordId },
					types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: TASK_TO_CONTACT }],
				},
			],
		},
	});
	return readAnswer(Created, response, 'hubspot').id;
}

/** https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm . The index lags behind by seconds. */
async function search(api: Api, { key }: TaskWrite): Promise<string | undefined> {
	const filter = { propertyName: 'hs_task_body', operator: 'CONTAINS_TOKEN', value: mark(key) };
	const response = await api.send({
		method: 'POST',
		path: `${api.paths.objects}/tasks/search`,
		body: { filterGroups: [{ filters: [filter] }], properties: ['hs_task_body'], limit: 10 },
		// Reads only.
		idempotent: true,
	});
	return marked(readAnswer(Found, response, 'hubspot'), key);
}

/** The tasks of the contact themselves, which are there as soon as they are made. */
async function readLinked(api: Api, { recordId, key }: TaskWrite): Promise<string | undefined> {
	const contact = await api.send({
		method: 'GET',
		path: `${api.paths.objects}/contacts/${encodeURIComponent(recordId)}`,
		query: { associations: 'tasks' },
	});
	const linked = readAnswer(Linked, contact, 'hubspot').associations?.tasks?.results ?? [];
	// The newest have the highest ids, and only a recent one can be ours.
	const ids = [...new Set(linked.map(({ id }) => id))].sort(byNumber).slice(-100);
	if (ids.length === 0) return undefined;
	const response = await api.send({
		method: 'POST',
		path: `${api.paths.objects}/tasks/batch/read`,
		body: { properties: ['hs_task_body'], inputs: ids.map((id) => ({ id })) },
		idempotent: true,
	});
	return marked(readAnswer(Found, response, 'hubspot'), key);
}

const byNumber = (one: string, other: string) => Number(one) - Number(other);

const marked = ({ results }: z.infer<typeof Found>, key: string) =>
	results.find(({ properties }) => properties?.['hs_task_body']?.includes(mark(key)))?.id;

/** One word without punctuation, so that the search index keeps it whole. */
const mark = (key: string) =>
	`leadhandoff${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;

/** The body is rich text, and what a lead wrote in a form must not become markup. */
const toHtml = (text: string) =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replace(/\r?\n/g, '<br>');
