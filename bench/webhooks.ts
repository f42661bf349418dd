import { createHmac } from 'node:crypto';
import type { Credential, N8nRest } from '../sandbox/host/rest';
import type { Node } from './fork';
import { inN8n } from './in-n8n';
import type { Table } from './table';

const ROUNDS = 3;
const ROUND_MS = 8_000;
const AT_ONCE = 20;
const SECRET = 'a secret that a forger does not have';
const BODY = JSON.stringify({ id: 'evt_1', data: 'x'.repeat(2000) });

/** Forgeries that a real n8n turns away: by the trigger, and by Webhook + Verifier + Respond. */
export async function bench(): Promise<Table[]> {
	return await inN8n(async (rest) => {
		const credential = await rest.createCredential({
			name: 'Secret',
			type: 'webhookSigningSecretApi',
			data: { secret: SECRET },
		});
		const ways = [
			await publish(rest, 'Webhook Verifier Trigger', trigger(credential)),
			await publish(rest, 'Webhook + Webhook Verifier + Respond', chain(credential)),
		];
		return [await compare(rest, ways)];
	});
}

interface Way {
	readonly name: string;
	readonly url: string;
	readonly workflowId: string;
	readonly perSecond: number[];
	readonly latencies: number[];
}

async function publish(rest: N8nRest, name: string, nodes: readonly Node[]): Promise<Way> {
	const links = nodes.slice(1).map((next, index) => {
		const to = [{ node: next.name, type: 'main', index: 0 }];
		// The rejected ones: the second output of the Verifier.
		return [nodes[index]?.name, { main: index === 0 ? [to] : [to, to] }] as const;
	});
	const { id: workflowId } = await rest.createWorkflow({
		name,
		nodes: nodes.map((node, index) => ({
			...node,
			id: `node-${index}`,
			position: [index * 200, 0],
		})),
		connections: Object.fromEntries(links),
		settings: { executionOrder: 'v1' },
	});
	await rest.activate(workflowId);
	const url = await rest.waitForWebhook(String(nodes[0]?.parameters['path']));
	return { name, url, workflowId, perSecond: [], latencies: [] };
}

const webhookSigningSecretApi = ({ id, name }: Credential) => ({
	webhookSigningSecretApi: { id, name },
});

const trigger = (credential: Credential): Node[] => [
	{
		name: 'Trigger',
		type: 'n8n-nodes-lead-handoff.webhookVerifierTrigger',
		typeVersion: 1,
		webhookId: 'forged-trigger',
		parameters: { sender: 'github', path: 'forged-trigger', guards: { perMinute: 0 } },
		credentials: webhookSigningSecretApi(credential),
	},
];

const chain = (credential: Credential): Node[] => [
	{
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		webhookId: 'forged-chain',
		parameters: {
			httpMethod: 'POST',
			path: 'forged-chain',
			responseMode: 'responseNode',
			options: { rawBody: true },
		},
	},
	{
		name: 'Verifier',
		type: 'n8n-nodes-lead-handoff.webhookVerifier',
		typeVersion: 1,
		parameters: { sender: 'github' },
		credentials: webhookSigningSecretApi(credential),
	},
	{
		name: 'Respond',
		type: 'n8n-nodes-base.respondToWebhook',
		typeVersion: 1.5,
		parameters: {
			respondWith: 'noData',
			options: { responseCode: '={{ $json.verification.response?.statusCode ?? 200 }}' },
		},
	},
];

async function compare(rest: N8nRest, ways: readonly Way[]): Promise<Table> {
	for (let round = 0; round < ROUNDS; round += 1) {
		// They take turns at being the first.
		const turned = round % 2 === 0 ? ways : [...ways].reverse();
		for (const way of turned) await attack(way);
	}
	const theirs = median(ways.at(-1)?.perSecond ?? []);
	const rows = [];
	for (const { name, workflowId, perSecond, latencies } of ways) {
		const executions = await rest.executions({ workflowId, limit: 1 });
		rows.push([
			name,
			median(perSecond),
			`${(median(perSecond) / theirs).toFixed(1)}x`,
			quantile(latencies, 0.5),
			quantile(latencies, 0.95),
			executions.length === 0 ? 'none' : 'one each',
		]);
	}
	return {
		title: 'Forged deliveries of 2 kB, turned away with 401 by a real n8n',
		columns: ['way', 'per second', 'ratio', 'median, ms', 'p95, ms', 'executions'],
		rows,
		note: `${AT_ONCE} callers at once, ${ROUND_MS / 1000} s a round, the median of ${ROUNDS} rounds; n8n and the callers share this machine.`,
	};
}

async function attack(way: Way) {
	const forged = createHmac('sha256', 'a guess').update(BODY).digest('hex');
	const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${forged}` };
	const startedAt = performance.now();
	let count = 0;
	const caller = async () => {
		while (performance.now() - startedAt < ROUND_MS) {
			const sentAt = performance.now();
			const { status, body } = await fetch(way.url, { method: 'POST', headers, body: BODY });
			await body?.cancel();
			if (status !== 401) throw new Error(`${way.name} answered ${status}`);
			way.latencies.push(performance.now() - sentAt);
			count += 1;
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, caller));
	way.perSecond.push((count * 1000) / (performance.now() - startedAt));
}

const quantile = (values: readonly number[], share: number) =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

const median = (values: readonly number[]) => quantile(values, 0.5);
