import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Template } from '../../sandbox/host/rest';
import { startQueueHost, type QueueHost } from './queue-host';

/** Executions that a worker runs at once: those that wait for the first one need a slot each. */
const SLOTS = 40;

/** Whom the leads are handed to. It answers at once, unless it is told to let somebody wait. */
function receiver() {
	const begun: Array<{ lead: string; executionId: string }> = [];
	const finished: string[] = [];
	const open: ServerResponse[] = [];
	let answering = true;
	const server = createServer((request, response) => {
		const { searchParams } = new URL(String(request.url), 'http://receiver');
		const lead = String(searchParams.get('lead'));
		begun.push({ lead, executionId: String(searchParams.get('execution')) });
		if (!answering) return void open.push(response);
		// Long enough for every other delivery to meet this one at work.
		void sleep(1500).then(() => {
			finished.push(lead);
			const number = finished.length;
			response.setHeader('content-type', 'application/json').end(JSON.stringify({ number }));
		});
	});
	return {
		begun,
		finished,
		open,
		letWait: (wait: boolean) => (answering = !wait),
		server,
		listen: async () => {
			await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
			return (server.address() as AddressInfo).port;
		},
	};
}

const stop = (server: Server) =>
	new Promise<void>((done) => {
		server.close(() => done());
		server.closeAllConnections();
	});

const link = (...nodes: string[]) => nodes.map((node) => ({ node, type: 'main', index: 0 }));

const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
	id: name,
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters: { ...parameters },
});

interface Shape {
	readonly path: string;
	readonly credential: { readonly id: string; readonly name: string };
	readonly options: object;
}

const webhook = (path: string) => ({
	...node('Webhook', 'n8n-nodes-base.webhook', 2.1, {
		httpMethod: 'POST',
		path,
		responseMode: 'lastNode',
		options: {},
	}),
	webhookId: path,
});

const dedupe = (name: string, { credential }: Shape, parameters: object) => ({
	...node(name, 'n8n-nodes-lead-handoff.dedupe', 1, { store: 'redis', ...parameters }),
	credentials: { redis: { ...credential } },
});

const claim = (shape: Shape) =>
	dedupe('Claim', shape, {
		operation: 'claim',
		recipe: 'custom',
		ownValue: '={{ $json.body.id }}',
		options: shape.options,
	});

const answer = (json: string) =>
	node('Answer', 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput: json });

/** Claims, hands over, completes; answers every delivery with what the first one got. */
const handoff = (shape: Shape, port: number): Template => ({
	name: 'Handoff',
	nodes: [
		webhook(shape.path),
		claim(shape),
		node('Hand Over', 'n8n-nodes-base.httpRequest', 4.2, {
			url: `=http://127.0.0.1:${port}/?lead={{ $json.body.id }}&execution={{ $execution.id }}`,
			options: { timeout: 120_000 },
		}),
		node('Handed Over', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: "={{ { dedupe: $('Claim').item.json.dedupe, number: $json.number } }}",
		}),
		dedupe('Complete', shape, {
			operation: 'complete',
			result: '={{ { number: $json.number, executionId: $execution.id } }}',
		}),
		answer(
			'={{ { outcome: $json.dedupe.outcome, result: $json.dedupe.firstResult ?? { number: $json.number, executionId: $execution.id } } }}',
		),
	],
	connections: {
		Webhook: { main: [link('Claim')] },
		Claim: { main: [link('Hand Over'), link('Answer'), link('Answer')] },
		'Hand Over': { main: [link('Handed Over')] },
		'Handed Over': { main: [link('Complete')] },
		Complete: { main: [link('Answer')] },
	},
	settings: { executionOrder: 'v1' },
});

/** Claims and ends; fails when it is told to. */
const byItself = (shape: Shape): Template => ({
	name: 'By itself',
	nodes: [
		webhook(shape.path),
		claim(shape),
		answer(
			"={{ $json.body.fail && $json.dedupe.outcome === 'new' ? undefined.broken() : { outcome: $json.dedupe.outcome, result: $json.dedupe.firstResult } }}",
		),
	],
	connections: {
		Webhook: { main: [link('Claim')] },
		Claim: { main: [link('Answer'), link('Answer'), link('Answer')] },
	},
	settings: { executionOrder: 'v1' },
});

interface Answer {
	readonly outcome?: string;
	readonly result?: { readonly number?: number; readonly executionId?: string };
}

describe('Dedupe in queue mode, with two workers', () => {
	const leads = receiver();
	let host: QueueHost;
	let urls: { readonly handoff: string; readonly byItself: string };

	beforeAll(async () => {
		host = await startQueueHost({ slots: SLOTS });
		const port = await leads.listen();
		const { credential } = host;
		const publish = async (path: string, template: Template) => {
			const { id } = await host.rest.createWorkflow(template);
			await host.rest.activate(id);
			return await host.rest.waitForWebhook(path);
		};
		const waiting = { heartbeat: true, leaseMinutes: 10, waitSeconds: 120 };
		const ending = { heartbeat: true, atEnd: 'complete' };
		urls = {
			handoff: await publish(
				'handoff',
				handoff({ path: 'handoff', credential, options: waiting }, port),
			),
			byItself: await publish(
				'by-itself',
				byItself({ path: 'by-itself', credential, options: ending }),
			),
		};
	}, 200_000);

	afterAll(async () => {
		await stop(leads.server);
		await host.stop();
	}, 60_000);

	const send = async (url: string, body: object, timeoutMs = 85_000): Promise<Answer> => {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
			signal: AbortSignal.timeout(timeoutMs),
		});
		return response.ok ? ((await response.json()) as Answer) : {};
	};

	it('hands one of 50 deliveries at once over, and gives the others its result', async () => {
		const answers = await Promise.all(
			Array.from({ length: 50 }, () => send(urls.handoff, { id: 'fifty' })),
		);
		expect(leads.finished).toEqual(['fifty']);
		const [first] = answers.filter(({ outcome }) => outcome === 'completed');
		expect(answers.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(49);
		expect(new Set(answers.map(({ result }) => JSON.stringify(result)))).toEqual(
			new Set([JSON.stringify(first?.result)]),
		);
		const busy = host.workers.filter(({ logs }) => logs().includes('Worker started execution'));
		expect(busy).toHaveLength(2);
	}, 120_000);

	it('completes and releases by itself when a run on a worker ends', async () => {
		const first = await send(urls.byItself, { id: 'good' });
		expect(first.outcome).toBe('new');
		const repeat = await send(urls.byItself, { id: 'good' });
		expect(repeat).toMatchObject({
			outcome: 'duplicate',
			result: { executionId: expect.stringMatching(/^\d+$/) as string },
		});
		expect(await send(urls.byItself, { id: 'bad', fail: true })).toEqual({});
		expect(await send(urls.byItself, { id: 'bad' })).toMatchObject({ outcome: 'new' });
	}, 60_000);

	it('finishes, once, the lead of a worker that is killed', async () => {
		const before = leads.finished.length;
		const begunBefore = begunBy(host);
		leads.letWait(true);
		const deliveries = Array.from({ length: 20 }, () =>
			send(urls.handoff, { id: 'killed' }).catch((): Answer => ({})),
		);
		const holder = await until(() => leads.begun.find(({ lead }) => lead === 'killed'));
		const started = `Worker started execution ${holder.executionId} `;
		const killed = host.workers.find(({ logs }) => logs().includes(started))!;
		await until(() => (begunBy(host) >= begunBefore + 20 ? true : undefined));
		leads.letWait(false);
		killed.process.kill('SIGKILL');
		const at = Date.now();
		const takenOver = await until(() => leads.finished[before], 90_000);
		expect(takenOver).toBe('killed');
		expect(Date.now() - at).toBeLessThan(75_000);
		const answers = (await Promise.all(deliveries)).filter(({ outcome }) => outcome);
		expect(leads.finished.slice(before)).toEqual(['killed']);
		expect(answers.filter(({ outcome }) => outcome === 'completed')).toHaveLength(1);
		expect(answers.length).toBeGreaterThan(1);
		expect(new Set(answers.map(({ result }) => JSON.stringify(result))).size).toBe(1);
	}, 200_000);
});

/** How many executions the workers have begun. */
const begunBy = ({ workers }: QueueHost) =>
	workers.reduce((sum, { logs }) => sum + logs().split('Worker started execution').length - 1, 0);

async function until<Found>(look: () => Found | undefined, withinMs = 30_000): Promise<Found> {
	for (const giveUpAt = Date.now() + withinMs; ; await sleep(100)) {
		const found = look();
		if (found !== undefined) return found;
		if (Date.now() > giveUpAt) throw new Error(`it did not happen within ${withinMs} ms`);
	}
}
