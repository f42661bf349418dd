import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { readDeliveries } from '../../sandbox/deliveries';
import { secrets } from '../../sandbox/secrets';
import { sendLead } from '../../sandbox/send-lead';

interface Received {
	readonly body: string;
	readonly headers: IncomingHttpHeaders;
}

let server: Server;
let url: string;
let received: Received[];

beforeAll(async () => {
	server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
		request.on('end', () => {
			received.push({ body, headers: request.headers });
			response.writeHead(202).end('{"ok":true}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/lead`;
});
beforeEach(() => (received = []));
afterAll(() => server.close());

const secret = secrets.webhookSecret;
const verified = ({ body, headers }: Received) =>
	new Webhook(secret).verify(body, headers as Record<string, string>) as Record<string, unknown>;

describe('sendLead', () => {
	it('sends a persona’s form, signed, with a new id and the time', async () => {
		const sent = await sendLead({ url, secret, persona: 'perfect' });
		expect(sent).toMatchObject({ status: 202, body: { ok: true } });
		const event = verified(received[0] as Received);
		expect(event).toMatchObject({
			event: 'webform_submitted',
			eventId: sent.eventId,
			fields: { email: 'dana.whitfield@northwind-analytics.com' },
		});
		expect(Date.now() - Date.parse(String(event['submittedAt']))).toBeLessThan(5_000);
		expect(received[0]?.headers['webhook-id']).toBe(sent.eventId);
	});

	it('keeps the id it is given and the time a persona brings', async () => {
		await sendLead({ url, secret, persona: 'dst-night', eventId: 'evt-1' });
		expect(verified(received[0] as Received)).toMatchObject({
			eventId: 'evt-1',
			submittedAt: '2026-11-01T01:30:00-05:00',
		});
	});

	it('forges on request', async () => {
		await sendLead({ url, secret, persona: 'perfect', forge: true });
		expect(() => verified(received[0] as Received)).toThrow();
	});

	it('sends any payload', async () => {
		await sendLead({ url, secret, payload: { eventId: 'own', a: 1 }, scheme: 'generic' });
		expect(received[0]).toMatchObject({
			body: '{"eventId":"own","a":1}',
			headers: { 'x-signature': expect.stringMatching(/^sha256=/) as unknown },
		});
	});
});

describe('readDeliveries', () => {
	const file = (text: string) => {
		const path = join(mkdtempSync(join(tmpdir(), 'deliveries-')), 'leads.json');
		writeFileSync(path, text);
		return path;
	};
	const bare = (payload: unknown) => ({ headers: {}, payload });

	it('reads one value, an array, or a value a line', () => {
		expect(readDeliveries(file('{"a":1}'))).toEqual([bare({ a: 1 })]);
		expect(readDeliveries(file('[{"a":1},{"a":2}]'))).toEqual([bare({ a: 1 }), bare({ a: 2 })]);
		expect(readDeliveries(file('{"a":1}\n\n{"a":2}\n'))).toEqual([bare({ a: 1 }), bare({ a: 2 })]);
	});

	it('keeps the headers of a recorded delivery, but not the connection’s', () => {
		const recorded = { headers: { 'Webhook-Id': 'm1', Host: 'x' }, body: { a: 1 } };
		expect(readDeliveries(file(JSON.stringify(recorded)))).toEqual([
			{ headers: { 'webhook-id': 'm1' }, payload: { a: 1 } },
		]);
	});

	it('names the line that is wrong', () => {
		expect(() => readDeliveries(file('{"a":1}\n{"a"'))).toThrow(/leads\.json:2: not JSON/);
	});
});
