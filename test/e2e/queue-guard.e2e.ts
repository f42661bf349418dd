import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startQueueHost, type QueueHost } from './queue-host';
import { workflowOf } from './trigger';

const SECRET = 'a secret of the queue';
const MOST = 3;

const headersOf = (body: string) => ({
	'content-type': 'application/json',
	'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
});

describe('the guard Queued Executions, in queue mode', () => {
	let host: QueueHost;
	let url: string;

	beforeAll(async () => {
		host = await startQueueHost({ slots: 1 });
		const { id, name } = await host.rest.createCredential({
			name: 'Queue secret',
			type: 'webhookSigningSecretApi',
			data: { secret: SECRET },
		});
		const template = workflowOf({
			parameters: { sender: 'github', store: 'redis', guards: { maxQueue: MOST } },
			secret: name,
			redis: host.credential,
			after: [
				{
					name: 'Work',
					type: 'n8n-nodes-base.wait',
					typeVersion: 1.1,
					parameters: { resume: 'timeInterval', amount: 4, unit: 'seconds' },
				},
			],
		});
		const nodes = template.nodes.map((node) => ({
			...node,
			...(node.credentials && {
				credentials: { ...node.credentials, webhookSigningSecretApi: { id, name } },
			}),
		}));
		const workflow = await host.rest.createWorkflow({ ...template, nodes });
		await host.rest.activate(workflow.id);
		url = await host.rest.waitForWebhook(String(template.nodes[0]?.parameters['path']));
	}, 200_000);

	afterAll(async () => await host.stop(), 60_000);

	const post = async (body: string) => {
		const answer = await fetch(url, { method: 'POST', headers: headersOf(body), body });
		return [answer.status, answer.headers.get('retry-after')] as const;
	};

	it('turns deliveries away while jobs wait for a worker, and lets them in again', async () => {
		const answers: Array<readonly [number, string | null]> = [];
		for (let sent = 0; sent < 20 && answers.at(-1)?.[0] !== 503; sent += 1) {
			answers.push(await post(`{"n":${sent}}`));
			// The queue is looked at twice a second.
			await sleep(300);
		}
		expect(answers.at(-1)).toEqual([503, '30']);
		expect(answers.filter(([status]) => status === 200).length).toBeGreaterThan(MOST);
		expect(Number(await host.redis.admin.llen('bull:jobs:wait'))).toBeGreaterThan(MOST);
		for (const giveUpAt = Date.now() + 60_000; Date.now() < giveUpAt; await sleep(1_000)) {
			if (Number(await host.redis.admin.llen('bull:jobs:wait')) <= MOST) break;
		}
		await sleep(600);
		expect((await post('{"again":true}'))[0]).toBe(200);
	}, 90_000);
});
