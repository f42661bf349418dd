import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { secrets } from '../../sandbox/secrets';
import { sign, type Scheme } from '../../sandbox/sign';
import { openTrigger, workflowOf, type Triggered } from './trigger';
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

const signed = (scheme: Scheme, url: string, body: string) =>
	sign({ scheme, secret: secrets.webhookSecret, body, at: Date.now(), url });

describe.each<[Scheme, string, string, string]>([
	[
		'hubspot-v3',
		SECRET,
		'application/json',
		'[{ "eventId": 1, "name": "Zo\\u00eb", "n": 1.0 }]\r\n',
	],
	['stripe', SECRET, 'application/json', '{ "id": "evt_1", "amount": 1.0,  "n": "\\u00eb" }'],
	['typeform', SECRET, 'application/json', '{"event_id":"e1","score":1.0, "n":"\\u00eb"}\n'],
	[
		'sendgrid',
		'SendGrid key',
		'application/json',
		'[{"sg_event_id":"a","n":1.0},\r\n{"sg_event_id":"b"}]\r\n',
	],
	[
		'adobe-io',
		'Adobe client ID',
		'application/cloudevents+json',
		`{ "event_id": "e1", "recipientclientid": "${secrets.adobeClientId}", "n": 1.0, "s": "\\u00eb" }`,
	],
])('%s', (scheme, secret, type, body) => {
	let trigger: Triggered;
	beforeAll(async () => {
		trigger = await openTrigger(host, { parameters: { sender: scheme }, secret });
	});

	it('is let in with the bytes that it signed, and 401 with any other, without an execution', async () => {
		const headers = { ...signed(scheme, trigger.url, body), 'content-type': type };
		const altered = [
			body.replace('1.0', '1.1'),
			JSON.stringify(JSON.parse(body)),
			body.replace(/.$/s, ''),
			'',
		];
		for (const other of altered) {
			const { status, text } = await trigger.post(other, headers);
			expect([other, status, text]).toEqual([other, 401, '{"accepted":false}']);
		}
		const answer = await trigger.post(body, { ...headers, 'x-correlation-id': 'from-the-sender' });
		expect(answer.status).toBe(200);
		expect(JSON.parse(answer.text)).toEqual({ accepted: true, correlationId: 'from-the-sender' });
		expect(answer.headers.get('x-correlation-id')).toBe('from-the-sender');
		const runs = await trigger.runs(1);
		expect(runs).toHaveLength(1);
		expect(runs[0]?.[0]).toMatchObject({
			body: JSON.parse(body),
			webhookUrl: trigger.url,
			executionMode: 'production',
			verification: { ok: true, scheme },
			trace: { correlationId: 'from-the-sender' },
		});
	});
});

describe('bodies of every type', () => {
	let trigger: Triggered;
	beforeAll(async () => {
		const parameters = { sender: 'github', settings: { keepRawBody: true, source: 'types' } };
		trigger = await openTrigger(host, { parameters, secret: SECRET });
	});

	const form = new FormData();
	form.set('email', 'maria@example.com');
	form.set('cv', new Blob([new Uint8Array([0, 255, 13, 10])]), 'cv.bin');
	const packed = new Response(form);
	const json = '{ "n": 1.0 }';

	it.each<[string, () => Promise<[Buffer, Record<string, string>, (string | Buffer)?]>, unknown]>([
		[
			'cloudevents+json',
			async () => [Buffer.from(json), { 'content-type': 'application/cloudevents+json' }],
			{ n: 1 },
		],
		[
			'vnd+json',
			async () => [
				Buffer.from(json),
				{ 'content-type': 'application/vnd.api+json; charset=utf-8' },
			],
			{ n: 1 },
		],
		[
			'gzip',
			async () => [gzipSync(json), { ...JSON_TYPE, 'content-encoding': 'gzip' }, json],
			{ n: 1 },
		],
		[
			'a form',
			async () => [
				Buffer.from('a=1+2&b=%C3%AB'),
				{ 'content-type': 'application/x-www-form-urlencoded' },
			],
			{ a: '1 2', b: 'ë' },
		],
		['broken JSON', async () => [Buffer.from('{"a"'), JSON_TYPE], '{"a"'],
		['XML', async () => [Buffer.from('<a/>'), { 'content-type': 'text/xml' }], '<a/>'],
		['nothing', async () => [Buffer.alloc(0), {}], {}],
		[
			'multipart',
			async () => [
				Buffer.from(await packed.arrayBuffer()),
				{ 'content-type': packed.headers.get('content-type') ?? '' },
			],
			{ email: 'maria@example.com', cv: { fileName: 'cv.bin', sizeBytes: 4 } },
		],
	])('%s', async (_, make, shown) => {
		const [bytes, headers, plain = bytes] = await make();
		const before = (await trigger.runs(0)).length;
		const wrong = await trigger.post(bytes, { ...headers, ...github(`${plain}x`) });
		expect(wrong.status).toBe(401);
		const { status } = await trigger.post(bytes, { ...headers, ...github(plain) });
		expect(status).toBe(200);
		const runs = await trigger.runs(before + 1);
		expect(runs).toHaveLength(before + 1);
		expect(runs.at(-1)?.[0]).toMatchObject({ body: shown });
	});
});

describe('checks of a subscription', () => {
	it('are answered without an execution', async () => {
		const adobe = await openTrigger(host, {
			parameters: { sender: 'adobe-io' },
			secret: 'Adobe client ID',
		});
		const answer = await fetch(`${adobe.url}?challenge=abc`);
		expect([answer.status, await answer.json()]).toEqual([200, { challenge: 'abc' }]);
		expect((await fetch(adobe.url, { method: 'HEAD' })).status).toBe(401);

		const slack = await openTrigger(host, { parameters: { sender: 'slack' }, secret: SECRET });
		const body = '{"type":"url_verification","challenge":"xyz"}';
		const check = await slack.post(body, { ...JSON_TYPE, ...signed('slack', slack.url, body) });
		expect([check.status, check.text]).toEqual([200, 'xyz']);
		expect([await adobe.runs(0), await slack.runs(0)]).toEqual([[], []]);
	});
});

describe('guards', () => {
	const open = async (guards: object) =>
		await openTrigger(host, { parameters: { sender: 'github', guards }, secret: SECRET });

	it('answer 403, 413 and 429 before anything is looked at', async () => {
		const elsewhere = await open({ allowedSources: '203.0.113.0/24' });
		expect((await elsewhere.post('{}', github('{}'))).status).toBe(403);

		const small = await open({ maxBodyKb: 1 });
		const large = 'a'.repeat(2000);
		expect((await small.post(large, github(large))).status).toBe(413);
		const bomb = gzipSync(Buffer.alloc(900_000));
		expect((await small.post(bomb, { 'content-encoding': 'gzip' })).status).toBe(413);

		const slow = await open({ perMinute: 2 });
		const statuses = [];
		for (let sent = 0; sent < 3; sent += 1) statuses.push(await slow.post('{}', github('{}')));
		expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429]);
		expect(Number(statuses[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
		const runs = [await elsewhere.runs(0), await small.runs(0), await slow.runs(2)];
		expect(runs.map(({ length }) => length)).toEqual([0, 0, 2]);
	});
});

describe('a replay', () => {
	it('is answered 409, and 503 while the store that remembers is away', async () => {
		const remembering = await openTrigger(host, {
			parameters: { sender: 'stripe', refuseReplays: true },
			secret: SECRET,
		});
		const body = JSON.stringify({ id: randomUUID() });
		const headers = signed('stripe', '', body);
		const answers = [await remembering.post(body, headers), await remembering.post(body, headers)];
		expect(answers.map(({ status }) => status)).toEqual([200, 409]);
		expect(await remembering.runs(1)).toHaveLength(1);

		const redis = await host.rest.createCredential({
			name: 'Redis that is away',
			type: 'redis',
			data: { host: '127.0.0.1', port: 1, database: 0, ssl: false, user: '', password: '' },
		});
		const forgetful = await openTrigger(host, {
			parameters: { sender: 'stripe', refuseReplays: true, store: 'redis' },
			secret: SECRET,
			redis,
		});
		const answer = await forgetful.post(body, signed('stripe', '', body));
		expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
		expect(await forgetful.runs(0)).toEqual([]);
	});
});

it('cannot be published without a secret', async () => {
	await host.rest.createCredential({
		name: 'Empty secret',
		type: 'webhookSigningSecretApi',
		data: { secret: '' },
	});
	const credentials = await host.rest.credentials();
	const credential = credentials.find(({ name }) => name === 'Empty secret');
	const template = workflowOf({ parameters: { sender: 'github' }, secret: 'Empty secret' });
	const nodes = template.nodes.map((node) => ({
		...node,
		credentials: { webhookSigningSecretApi: { id: credential?.id, name: 'Empty secret' } },
	}));
	const { id } = await host.rest.createWorkflow({ ...template, nodes });
	await host.rest.activate(id);
	// n8n publishes in the background, and shows what came of it in the editor.
	const status = async () =>
		JSON.stringify(await host.rest.call('GET', `/rest/workflows/${id}/publication-status`));
	const deadline = Date.now() + 20_000;
	while (!(await status()).includes('has no secret') && Date.now() < deadline) await sleep(200);
	expect(await status()).toContain('has no secret');
	const path = String(template.nodes[0]?.parameters['path']);
	const answer = await fetch(`${host.n8n.url}/webhook/${path}`, { method: 'POST', body: '{}' });
	expect(answer.status).toBe(404);
});

it('answers at its test URL, and a forgery does not end the test', async () => {
	const template = workflowOf({ parameters: { sender: 'hubspot-v3' }, secret: SECRET });
	const { workflowId, webhookUrl = '' } = await host.importWorkflow(template);
	const workflowData = await host.rest.call('GET', `/rest/workflows/${workflowId}`);
	await host.rest.call('POST', `/rest/workflows/${workflowId}/run`, {
		workflowData,
		triggerToStartFrom: { name: 'Trigger' },
	});
	const url = webhookUrl.replace('/webhook/', '/webhook-test/');
	const body = '[{"eventId":1}]';
	const post = async (calledUrl: string) =>
		(await fetch(url, { method: 'POST', body, headers: signed('hubspot-v3', calledUrl, body) }))
			.status;
	expect(await post(webhookUrl)).toBe(401);
	expect(await post(url)).toBe(200);
});
