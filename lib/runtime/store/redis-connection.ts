import { Redis } from 'ioredis';
import { PipelineError } from '../../domain/errors';
import { reopening } from './idle';
import type { Script } from './redis-script';

/** The fields of n8n's `redis` credential. */
export interface RedisCredential {
	readonly host: string;
	readonly port: number;
	readonly user?: string;
	readonly password?: string;
	readonly database?: number;
	readonly ssl?: boolean;
	readonly disableTlsVerification?: boolean;
}

/** One client, opened at the first use and closed when idle. Everything rejects with `STORE_UNAVAILABLE`, within seconds. */
export interface RedisConnection {
	run(script: Script, keys: readonly string[], args: readonly RedisArgument[]): Promise<unknown>;
	read(keys: readonly string[]): Promise<(string | null)[]>;
	remove(keys: readonly string[]): Promise<void>;
	/** Of a list, under its whole name; 0 where there is none. */
	length(key: string): Promise<number>;
	close(): Promise<void>;
}

export interface ConnectionTimes {
	/** Milliseconds without use after which the connection is closed. */
	readonly idleMs?: number;
	/** Milliseconds that a verb waits for a connection. */
	readonly connectMs?: number;
}

export type RedisArgument = string | number;

const CONNECT_MS = 3000;
const COMMAND_MS = 5000;
const IDLE_MS = 60_000;
const CLIENT_NAME = 'n8n-nodes-lead-handoff';

export function redisConnection(
	credential: RedisCredential,
	{ idleMs = IDLE_MS, connectMs = CONNECT_MS }: ConnectionTimes = {},
): RedisConnection {
	const pool = reopening({ open: () => connect(credential, connectMs), close: hangUp, idleMs });
	const attempt = async <Result>(work: (redis: Redis) => Promise<Result>): Promise<Result> =>
		await pool.use(async (client) => {
			try {
				await ready(client);
				return await work(client.redis);
			} catch (error) {
				// An answer that did not come in time: the socket may be dead without knowing it.
				if (isTimeout(error)) client.redis.disconnect(true);
				throw unavailable(credential, error);
			}
		});
	return {
		run: (script, keys, args) =>
			attempt((redis) => evaluate(redis, script, [...keys, ...args])(keys.length)),
		read: (keys) => attempt(async (redis) => await redis.mget(...keys)),
		remove: (keys) => attempt(async (redis) => void (await redis.del(...keys))),
		length: (key) => attempt(async (redis) => await redis.llen(key)),
		close: pool.close,
	};
}

interface Client {
	readonly redis: Redis;
	readonly connectMs: number;
	/** Why there is no connection at the moment. */
	trouble?: Error;
	/** The wait for one, shared by all who have something to send. */
	waiting?: Promise<void>;
}

/**
 * Nothing waits in a queue of the client and nothing is sent twice: a claim that ran after its caller
 * was told otherwise would be held by nobody. So `ready` waits here, and the caller repeats.
 */
function connect(
	{ host, port, user, password, database, ...tls }: RedisCredential,
	connectMs: number,
): Client {
	const redis = new Redis({
		host,
		port,
		...(user && { username: user }),
		...(password && { password }),
		db: database ?? 0,
		...(tls.ssl && {
			tls: {
				servername: host,
				minVersion: 'TLSv1.2' as const,
				rejectUnauthorized: !tls.disableTlsVerification,
			},
		}),
		connectionName: CLIENT_NAME,
		connectTimeout: connectMs,
		commandTimeout: COMMAND_MS,
		maxRetriesPerRequest: 0,
		enableOfflineQueue: false,
		autoResendUnfulfilledCommands: false,
		retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, 1000),
		// A primary that became a replica: the name leads to the new one.
		reconnectOnError: ({ message }) => message.includes('READONLY'),
	});
	const client: Client = { redis, connectMs };
	redis.on('error', (error: Error) => (client.trouble = error));
	redis.on('ready', () => delete client.trouble);
	return client;
}

async function ready(client: Client): Promise<void> {
	if (client.redis.status === 'ready') return;
	client.waiting ??= connected(client).finally(() => delete client.waiting);
	await client.waiting;
}

function connected(client: Client): Promise<void> {
	const { redis, connectMs } = client;
	return new Promise((resolve, reject) => {
		const done = (error?: Error) => {
			clearTimeout(timer);
			redis.off('ready', done);
			if (error) reject(error);
			else resolve();
		};
		const timer = setTimeout(
			() => done(client.trouble ?? new Error(`no connection within ${connectMs} ms`)),
			connectMs,
		);
		redis.on('ready', done);
	});
}

/** Waits for what is under way, but not for a server that is gone. */
async function hangUp({ redis }: Client) {
	if (redis.status === 'ready') await redis.quit().catch(() => undefined);
	redis.disconnect();
}

const evaluate =
	(redis: Redis, { sha, lua }: Script, values: RedisArgument[]) =>
	async (keyCount: number): Promise<unknown> => {
		try {
			return await redis.evalsha(sha, keyCount, ...values);
		} catch (error) {
			if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
			return await redis.eval(lua, keyCount, ...values);
		}
	};

const isTimeout = (error: unknown) =>
	error instanceof Error && error.message === 'Command timed out';

function unavailable({ host, port }: RedisCredential, error: unknown) {
	const reason = error instanceof Error ? error.message : String(error);
	return new PipelineError(
		'STORE_UNAVAILABLE',
		`The store at ${host}:${port} cannot be used: ${reason || 'no connection'}`,
		{ cause: error },
	);
}
