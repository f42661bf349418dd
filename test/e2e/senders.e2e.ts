import { randomUUID } from 'node:crypto';
import type { Template } from '../../sandbox/host/rest';
import { secrets } from '../../sandbox/secrets';
import { sign, type Scheme } from '../../sandbox/sign';
import { openPipeline, type Pipeline } from './pipeline';
import { openHost } from './world';

/** The template with another sender chosen in its Webhook Verifier. */
const from = (parameters: Record<string, unknown>) => (template: Template) => ({
	...template,
	name: `Lead to meeting (${Object.values(parameters).join(' ')})`,
	nodes: template.nodes.map((node) => {
		if (node.name === 'Webhook Verifier') return { ...node, parameters };
		if (node.name !== 'Webhook') return node;
		return {
			...node,
			parameters: {
				...node.parameters,
				path: Object.values(parameters).join('-').replace(/\W+/g, '-'),
			},
		};
	}),
});

/** Bytes that would not survive being parsed and written again. */
const BODY =
	'{ "eventId": "evt-%id%", "fields": { "email": "dana.whitfield@northwind-analytics.com", "first_name": "Zo\\u00eb" }, "amount": 1.0 }\r\n';

describe.each<[Scheme, Record<string, unknown>]>([
	['hubspot-v3', { sender: 'hubspot-v3' }],
	['generic', { sender: 'generic-hmac', signatureHeader: 'X-Signature', prefix: 'sha256=' }],
])('a sender that signs as %s', (scheme, parameters) => {
	let pipeline: Pipeline;

	beforeAll(async () => {
		pipeline = await openPipeline(from(parameters));
	});

	beforeEach(() => pipeline.forgetAll());

	const post = async (body: string, signed = body) => {
		const { webhookUrl: url } = pipeline;
		const headers = sign({
			scheme,
			secret: secrets.webhookSecret,
			body: signed,
			at: Date.now(),
			url,
		});
		const answer = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body,
		});
		return answer.status;
	};

	it('is believed over the bytes that it sent, and over no others', async () => {
		const body = BODY.replace('%id%', scheme);
		expect(await post(body.replace('1.0', '1'), body)).toBe(401);
		expect(await post(JSON.stringify(JSON.parse(body)), body)).toBe(401);
		await pipeline.settled();
		expect(pipeline.world.calls()).toHaveLength(0);
		expect(await post(body)).toBe(202);
		await pipeline.settled();
		expect(await post(body)).toBe(200);
	});
});

/** n8n's own Webhook node, the verifier, and an answer for each of its outputs. */
function gate(sender: string, secret: string): Template {
	const path = `gate-${sender}-${randomUUID()}`;
	const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters: { ...parameters },
	});
	const answer = (name: string, responseCode: number) =>
		node(name, 'n8n-nodes-base.respondToWebhook', 1.5, {
			respondWith: 'json',
			responseBody: '={{ $json.verification }}',
			options: { responseCode },
		});
	const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
	return {
		name: path,
		nodes: [
			{
				...node('Webhook', 'n8n-nodes-base.webhook', 2.1, {
					httpMethod: 'POST',
					path,
					responseMode: 'responseNode',
					options: { rawBody: true },
				}),
				webhookId: randomUUID(),
			},
			{
				...node('Webhook Verifier', 'n8n-nodes-lead-handoff.webhookVerifier', 1, { sender }),
				credentials: { webhookSigningSecretApi: { id: null, name: secret } },
			},
			answer('Accepted', 202),
			answer('Rejected', 401),
		],
		connections: {
			Webhook: { main: [to('Webhook Verifier')] },
			'Webhook Verifier': { main: [to('Accepted'), to('Rejected')] },
		},
		settings: { executionOrder: 'v1' },
	};
}

const ODD = '"amount": 1.0, "name": "Zo\\u00eb", "emoji": "\\ud83d\\ude80"';

describe.each<[Scheme, string, string, string]>([
	['hubspot-v3', 'Webhook secret', 'application/json', `[ { "eventId": 1, ${ODD} } ]\r\n`],
	['stripe', 'Webhook secret', 'application/json; charset=utf-8', `{ "id": "evt_1", ${ODD} }`],
	['typeform', 'Webhook secret', 'application/json', `{ "event_id": "01", ${ODD} }\n`],
	['sendgrid', 'SendGrid key', 'application/json', `[{"sg_event_id":"a", ${ODD} }\r\n]\r\n`],
	[
		'adobe-io',
		'Adobe client ID',
		'application/cloudevents+json',
		`{ "recipientclientid": "${secrets.adobeClientId}", ${ODD} }\r\n`,
	],
])('%s through the Webhook node', (scheme, credential, contentType, body) => {
	let post: (sent: string) => Promise<{ status: number; verification: Record<string, unknown> }>;

	beforeAll(async () => {
		const host = await openHost();
		const { webhookUrl: url = '' } = await host.importWorkflow(gate(scheme, credential));
		post = async (sent) => {
			const message = { scheme, secret: secrets.webhookSecret, body, at: Date.now(), url };
			const headers = { 'content-type': contentType, ...sign(message) };
			const answer = await fetch(url, { method: 'POST', headers, body: sent });
			return {
				status: answer.status,
				verification: (await answer.json()) as Record<string, unknown>,
			};
		};
	});

	it('is believed over the bytes that it sent', async () => {
		expect(await post(body)).toMatchObject({
			status: 202,
			verification: { ok: true, scheme, secretIndex: 0 },
		});
	});

	it('and over no others: 401', async () => {
		for (const sent of [body.replace('1.0', '1.1'), JSON.stringify(JSON.parse(body)), `${body} `])
			expect(await post(sent)).toMatchObject({
				status: 401,
				verification: { ok: false, reason: 'MISMATCH' },
			});
	});
});
