import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Store } from './port';
import { redisStore, type RedisOptions } from './redis';
import { redisConnection, type RedisConnection, type RedisCredential } from './redis-connection';
import { sqliteStore } from './sqlite';
import { unavailable } from './sqlite-session';

/** What this process has opened. A closed one stays known: whoever uses it again connects it again. */
const files = new Map<string, Store>();
const servers = new Map<string, RedisConnection>();
const shared = new Map<string, Store>();

/** Where the embedded store lives: beside n8n's own database, so that one backup holds both. */
export const defaultStorePath = () =>
	join(process.env['N8N_USER_FOLDER'] ?? homedir(), '.n8n', 'lead-handoff.sqlite');

/** The embedded store: one handle per file and process, opened by the first verb. */
export const openSqliteStore = (path: string = defaultStorePath()): Store =>
	once(files, path, () => sqliteStore({ path, open: () => openFile(path) }));

/** The shared store: one client per credential and process, whatever the prefix and the region. */
export function openRedisStore(
	credential: RedisCredential,
	options: Omit<RedisOptions, 'now'> = {},
): Store {
	const name = `${nameOf(credential)} ${JSON.stringify([options.prefix, options.region])}`;
	return once(shared, name, () => redisStore(openRedisConnection(credential), options));
}

/** The client of a credential itself, for what is not ours to keep. */
export const openRedisConnection = (credential: RedisCredential): RedisConnection =>
	once(servers, nameOf(credential), () => redisConnection(credential));

const nameOf = (credential: RedisCredential) =>
	createHash('sha256').update(JSON.stringify(credential)).digest('hex');

function openFile(path: string) {
	try {
		mkdirSync(dirname(path), { recursive: true });
		// Loaded here and not above: Node 20, which only runs our tooling, does not have it.
		const { DatabaseSync } = require('node:sqlite') as typeof import('node:sqlite');
		return new DatabaseSync(path);
	} catch (error) {
		throw unavailable(path, error);
	}
}

function once<Value>(known: Map<string, Value>, key: string, create: () => Value): Value {
	const value = known.get(key) ?? create();
	known.set(key, value);
	return value;
}
