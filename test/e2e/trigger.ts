import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Credential, Template } from '../../sandbox/host/rest';
import { ended } from './pipeline';
import type { TestHost } from './world';

export interface Triggered {
	readonly url: string;
	readonly workflowId: string;
	post(body: string | Buffer, headers?: Record<string, string>): Promise<Answer>;
	/** The items of every execution that n8n has, oldest first, once all have ended. */
	runs(count: number): Promise<Array<Array<Record<string, unknown>>>>;
}

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
}

type Node = Template['nodes'][number];

export interface TriggerSetting {
	readonly parameters: Record<string, unknown>;
	/** The name of a Webhook Signing Secret of the host. */
	readonly secret: string;
	readonly redis?: Credential;
	/** What comes after the trigger. */
	readonly after?: readonly Node[];
}

/** A published workflow that begins with the trigger. */
export async function openTrigger(host: TestHost, setting: TriggerSetting): Promise<Triggered> {
	const { workflowId, webhookUrl: url = '' } = await host.importWorkflow(workflowOf(setting));
	await takesChecks(url);
	return {
		url,
		workflowId,
		async post(body, headers = {}) {
			const sent = new Uint8Array(Buffer.from(body));
			const answer = await fetch(url, { method: 'POST', headers, body: sent });
			return { status: answer.status, headers: answer.headers, text: await answer.text() };
		},
		async runs(count) {
			const all = await ended(host, { workflowId, after: '0', count });
			const oldest = [...all].sort((a, b) => Number(a.id) - Number(b.id));
			return oldest.map(({ data }) => {
				const [run] = data.resultData.runData['Trigger'] ?? [];
				return (run?.data?.['main']?.[0] ?? []).map(({ json }) => json);
			});
		},
	};
}

/** n8n registers one method after the other, that of deliveries first. */
async function takesChecks(url: string) {
	const headers = { origin: 'http://127.0.0.1', 'access-control-request-method': 'PUT' };
	for (let tries = 0; tries < 50; tries += 1) {
		const methods = (await fetch(url, { method: 'OPTIONS', headers })).headers.get(
			'access-control-allow-methods',
		);
		if (['GET', 'HEAD', 'PUT'].every((method) => methods?.includes(method))) return;
		await sleep(200);
	}
	throw new Error(`n8n has not registered all methods of ${url}`);
}

export function workflowOf({ parameters, secret, redis, after = [] }: TriggerSetting): Template {
	const id = randomUUID();
	const trigger: Node = {
		name: 'Trigger',
		type: 'n8n-nodes-lead-handoff.webhookVerifierTrigger',
		typeVersion: 1,
		webhookId: id,
		parameters: { path: `trigger-${id}`, ...parameters },
		credentials: {
			webhookSigningSecretApi: { id: null, name: secret },
			...(redis && { redis: { id: redis.id, name: redis.name } }),
		},
	};
	const nodes = [trigger, ...after];
	const links = nodes.slice(1).map((next, index) => {
		const to = [{ node: next.name, type: 'main', index: 0 }];
		return [nodes[index]?.name, { main: [to] }] as const;
	});
	return {
		name: `Trigger ${id}`,
		nodes: nodes.map((node, index) => ({
			...node,
			id: `${id}-${index}`,
			position: [index * 200, 0],
		})),
		connections: Object.fromEntries(links),
		settings: { executionOrder: 'v1' },
	};
}
