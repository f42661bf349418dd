import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureHost } from '../../sandbox/host/install';
import { installPackage } from '../../sandbox/host/install-package';
import { startN8n, type RunningN8n, type StartOptions } from '../../sandbox/host/n8n';
import { n8nEnvironment } from '../../sandbox/host/n8n-environment';
import { packPackage } from '../../sandbox/host/pack';
import { n8nRest, type Credential, type N8nRest } from '../../sandbox/host/rest';
import { freePort, startRedis, type RedisServer } from '../runtime/store/redis-server';
import { startPostgres } from './postgres-server';

export interface Worker {
	readonly name: string;
	readonly process: ChildProcess;
	logs(): string;
}

export interface QueueHost {
	readonly main: RunningN8n;
	readonly rest: N8nRest;
	readonly workers: readonly Worker[];
	readonly redis: RedisServer;
	/** Of n8n's own type `redis`, for the store. */
	readonly credential: Credential;
	stop(): Promise<void>;
}

const log = (line: string) => console.error(line);

/** n8n as it runs on several machines: PostgreSQL, Redis, a main process and two workers. */
export async function startQueueHost({ slots }: { readonly slots: number }): Promise<QueueHost> {
	const folder = mkdtempSync(join(tmpdir(), 'lead-handoff-queue-'));
	const [host, redis, postgres, tarball] = await Promise.all([
		ensureHost({ log }),
		startRedis(),
		startPostgres(),
		packPackage({ log }),
	]);
	await installPackage(folder, tarball);
	const env = {
		EXECUTIONS_MODE: 'queue',
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_USER: 'n8n',
		DB_POSTGRESDB_DATABASE: 'postgres',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
	};
	const options = { host, userFolder: folder, env, log };
	const main = await startN8n(options);
	const workers = await Promise.all(
		['one', 'two'].map((name) => startWorker(options, { name, slots })),
	);
	const rest = n8nRest(main.url);
	await rest.setupOwner();
	const data = { host: '127.0.0.1', port: redis.port, database: 0, ssl: false };
	const credential = await rest.createCredential({ name: 'Redis', type: 'redis', data });
	return {
		main,
		rest,
		workers,
		redis,
		credential,
		async stop() {
			await Promise.all(workers.map(({ process }) => end(process)));
			await main.stop();
			await Promise.all([redis.stop(), postgres.stop()]);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

async function startWorker(
	options: StartOptions,
	{ name, slots }: { readonly name: string; readonly slots: number },
): Promise<Worker> {
	const health = await freePort();
	const env = {
		...options.env,
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(health),
	};
	const file = join(options.userFolder, `worker-${name}.log`);
	const output = openSync(file, 'w');
	const { nodeBin, n8nBin, dir } = options.host;
	const child = spawn(nodeBin, [n8nBin, 'worker', `--concurrency=${slots}`], {
		cwd: dir,
		env: n8nEnvironment({ ...options, env }, await freePort(), await freePort()),
		stdio: ['ignore', output, output],
	});
	closeSync(output);
	process.once('exit', () => child.kill('SIGKILL'));
	const logs = () => readFileSync(file, 'utf8');
	for (const giveUpAt = Date.now() + 120_000; !(await isReady(health)); await sleep(300)) {
		if (Date.now() > giveUpAt || child.exitCode !== null) {
			throw new Error(`the worker ${name} is not ready:\n${logs().slice(-4000)}`);
		}
	}
	return { name, process: child, logs };
}

const isReady = async (port: number) =>
	await fetch(`http://127.0.0.1:${port}/healthz/readiness`).then(
		({ ok }) => ok,
		() => false,
	);

async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGKILL');
	await ended;
}
