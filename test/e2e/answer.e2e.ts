import { createHmac } from 'node:crypto';
import { secrets } from '../../sandbox/secrets';
import { openTrigger } from './trigger';
import { openHost, type TestHost } from './world';

let host: TestHost;
beforeAll(async () => {
	host = await openHost();
});

const SECRET = 'Webhook secret';
const github = (body: string | Buffer) => ({
	'x-hub-signature-256': `sha256=${createHmac('sha256', secrets.webhookSecret).update(body).digest('hex')}`,
});
const JSON_TYPE = { 'content-type': 'application/json' };

describe('the answer to an accepted delivery', () => {
	const set = (jsonOutput: string) => ({
		name: 'Set',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput },
	});

	const respond = (parameters: Record<string, unknown>) => ({
		name: 'Respond',
		type: 'n8n-nodes-lead-handoff.webhookVerifier',
		typeVersion: 1,
		parameters: { operation: 'respond', ...parameters },
	});
	const json = {
		respondWith: 'json',
		responseBody: '={{ { event: $json.verification.eventIdFrom, lead: $json.body.lead } }}',
		responseCode: 207,
		responseHeaders: { entries: [{ name: 'X-Own', value: 'yes' }] },
	};
	const graph = JSON.stringify({
		value: [{ id: '1', subscriptionId: 's', clientState: secrets.webhookSecret }],
	});

	it('is what the sender wants to hear, whatever it is', async () => {
		const graph = await openTrigger(host, {
			parameters: { sender: 'microsoft-graph' },
			secret: SECRET,
		});
		const body = JSON.stringify({
			value: [{ id: '1', subscriptionId: 's', clientState: secrets.webhookSecret }],
		});
		const answer = await graph.post(body, JSON_TYPE);
		expect([answer.status, answer.text]).toEqual([202, '']);
		expect(JSON.stringify(await graph.runs(1))).not.toContain(secrets.webhookSecret);
	});

	it('is that of the last node, or of a Respond to Webhook node of version 1, where these are asked for', async () => {
		const last = await openTrigger(host, {
			parameters: { sender: 'github', responseMode: 'lastNode', settings: { responseCode: 201 } },
			secret: SECRET,
			after: [set('={{ { event: $json.verification.eventIdFrom } }}')],
		});
		const answer = await last.post('{}', github('{}'));
		expect([answer.status, JSON.parse(answer.text)]).toEqual([201, { event: 'content' }]);
		expect(answer.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);

		const node = await openTrigger(host, {
			parameters: { sender: 'github', responseMode: 'responseNode' },
			secret: SECRET,
			after: [
				{
					name: 'Respond',
					type: 'n8n-nodes-base.respondToWebhook',
					// Later ones take no triggers of packages.
					typeVersion: 1,
					parameters: {
						respondWith: 'text',
						responseBody: 'thank you',
						options: { responseCode: 207 },
					},
				},
			],
		});
		const said = await node.post('{}', github('{}'));
		expect([said.status, said.text]).toEqual([207, 'thank you']);
	});

	it.each<[string, string, Record<string, unknown>, string | undefined, number, string]>([
		['a status and JSON', 'github', json, undefined, 207, '{"event":"content","lead":7}'],
		[
			'text',
			'github',
			{ respondWith: 'text', responseText: 'Grüß Gott' },
			undefined,
			200,
			'Grüß Gott',
		],
		['no body', 'github', { respondWith: 'noData', responseCode: 202 }, undefined, 202, ''],
		['what the sender expects', 'microsoft-graph', {}, graph, 202, ''],
		[
			'what most senders expect',
			'github',
			{},
			undefined,
			200,
			'{"accepted":true,"correlationId":"c-1"}',
		],
	])(
		'is that of a Webhook Verifier that responds: %s',
		async (_, sender, parameters, sent, status, text) => {
			const trigger = await openTrigger(host, {
				parameters: { sender, responseMode: 'responseNode' },
				secret: SECRET,
				after: [respond(parameters), set('={{ { after: $json.verification.ok } }}')],
			});
			const body = sent ?? '{ "lead": 7 }';
			expect((await trigger.post(`${body} `, github(body))).status).toBe(sent ? status : 401);
			const answer = await trigger.post(body, { ...github(body), 'x-correlation-id': 'c-1' });
			expect([answer.status, answer.text]).toEqual([status, text]);
			expect(answer.headers.get('x-correlation-id')).toBe('c-1');
			if (parameters === json) expect(answer.headers.get('x-own')).toBe('yes');
			const wanted = sent ? 2 : 1;
			expect(await trigger.runs(wanted)).toHaveLength(wanted);
		},
	);
});
