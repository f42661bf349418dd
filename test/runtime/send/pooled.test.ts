import type { IncomingMessage, RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { PipelineError } from '../../../lib/domain/errors';
import { readAnswer } from '../../../lib/runtime/answer';
import { httpClient, type Try } from '../../../lib/runtime/http';
import type { Egress } from '../../../lib/runtime/send/egress';
import type { PooledOptions } from '../../../lib/runtime/send/pooled';
import { anywhere, closeAll, failure, get, json, keep, poolOf, sendOf, site } from './acme';
import { plainSite } from './tls-world';

afterEach(closeAll);

describe('the answer', () => {
	const answering = async (answer: RequestListener, options: Partial<PooledOptions> = {}) => {
		const acme = await site(answer);
		return async (more: Partial<Try> = {}) => await sendOf(options)(get(acme.url, more));
	};

	it('is unpacked, and its headers are kept in lower case', async () => {
		const call = await answering((_, response) =>
			response
				.writeHead(200, { 'Content-Encoding': 'gzip', 'API-Version': '2026-09' })
				.end(gzipSync(JSON.stringify({ name: 'Dana' }))),
		);
		await expect(call()).resolves.toMatchObject({
			body: { name: 'Dana' },
			headers: { 'api-version': '2026-09' },
		});
	});

	it.each([
		['as it comes', (body: Buffer) => ({ body, headers: {} })],
		[
			'once unpacked',
			(body: Buffer) => ({ body: gzipSync(body), headers: { 'content-encoding': 'gzip' } }),
		],
	])('is refused when it is too large %s', async (_, pack) => {
		const { body, headers } = pack(Buffer.alloc(200_000, 'x'));
		const call = await answering((__, response) => response.writeHead(200, headers).end(body), {
			maxBytes: 100_000,
		});
		expect(await failure(call())).toMatchObject({
			code: 'UPSTREAM_UNAVAILABLE',
			message: 'acme answered with more than 100000 bytes',
		});
	});

	it('that is broken JSON is text, and nobody reads it as anything else', async () => {
		const call = await answering((_, response) => response.writeHead(200).end('{"id": 1'));
		const response = await call();
		expect(response.body).toBe('{"id": 1');
		expect(() => readAnswer(z.object({ id: z.number() }), response, 'acme')).toThrow(
			'cannot be read',
		);
	});

	it('that breaks off is none', async () => {
		const call = await answering((_, response) => {
			response.writeHead(200, { 'content-length': 100 }).write('{');
			setTimeout(() => response.destroy(), 20);
		});
		expect((await failure(call())).code).toBe('UPSTREAM_UNAVAILABLE');
	});

	it('of every status is one', async () => {
		const call = await answering((_, response) => response.writeHead(503).end('<html>down</html>'));
		await expect(call()).resolves.toMatchObject({ status: 503, body: '<html>down</html>' });
	});
});

describe('the request', () => {
	const heard: Array<{ request: IncomingMessage; body: string }> = [];
	beforeEach(() => heard.splice(0));
	const listening: RequestListener = (request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			heard.push({ request, body });
			json(response, {});
		});
	};

	it('carries its query, its JSON and the correlation id', async () => {
		const acme = await site(listening);
		const http = httpClient(sendOf(), { vendor: 'acme', correlationId: 'lead-7' });
		const query = { q: 'a b&c', empty: undefined, n: 2 };
		await http.send({ method: 'POST', url: `${acme.url}/x?y=1`, query, body: { ä: 1 } });
		const [{ request, body }] = heard as [(typeof heard)[0]];
		expect(request.url).toBe('/x?y=1&q=a+b%26c&n=2');
		expect(request.headers).toMatchObject({
			'x-correlation-id': 'lead-7',
			'content-type': 'application/json',
		});
		expect(JSON.parse(body)).toEqual({ ä: 1 });
	});

	it('leaves its credential behind when it is sent to another origin', async () => {
		const other = await site(listening);
		const acme = await site((_, response) =>
			response.writeHead(302, { location: `${other.url}/there` }).end(),
		);
		const headers = {
			Authorization: 'Bearer s3cret',
			'x-api-key': 's3cret',
			Cookie: 'a=b',
			'x-correlation-id': 'lead-7',
		};
		await sendOf()(get(acme.url, { headers }));
		expect(heard[0]?.request.url).toBe('/there');
		expect(JSON.stringify(heard[0]?.request.headers)).not.toMatch(/s3cret|a=b/);
		expect(heard[0]?.request.headers['x-correlation-id']).toBe('lead-7');
	});

	it('keeps it on the same origin, and turns a write that was answered 303 into a read', async () => {
		const acme = await site((request, response) =>
			request.url === '/from'
				? response.writeHead(303, { location: '/to' }).end()
				: listening(request, response),
		);
		await sendOf()(
			get(`${acme.url}/from`, {
				method: 'POST',
				body: { a: 1 },
				headers: { authorization: 'Bearer t' },
			}),
		);
		const [{ request, body }] = heard as [(typeof heard)[0]];
		expect([request.method, request.url, body]).toEqual(['GET', '/to', '']);
		expect(request.headers.authorization).toBe('Bearer t');
		expect(request.headers['content-type']).toBeUndefined();
	});

	it('never takes a person to another host, nor out of TLS', async () => {
		const other = await site(listening);
		const plain = keep(await plainSite(listening));
		const target = { url: other.url };
		const acme = await site((_, response) =>
			response.writeHead(307, { location: target.url }).end(),
		);
		const write = get(acme.url, { method: 'POST', body: { email: 'dana@example.com' } });
		expect((await failure(sendOf()(write))).message).toContain('redirected a write');
		target.url = plain.url;
		expect((await failure(sendOf()(get(acme.url)))).message).toContain('without TLS');
		expect(heard).toEqual([]);
	});

	it('goes only where the instance lets it, at first and after a redirect', async () => {
		const other = await site(listening);
		const acme = await site((_, response) =>
			response.writeHead(302, { location: other.url }).end(),
		);
		const refuse = ({ origin }: URL) => {
			if (origin === other.url) throw new PipelineError('CONFIG_INVALID', 'not there');
		};
		const first: Egress = { ...anywhere, check: async (url) => refuse(url) };
		const later: Egress = { ...anywhere, checkRedirect: refuse };
		expect((await failure(sendOf({ egress: first })(get(other.url)))).code).toBe('CONFIG_INVALID');
		expect((await failure(sendOf({ egress: first })(get(acme.url)))).code).toBe('CONFIG_INVALID');
		expect((await failure(sendOf({ egress: later })(get(acme.url)))).code).toBe('CONFIG_INVALID');
		expect(heard).toEqual([]);
		expect(other.connections.made).toBe(0);
	});

	it('resolves names as the instance says', async () => {
		const acme = await site(listening);
		const asked: string[] = [];
		const pool = poolOf({
			lookup: (name, options, then) => {
				asked.push(name);
				if (options.all) then(null, [{ address: '127.0.0.1', family: 4 }]);
				else then(null, '127.0.0.1', 4);
			},
		});
		await sendOf({ pool })(get(acme.url.replace('127.0.0.1', 'vendor.test')));
		expect([asked, heard.length]).toEqual([['vendor.test'], 1]);
	});

	it('is nowhere in the error when it fails', async () => {
		const acme = await site((request) => request.socket.destroy());
		const error = await failure(
			sendOf()(
				get(acme.url, {
					method: 'POST',
					headers: { authorization: 'Bearer s3cret' },
					body: { email: 'dana@example.com' },
				}),
			),
		);
		const everything = (value: unknown, seen = new Set<unknown>()): string => {
			if (typeof value !== 'object' || value === null || seen.has(value)) return String(value);
			seen.add(value);
			return Reflect.ownKeys(value)
				.map((key) => everything(Reflect.get(value, key), seen))
				.join('\n');
		};
		expect(everything(error)).toContain('ECONNRESET');
		expect(everything(error)).not.toMatch(/s3cret|dana/);
	});
});
