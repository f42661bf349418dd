import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate that nobody else trusts, for 127.0.0.1, localhost and vendor.test. */
export function selfSigned() {
	const folder = mkdtempSync(join(tmpdir(), 'tls-'));
	const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
	execFileSync(
		'openssl',
		[
			...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'.split(' '),
			...['-keyout', key, '-out', cert, '-subj', '/CN=vendor.test'],
			...['-addext', 'subjectAltName=DNS:vendor.test,DNS:localhost,IP:127.0.0.1'],
		],
		{ stdio: 'ignore' },
	);
	const pair = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
	rmSync(folder, { recursive: true });
	return pair;
}

export interface Site {
	readonly url: string;
	/** TCP connections so far, and those open now. */
	readonly connections: { made: number; open: number };
	close(): Promise<void>;
}

export async function tlsSite(
	pair: { key: string; cert: string },
	answer: RequestListener,
): Promise<Site> {
	return await listen(createServer({ ...pair, keepAliveTimeout: 60_000 }, answer), 'https');
}

export const plainSite = async (answer: RequestListener): Promise<Site> =>
	await listen(createHttpServer(answer), 'http');

/** An HTTP proxy that knows CONNECT only. Every name is 127.0.0.1 for it. */
export async function connectProxy(refuse?: number): Promise<Site> {
	const proxy = createHttpServer();
	proxy.on('connect', ({ url }, client: Socket, head: Buffer) => {
		if (refuse) return client.end(`HTTP/1.1 ${refuse} Refused\r\nContent-Length: 0\r\n\r\n`);
		const up = connect(Number(url?.split(':')[1]), '127.0.0.1', () => {
			client.write('HTTP/1.1 200 OK\r\n\r\n');
			up.write(head);
			up.pipe(client).pipe(up);
		});
		up.on('error', () => client.destroy());
		client.on('error', () => up.destroy());
		client.on('close', () => up.destroy());
		return undefined;
	});
	return await listen(proxy, 'http');
}

async function listen(server: Server | ReturnType<typeof createHttpServer>, protocol: string) {
	const connections = { made: 0, open: 0 };
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		connections.made += 1;
		connections.open += 1;
		sockets.add(socket);
		socket.on('close', () => {
			connections.open -= 1;
			sockets.delete(socket);
		});
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.address() as AddressInfo;
	return {
		url: `${protocol}://127.0.0.1:${port}`,
		connections,
		async close() {
			for (const socket of sockets) socket.destroy();
			await new Promise((done) => server.close(done));
		},
	};
}
