import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Redis } from 'ioredis';
import type { Store } from '../lib/runtime/store/port';
import { redisStore } from '../lib/runtime/store/redis';
import { redisConnection } from '../lib/runtime/store/redis-connection';
import { sqliteStore } from '../lib/runtime/store/sqlite';
import { startRedis } from '../test/runtime/store/redis-server';
import type { Table } from './table';

const BATCHES = [1, 100, 9000];
const ROUNDS = 5;
/** Claims in one measured round. */
const amountOf = (batch: number) => (batch === 1 ? 10_000 : 90_000);

type ClaimBatch = (keys: readonly string[]) => Promise<unknown>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** New claims a second, through the port and in the barest way that keeps the same facts. */
export async function bench(): Promise<Table[]> {
	return [await sqlite(), await redis()];
}

async function sqlite(): Promise<Table> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-'));
	const path = (name: string) => join(folder, name);
	const store = sqliteStore({
		path: path('port'),
		open: () => new DatabaseSync(path('port')),
	});
	const raw = rawSqlite(path('raw'));
	const rows = await compare({ port: throughPort(store), raw: raw.claim });
	await store.close();
	raw.close();
	rmSync(folder, { recursive: true });
	return {
		title: 'Claims a second: SQLite',
		columns: ['batch', 'port', 'node:sqlite', 'ratio'],
		rows,
		note: 'node:sqlite: a table of key, token and times with the index on expiry, one prepared INSERT, one transaction a batch (batch 1: none); it knows neither results nor persons. Aim: 0.8 or better in batches.',
	};
}

async function redis(): Promise<Table> {
	const server = await startRedis();
	const store = redisStore(redisConnection({ host: '127.0.0.1', port: server.port }));
	const client = new Redis({ host: '127.0.0.1', port: server.port });
	const rows = await compare({ port: throughPort(store), raw: rawRedis(client) });
	await store.close();
	client.disconnect();
	await server.stop();
	return {
		title: 'Claims a second: Redis',
		columns: ['batch', 'port', 'ioredis', 'ratio'],
		rows,
		note: 'ioredis: a pipeline of SET key token PX ttl NX, one round trip a batch; it knows neither leases nor results. Aim: 0.8 or better in batches.',
	};
}

const throughPort =
	(store: Store): ClaimBatch =>
	async (keys) => {
		const now = Date.now();
		const times = { leaseUntil: now + 10 * MINUTE, expiresAt: now + HOUR };
		await store.claim(keys.map((key) => ({ key, ...times })));
	};

function rawSqlite(path: string) {
	const database = new DatabaseSync(path);
	database.exec(`PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
		CREATE TABLE claims (key TEXT PRIMARY KEY, token TEXT NOT NULL, claimed_at INTEGER NOT NULL,
			lease_until INTEGER NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
		CREATE INDEX claims_expiry ON claims (expires_at)`);
	const insert = database.prepare(
		'INSERT INTO claims VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING',
	);
	const claim: ClaimBatch = async (keys) => {
		const now = Date.now();
		if (keys.length > 1) database.exec('BEGIN IMMEDIATE');
		const won = keys.map(
			(key) => insert.run(key, randomUUID(), now, now + 10 * MINUTE, now + HOUR).changes === 1,
		);
		if (keys.length > 1) database.exec('COMMIT');
		return won;
	};
	return { claim, close: () => database.close() };
}

const rawRedis =
	(client: Redis): ClaimBatch =>
	async (keys) => {
		const pipeline = client.pipeline();
		for (const key of keys) pipeline.set(key, randomUUID(), 'PX', HOUR, 'NX');
		return await pipeline.exec();
	};

/** The best of some rounds, taken in turns: whatever else the machine does hits both. */
async function compare(ways: { port: ClaimBatch; raw: ClaimBatch }) {
	const rows: Array<Array<string | number>> = [];
	for (const batch of BATCHES) {
		const best = { port: 0, raw: 0 };
		for (let round = 0; round < ROUNDS; round += 1) {
			for (const way of ['port', 'raw'] as const) {
				best[way] = Math.max(best[way], await rate(ways[way], batch));
			}
		}
		rows.push([
			batch,
			Math.round(best.port),
			Math.round(best.raw),
			Number((best.port / best.raw).toFixed(2)),
		]);
	}
	return rows;
}

let key = 0;

async function rate(claim: ClaimBatch, batch: number): Promise<number> {
	const batches = Array.from({ length: Math.ceil(amountOf(batch) / batch) }, () =>
		Array.from({ length: batch }, () => `form:event-${(key += 1)}`),
	);
	const from = performance.now();
	for (const keys of batches) await claim(keys);
	return (batches.length * batch * 1000) / (performance.now() - from);
}
