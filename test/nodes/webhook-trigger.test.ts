import { createHmac } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { openTrigger, type Setting, type Trigger } from './webhook-trigger-host';

const SECRET = 'it is a secret that nobody knows';
const sha256 = (body: string | Buffer, secret = SECRET) =>
	createHmac('sha256', secret).update(body).digest('hex');

/** A GitHub delivery: the whole body, in hex. */
const github = { parameters: { sender: 'github' }, secret: { secret: SECRET } };

let trigger: Trigger;
const open = async (setting: Setting) => (trigger = await openTrigger(setting));
afterEach(async () => await trigger.close());

const post = async (
	body: string | Buffer,
	headers: Record<string, string> = {},
	signed: string | Buffer = body,
) =>
	await fetch(trigger.url, {
		method: 'POST',
		headers: { 'x-hub-signature-256': `sha256=${sha256(signed)}`, ...headers },
		body: new Uint8Array(Buffer.from(body)),
	});

/** Bytes that are others once they were parsed and written again. */
const BODY = '{ "id": "evt_1", "name": "Zo\\u00eb", "amount": 1.0 }\r\n';
const JSON_TYPE = { 'content-type': 'application/json' };

describe('a delivery', () => {
	it('that is proven starts an execution with what was sent', async () => {
		await open(github);
		const answer = await post(BODY, { ...JSON_TYPE, 'x-request-id': 'req-7', cookie: 'a=b' });
		expect([answer.status, await answer.json()]).toEqual([
			200,
			{ accepted: true, correlationId: 'req-7' },
		]);
		expect(answer.headers.get('x-correlation-id')).toBe('req-7');
		expect(trigger.runs).toHaveLength(1);
		const [{ json } = { json: {} }] = trigger.runs[0] ?? [];
		expect(json).toMatchObject({
			headers: { 'content-type': 'application/json', cookie: '***' },
			params: {},
			query: {},
			body: { id: 'evt_1', name: 'Zoë', amount: 1 },
			webhookUrl: trigger.url,
			executionMode: 'production',
			verification: { ok: true, scheme: 'github', secretIndex: 0 },
			trace: { correlationId: 'req-7', stages: [{ stage: 'verified' }] },
		});
	});

	it('of which one byte is another is answered 401, says nothing, and starts none', async () => {
		await open(github);
		const answer = await post(BODY.replace('1.0', '1.1'), JSON_TYPE, BODY);
		expect([answer.status, await answer.text()]).toEqual([401, '{"accepted":false}']);
		expect(answer.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
		expect(trigger.runs).toHaveLength(0);
		expect(trigger.log).toEqual([expect.stringContaining('MISMATCH')]);
		expect(trigger.log[0]).toContain('127.0.0.***');
		expect(trigger.log[0]).not.toContain('Zo');
	});

	it('whose signature came twice is refused as such', async () => {
		await open(github);
		const { hostname, port, pathname } = new URL(trigger.url);
		const signature = `sha256=${sha256('{}')}`;
		const { request } = await import('node:http');
		const status = await new Promise((resolve) => {
			const options = { hostname, port, path: pathname, method: 'POST' };
			const sent = request(options, (response) => resolve(response.resume().statusCode));
			sent.setHeader('x-hub-signature-256', [signature, signature]);
			sent.end('{}');
		});
		expect(status).toBe(401);
		expect(trigger.log[0]).toContain('DUPLICATE_HEADER');
	});

	const form = new FormData();
	form.set('email', 'maria@example.com');
	form.set('file', new Blob(['abc'], { type: 'text/csv' }), 'leads.csv');
	const multipart = new Response(form);
	const xml = '<lead><email>a@b.de</email></lead>';

	it.each<[string, Record<string, string>, string | Buffer, unknown]>([
		['JSON', JSON_TYPE, BODY, { id: 'evt_1', name: 'Zoë', amount: 1 }],
		['CloudEvents', { 'content-type': 'application/cloudevents+json' }, '{"a":1}', { a: 1 }],
		['JSON with a byte order mark', JSON_TYPE, '\ufeff{"a":1}', { a: 1 }],
		['broken JSON', JSON_TYPE, '{"a":', '{"a":'],
		[
			'a form',
			{ 'content-type': 'application/x-www-form-urlencoded' },
			'a=1&b=%20x&b=y',
			{ a: '1', b: [' x', 'y'] },
		],
		['XML', { 'content-type': 'text/xml' }, xml, xml],
		['Latin-1', { 'content-type': 'text/plain; charset=iso-8859-1' }, Buffer.from([0xeb]), 'ë'],
		['no type', {}, '{"a":1}', { a: 1 }],
		[
			'JSON that calls itself a form',
			{ 'content-type': 'application/x-www-form-urlencoded' },
			'{"name":"x&email=forger@example.com&"}',
			{ name: 'x&email=forger@example.com&' },
		],
		[
			// Shift_JIS takes the last byte of the letter and the backslash for one letter.
			'JSON that calls itself Shift_JIS',
			{ 'content-type': 'application/json; charset=shift_jis' },
			'{"name":"\u00df\\",\\"email\\":\\"forger@example.com"}',
			{ name: '\u00df","email":"forger@example.com' },
		],
		[
			'JSON too deep to work with',
			JSON_TYPE,
			'['.repeat(5_000) + ']'.repeat(5_000),
			'['.repeat(5_000) + ']'.repeat(5_000),
		],
		['bytes', { 'content-type': 'application/octet-stream' }, Buffer.from([0, 255]), {}],
		['nothing', {}, '', {}],
	])('of %s is proven by its bytes and shown by its type', async (_, headers, body, shown) => {
		await open(github);
		// fetch adds a type of its own only to texts.
		expect((await post(Buffer.from(body), headers)).status).toBe(200);
		expect(trigger.runs[0]?.[0]?.json['body']).toEqual(shown);
	});

	it('of a multipart form is proven by its bytes; of files it shows what they are', async () => {
		await open({ ...github, parameters: { sender: 'github', settings: { keepRawBody: true } } });
		const bytes = Buffer.from(await multipart.arrayBuffer());
		const type = multipart.headers.get('content-type') ?? '';
		expect((await post(bytes, { 'content-type': type })).status).toBe(200);
		const [item] = trigger.runs[0] ?? [];
		expect(item?.json['body']).toEqual({
			email: 'maria@example.com',
			file: { fileName: 'leads.csv', mimeType: 'text/csv', sizeBytes: 3 },
		});
		expect(item?.binary).toEqual({
			data: { data: bytes.toString('base64'), mimeType: 'multipart/form-data' },
		});
	});

	it.each([
		['gzip', gzipSync],
		['deflate', deflateSync],
		['br', brotliCompressSync],
	])('packed by %s is proven as it was before', async (encoding, pack) => {
		await open(github);
		const headers = { ...JSON_TYPE, 'content-encoding': encoding };
		expect((await post(pack(BODY), headers, BODY)).status).toBe(200);
		expect((await post(Buffer.from('not packed'), headers)).status).toBe(401);
	});

	it('is never stored with the token that proves it', async () => {
		await open({ parameters: { sender: 'url-token' }, secret: { secret: SECRET } });
		const url = `${trigger.url}?token=${encodeURIComponent(SECRET)}&x=1`;
		const body = JSON.stringify({ echoed: `token ${SECRET}` });
		const token = 'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.c2lnbmF0dXJl';
		const headers = { ...JSON_TYPE, authorization: 'Basic eA==', 'x-own-token': `JWT ${token}` };
		const answer = await fetch(url, { method: 'POST', body, headers });
		expect(answer.status).toBe(200);
		expect(JSON.stringify(trigger.runs)).not.toContain('nobody knows');
		expect(trigger.runs[0]?.[0]?.json).toMatchObject({
			query: { token: '***', x: '1' },
			headers: { authorization: '***', 'x-own-token': '***' },
			body: { echoed: 'token ***' },
		});
	});
});

describe('a check of the subscription', () => {
	it('is answered, and starts nothing', async () => {
		await open({ parameters: { sender: 'adobe-io' }, secret: { expectedIds: 'client' } });
		const answer = await fetch(`${trigger.url}?challenge=abc`);
		expect([answer.status, await answer.json()]).toEqual([200, { challenge: 'abc' }]);
		expect(trigger.runs).toHaveLength(0);
	});

	it('that comes signed is answered only if it is', async () => {
		await open({ parameters: { sender: 'slack' }, secret: { secret: SECRET } });
		const check = async (secret: string) => {
			const at = Math.floor(Date.now() / 1000);
			const body = '{"type":"url_verification","challenge":"abc"}';
			const signature = `v0=${sha256(`v0:${at}:${body}`, secret)}`;
			const headers = { 'x-slack-request-timestamp': String(at), 'x-slack-signature': signature };
			return await (await fetch(trigger.url, { method: 'POST', body, headers })).text();
		};
		expect(await check(SECRET)).toBe('abc');
		expect(await check('another')).toBe('{"accepted":false}');
		expect(trigger.runs).toHaveLength(0);
	});
});

describe('one item per event', () => {
	it('gives each its own body, id and note', async () => {
		const body = JSON.stringify([
			{
				eventId: 1,
				subscriptionId: 2,
				portalId: 3,
				objectId: 4,
				occurredAt: 5,
				subscriptionType: 'a',
			},
			{
				eventId: 9,
				subscriptionId: 2,
				portalId: 3,
				objectId: 4,
				occurredAt: 5,
				subscriptionType: 'a',
			},
		]);
		await open({
			parameters: { sender: 'hubspot-v3', settings: { splitEvents: true } },
			secret: { secret: SECRET },
		});
		const at = String(Date.now());
		const signature = createHmac('sha256', SECRET).update(`POST${trigger.url}${body}${at}`);
		const headers = {
			'x-hubspot-signature-v3': signature.digest('base64'),
			'x-hubspot-request-timestamp': at,
		};
		expect((await fetch(trigger.url, { method: 'POST', body, headers })).status).toBe(200);
		expect(
			trigger.runs[0]?.map(({ json }) => (json['body'] as { eventId: number }).eventId),
		).toEqual([1, 9]);
	});
});

describe('a wrong configuration', () => {
	it.each<[string, Setting, RegExp]>([
		['no credential', { ...github, secret: null }, /No credential 'Webhook Signing Secret'/],
		['an empty secret', { ...github, secret: { secret: '' } }, /has no secret/],
		[
			'a source that is none',
			{ ...github, parameters: { sender: 'github', guards: { allowedSources: '10.0.0.0/33' } } },
			/'Allowed Sources' has "10.0.0.0\/33"/,
		],
		[
			'a public URL with a query',
			{
				...github,
				parameters: { sender: 'twilio', settings: { publicUrl: 'https://a.example/?b' } },
			},
			/'Public URL' is/,
		],
		[
			'a limit of the queue without Redis',
			{ ...github, parameters: { sender: 'github', guards: { maxQueue: 5 } } },
			/'Queued Executions' is set, but 'Store' is not Redis/,
		],
	])('(%s) cannot go live, and answers 500 with a line in the log', async (_, setting, message) => {
		await open(setting);
		await expect(trigger.activate()).rejects.toThrow(message);
		const answer = await post(BODY);
		expect([answer.status, await answer.text()]).toEqual([500, '{"accepted":false}']);
		expect(trigger.runs).toHaveLength(0);
		expect(trigger.log[0]).toMatch(message);
		expect(trigger.log[0]).toContain('CONFIG_INVALID');
	});

	it('is what activation refuses, and nothing else', async () => {
		await open(github);
		await expect(trigger.activate()).resolves.toBe(true);
	});
});
