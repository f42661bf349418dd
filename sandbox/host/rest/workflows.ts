import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Call } from './call';

/** A template as it is exported: only what n8n needs to make a workflow of it. */
export const Template = z.looseObject({
	/** Kept when the workflow is made, so that templates can refer to one another. */
	id: z.string().optional(),
	name: z.string(),
	nodes: z.array(
		z.looseObject({
			name: z.string(),
			type: z.string(),
			parameters: z.record(z.string(), z.unknown()).default({}),
			credentials: z
				.record(z.string(), z.looseObject({ id: z.string().nullish(), name: z.string() }))
				.optional(),
		}),
	),
	connections: z.record(z.string(), z.unknown()),
	settings: z.record(z.string(), z.unknown()).optional(),
});

export type Template = z.infer<typeof Template>;

const Workflow = z.looseObject({
	id: z.string(),
	name: z.string(),
	versionId: z.string(),
	active: z.boolean().default(false),
});

export type Workflow = z.infer<typeof Workflow>;

const ACTIVE_WITHIN_MS = 15_000;

export function workflowsApi(call: Call, url: string) {
	const workflow = async (id: string): Promise<Workflow> =>
		Workflow.parse(await call('GET', `/rest/workflows/${id}`));

	const workflows = async () =>
		z
			.object({ data: z.array(z.looseObject({ id: z.string(), name: z.string() })) })
			.parse(await call('GET', '/rest/workflows')).data;

	const createWorkflow = async (template: Template): Promise<Workflow> =>
		Workflow.parse(
			await call('POST', '/rest/workflows', { ...content(template), id: template.id }),
		);

	const updateWorkflow = async (id: string, template: Template): Promise<Workflow> =>
		Workflow.parse(await call('PATCH', `/rest/workflows/${id}?forceSave=true`, content(template)));

	return {
		workflow,
		workflows,
		createWorkflow,
		updateWorkflow,

		/** Creates it, or brings the one of this id or name up to date. */
		async ensureWorkflow(template: Template): Promise<Workflow> {
			const all = await workflows();
			const known =
				all.find(({ id }) => id === template.id) ?? all.find(({ name }) => name === template.name);
			return known ? await updateWorkflow(known.id, template) : await createWorkflow(template);
		},

		/** Publishes the newest version; production webhooks answer a second or two later. */
		async activate(id: string): Promise<void> {
			const { versionId } = await workflow(id);
			await call('POST', `/rest/workflows/${id}/activate`, { versionId });
		},

		async deactivate(id: string): Promise<void> {
			await call('POST', `/rest/workflows/${id}/deactivate`, {});
		},

		/** Waits until `/webhook/<path>` takes this method, without setting it off. */
		async waitForWebhook(path: string, method = 'POST'): Promise<string> {
			const deadline = Date.now() + ACTIVE_WITHIN_MS;
			while (Date.now() < deadline) {
				if (await takes(method, `${url}/webhook/${path}`)) return `${url}/webhook/${path}`;
				await sleep(200);
			}
			throw new Error(`n8n registered no ${method} /webhook/${path} in ${ACTIVE_WITHIN_MS} ms`);
		},

		/** Starts a manual run from a trigger that needs no outside event; gives the execution's id. */
		async runWorkflow(id: string, trigger: string): Promise<string> {
			const body = { triggerToStartFrom: { name: trigger } };
			const started = await call('POST', `/rest/workflows/${id}/run`, body);
			return z.object({ executionId: z.string() }).parse(started).executionId;
		},
	};
}

/** A preflight answers with the methods that are registered, and runs nothing. */
async function takes(method: string, webhookUrl: string): Promise<boolean> {
	const response = await fetch(webhookUrl, {
		method: 'OPTIONS',
		headers: { origin: 'http://127.0.0.1', 'access-control-request-method': method },
	});
	const methods = response.headers.get('access-control-allow-methods') ?? '';
	return response.ok && methods.includes(method);
}

function content({ name, nodes, connections, settings, ...rest }: Template) {
	const { pinData, meta } = rest;
	return { name, nodes, connections, settings: settings ?? {}, pinData, meta };
}
