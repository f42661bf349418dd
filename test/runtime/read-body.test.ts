import { createServer, request as call, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { readBody, type BodyRead } from '../../lib/runtime/read-body';

const LIMIT = 1000;
let server: Server;
let read: Promise<BodyRead>;
let begun: () => void;

beforeAll(async () => {
	server = createServer((request, response) => {
		read = readBody(request, LIMIT);
		begun();
		void read.then(() => response.end('answered'));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());
beforeEach(() => {
	begun = () => undefined;
});

const send = async (body: Buffer | ReadableStream, headers: Record<string, string> = {}) => {
	const { port } = server.address() as AddressInfo;
	const answer = await fetch(`http://127.0.0.1:${port}/`, {
		method: 'POST',
		headers,
		body: Buffer.isBuffer(body) ? new Uint8Array(body) : body,
		duplex: 'half',
	});
	expect(await answer.text()).toBe('answered');
	return await read;
};

const TOO_LARGE = { ok: false, reason: 'TOO_LARGE' };
const MALFORMED = { ok: false, reason: 'MALFORMED_BODY' };

it('gives the bytes as they were sent, up to the limit', async () => {
	const body = Buffer.alloc(LIMIT, 'a');
	expect(await send(body)).toEqual({ ok: true, body });
	expect(await send(Buffer.alloc(0))).toEqual({ ok: true, body: Buffer.alloc(0) });
	expect(await send(Buffer.alloc(LIMIT + 1))).toEqual(TOO_LARGE);
});

it('stops counting at the limit, and the sender reads the answer all the same', async () => {
	let sent = 0;
	const body = new ReadableStream<Uint8Array>({
		pull(controller) {
			sent += 1;
			if (sent > 500) controller.close();
			else controller.enqueue(new Uint8Array(10_000));
		},
	});
	expect(await send(body)).toEqual(TOO_LARGE);
});

it.each([
	['gzip', gzipSync],
	['x-gzip', gzipSync],
	['GZIP', gzipSync],
	['deflate', deflateSync],
	['br', brotliCompressSync],
])('unpacks %s, but not beyond the limit', async (encoding, pack) => {
	const headers = { 'content-encoding': encoding };
	const body = Buffer.alloc(LIMIT, 'b');
	expect(await send(pack(body), headers)).toEqual({ ok: true, body });
	expect(await send(pack(Buffer.alloc(LIMIT + 1)), headers)).toEqual(TOO_LARGE);
	expect(await send(body, headers)).toEqual(MALFORMED);
	expect(await send(pack(body).subarray(0, 10), headers)).toEqual(MALFORMED);
});

it('unpacks nothing that it does not know', async () => {
	expect(await send(Buffer.from('a'), { 'content-encoding': 'zstd' })).toEqual(MALFORMED);
	expect(await send(Buffer.from('a'), { 'content-encoding': 'toString' })).toEqual(MALFORMED);
	expect(await send(Buffer.from('a'), { 'content-encoding': 'identity' })).toMatchObject({
		ok: true,
	});
});

it('knows when the caller has hung up', async () => {
	const { port } = server.address() as AddressInfo;
	const started = new Promise<void>((resolve) => (begun = resolve));
	const sent = call({
		port,
		host: '127.0.0.1',
		method: 'POST',
		headers: { 'content-length': '10' },
	});
	sent.on('error', () => undefined);
	sent.write('half');
	await started;
	sent.destroy();
	expect(await read).toEqual({ ok: false, reason: 'ABORTED' });
});
