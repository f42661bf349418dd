import type { Agent } from 'node:https';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { httpClient } from '../../../lib/runtime/http';
import { connectionPool } from '../../../lib/runtime/send/pool';
import { closeAll, failure, get, json, keep, pair, poolOf, sendOf, site, until } from './acme';
import { connectProxy, plainSite, tlsSite, type Site } from './tls-world';

afterEach(closeAll);

describe('connections', () => {
	it('one for twenty calls in a row, two for two at a time', async () => {
		const acme = await site((_, response) => json(response, { ok: true }));
		const send = sendOf();
		for (let call = 0; call < 20; call += 1) await send(get(acme.url));
		expect(acme.connections.made).toBe(1);
		for (let call = 0; call < 10; call += 1)
			await Promise.all([send(get(acme.url)), send(get(acme.url))]);
		expect(acme.connections.made).toBe(2);
	});

	it('one tunnel for twenty calls through a proxy, which resolves the name', async () => {
		const acme = await site((_, response) => json(response, { ok: true }));
		const proxy = keep(await connectProxy());
		const send = sendOf({ pool: poolOf({ proxyFor: () => proxy.url }) });
		const url = acme.url.replace('127.0.0.1', 'vendor.test');
		for (let call = 0; call < 20; call += 1) {
			await expect(send(get(url))).resolves.toMatchObject({ status: 200, body: { ok: true } });
		}
		expect([proxy.connections.made, acme.connections.made]).toEqual([1, 1]);
	});

	it('go where HTTPS_PROXY and NO_PROXY say', async () => {
		const acme = await site((_, response) => json(response, {}));
		const proxy = keep(await connectProxy());
		const kept = { ...process.env };
		try {
			Object.assign(process.env, {
				HTTPS_PROXY: proxy.url,
				https_proxy: proxy.url,
				NO_PROXY: '',
				no_proxy: '',
			});
			const send = sendOf({ pool: keep(connectionPool({ ca: pair.cert })) });
			await send(get(acme.url));
			expect(proxy.connections.made).toBe(1);
			Object.assign(process.env, { NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' });
			await send(get(acme.url));
			expect([proxy.connections.made, acme.connections.made]).toEqual([1, 2]);
		} finally {
			process.env = kept;
		}
	});

	it('are not made to a site that nobody vouches for, nor with an old TLS', async () => {
		const acme = await site((_, response) => json(response, {}));
		const strict = await failure(
			sendOf({ pool: keep(connectionPool({ proxyFor: () => '' })) })(get(acme.url)),
		);
		expect(strict).toMatchObject({
			code: 'UPSTREAM_UNAVAILABLE',
			message: expect.stringContaining('TLS'),
		});
		const old = keep(
			await tlsSite(
				{ ...pair, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' } as typeof pair,
				(_, response) => json(response, {}),
			),
		);
		expect((await failure(sendOf()(get(old.url)))).message).toContain('TLS');
		// Whatever the process was told to allow elsewhere (`--tls-min-v1.0`), at both ends of a tunnel.
		for (const proxyFor of [() => '', () => 'http://127.0.0.1:1']) {
			const { options } = poolOf({ proxyFor }).agentFor(new URL(old.url)) as Agent;
			expect(options.minVersion).toBe('TLSv1.2');
		}
	});

	it('a proxy that refuses is not taken for the vendor', async () => {
		const acme = await site((_, response) => json(response, {}));
		const proxy = keep(await connectProxy(403));
		const error = await failure(
			sendOf({ pool: poolOf({ proxyFor: () => proxy.url }) })(get(acme.url)),
		);
		expect(error).toMatchObject({
			code: 'UPSTREAM_UNAVAILABLE',
			message: expect.stringContaining('proxy refused'),
		});
	});

	it('one that was closed while it lay idle costs a read nothing, and is not tried twice for a write', async () => {
		let calls = 0;
		const acme = await site((request, response) => {
			calls += 1;
			// The second request on a connection finds it cut.
			if (calls % 2 === 0) request.socket.destroy();
			else json(response, { calls });
		});
		const send = sendOf();
		await send(get(acme.url));
		await expect(send(get(acme.url))).resolves.toMatchObject({ body: { calls: 3 } });
		const error = await failure(send(get(acme.url, { method: 'POST', body: {} })));
		expect([error.code, calls]).toEqual(['UPSTREAM_UNAVAILABLE', 4]);
	});
});

describe('time', () => {
	/** Takes the connection and says nothing, not even in TLS. */
	async function silent() {
		const server = createServer();
		await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
		const sockets = new Set<Socket>();
		server.on('connection', (socket) => sockets.add(socket));
		keep({
			close() {
				for (const socket of sockets) socket.destroy();
				server.close();
			},
		});
		return { port: (server.address() as AddressInfo).port, sockets };
	}

	it('to connect', async () => {
		const { port } = await silent();
		const send = sendOf({ limits: { connectMs: 60 } });
		const error = await failure(send(get(`https://127.0.0.1:${port}`)));
		expect(error).toMatchObject({
			code: 'TIMEOUT',
			message: 'acme could not be connected to within 60 ms',
		});
	});

	it('to connect through a proxy that does not answer, whose socket is closed', async () => {
		const { port, sockets } = await silent();
		const closed: boolean[] = [];
		const send = sendOf({
			pool: poolOf({ proxyFor: () => `http://127.0.0.1:${port}` }),
			limits: { connectMs: 60 },
		});
		const call = failure(send(get('https://vendor.test')));
		await until(() => sockets.size === 1);
		for (const socket of sockets)
			socket.on('close', () => closed.push(true)).on('data', () => undefined);
		expect((await call).code).toBe('TIMEOUT');
		await until(() => closed.length === 1);
	});

	it('to connect is not what a slow answer through a tunnel without TLS takes', async () => {
		const plain = keep(await plainSite((_, response) => setTimeout(() => json(response, {}), 120)));
		const proxy = keep(await connectProxy());
		const pool = poolOf({ proxyFor: () => proxy.url });
		const send = sendOf({ pool, limits: { connectMs: 60 } });
		await expect(send(get(plain.url))).resolves.toMatchObject({ status: 200 });
	});

	it('for the headers', async () => {
		const acme = await site(() => undefined);
		const send = sendOf({ limits: { headersMs: 60 } });
		expect(await failure(send(get(acme.url)))).toMatchObject({
			code: 'TIMEOUT',
			message: 'acme did not answer within 60 ms',
		});
		await until(() => acme.connections.open === 0);
	});

	it('for the body', async () => {
		const acme = await site((_, response) => void response.writeHead(200).write('{"half":'));
		const send = sendOf({ limits: { bodyMs: 60 } });
		expect(await failure(send(get(acme.url)))).toMatchObject({
			code: 'TIMEOUT',
			message: 'acme did not finish its answer within 60 ms',
		});
		await until(() => acme.connections.open === 0);
	});

	it('for all of it, over redirects too', async () => {
		const acme: Site = await site((_, response) => {
			setTimeout(() => response.writeHead(302, { location: acme.url }).end(), 40);
		});
		const error = await failure(sendOf()(get(acme.url, { timeoutMs: 100 })));
		expect(error).toMatchObject({ code: 'TIMEOUT', message: 'acme did not answer within 100 ms' });
	});

	it('a stopped execution closes the socket', async () => {
		const acme = await site(() => undefined);
		const stop = new AbortController();
		const http = httpClient(sendOf(), { vendor: 'acme', signal: stop.signal });
		const call = failure(http.send({ method: 'GET', url: acme.url }));
		await until(() => acme.connections.open === 1);
		stop.abort();
		expect((await call).code).toBe('CANCELLED');
		await until(() => acme.connections.open === 0);
	});
});
