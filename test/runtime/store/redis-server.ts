import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

export interface RedisServer {
	readonly port: number;
	/** A client of the test's own, beside the store's. */
	readonly admin: Redis;
	/** Kills it at once, as a machine that dies does. */
	kill(): Promise<void>;
	/** The same port again. */
	start(): Promise<void>;
	stop(): Promise<void>;
}

/** A Redis of the test's own on 127.0.0.1, that keeps nothing. */
export async function startRedis(...options: string[]): Promise<RedisServer> {
	const port = await freePort();
	const folder = mkdtempSync(join(tmpdir(), 'redis-'));
	const secured = options.indexOf('--requirepass');
	const password = secured < 0 ? undefined : options[secured + 1];
	const admin = new Redis({
		port,
		host: '127.0.0.1',
		lazyConnect: true,
		...(password && { password }),
		maxRetriesPerRequest: null,
		retryStrategy: () => 50,
	});
	admin.on('error', () => undefined);
	let server: ChildProcess | undefined;

	const kill = async () => {
		const child = server;
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		const ended = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGKILL');
		await ended;
	};

	const start = async () => {
		const fixed = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder];
		server = spawn('redis-server', [...fixed, ...options], { stdio: 'ignore' });
		if (admin.status === 'wait') await admin.connect().catch(() => undefined);
		await admin.ping();
	};

	const stop = async () => {
		admin.disconnect();
		await kill();
		rmSync(folder, { recursive: true, force: true });
	};

	await start();
	return { port, admin, kill, start, stop };
}

export function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const probe = createServer().listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as AddressInfo;
			probe.close(() => resolve(port));
		});
	});
}
