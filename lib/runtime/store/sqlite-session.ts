import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isPipelineError, PipelineError } from '../../domain/errors';
import { reopening } from './idle';
import { checkVersion, migrate } from './sqlite-schema';
import { sweeper } from './sqlite-sweep';

/** A prepared statement by its text, prepared once per connection. */
export type Sql = (text: string) => StatementSync;

/** How the verbs reach the file. Both reject with `STORE_UNAVAILABLE`. */
export interface SqliteSession {
	read<Result>(work: (sql: Sql) => Result): Promise<Result>;
	/** In one immediate transaction, or not at all. `rows`: how many it writes, about. */
	write<Result>(rows: number, work: (sql: Sql) => Result): Promise<Result>;
	close(): Promise<void>;
}

export interface SqliteOptions {
	/** What messages call the file. */
	readonly path: string;
	readonly open: () => DatabaseSync;
	readonly now?: () => number;
	/** Milliseconds without use after which the file is closed. */
	readonly idleMs?: number;
}

const BUSY_MS = 5000;
const IDLE_MS = 60_000;

/**
 * WAL, so that readers do not wait; every write is one immediate transaction, so SQLite's own lock is
 * the only lock. synchronous = NORMAL: a killed process loses nothing, a power cut may lose the last
 * transactions, never the file.
 */
export function sqliteSession(options: SqliteOptions): SqliteSession {
	const { path, now = Date.now } = options;
	const file = reopening({
		open: () => connect(options.open(), path),
		close: ({ database }) => database.close(),
		idleMs: options.idleMs ?? IDLE_MS,
	});
	const sweep = sweeper(now);

	const attempt = async <Result>(work: (connection: Connection) => Result): Promise<Result> => {
		try {
			return await file.use(work);
		} catch (error) {
			if (isPipelineError(error)) throw error;
			// The next use opens the file again: it may be another disk by then.
			await file.close().catch(() => undefined);
			throw unavailable(path, error);
		}
	};

	return {
		read: (work) => attempt(({ sql }) => work(sql)),
		write: (rows, work) =>
			attempt(({ database, sql }) => {
				const result = transaction(database, sql, () => work(sql));
				sweep(rows, sql);
				return result;
			}),
		close: file.close,
	};
}

export function transaction<Result>(database: DatabaseSync, sql: Sql, work: () => Result): Result {
	sql('BEGIN IMMEDIATE').run();
	try {
		const result = work();
		sql('COMMIT').run();
		return result;
	} catch (error) {
		// A full disk has rolled it back already.
		if (database.isTransaction) database.exec('ROLLBACK');
		throw error;
	}
}

interface Connection {
	readonly database: DatabaseSync;
	readonly sql: Sql;
}

function connect(database: DatabaseSync, path: string): Connection {
	try {
		database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
		checkVersion(database, path);
		setUp(database);
		database.exec('PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 16777216');
	} catch (error) {
		database.close();
		throw error;
	}
	const prepared = new Map<string, StatementSync>();
	const sql = (text: string) => {
		const known = prepared.get(text);
		if (known) return known;
		const statement = database.prepare(text);
		prepared.set(text, statement);
		return statement;
	};
	return { database, sql };
}

/** Of processes that open a new file at once, one in some hundreds is told `locked` without a wait. */
function setUp(database: DatabaseSync) {
	for (let attempt = 1; ; attempt += 1) {
		try {
			migrate(database);
			database.exec('PRAGMA journal_mode = WAL');
			return;
		} catch (error) {
			if (attempt === 100 || !/locked|busy/i.test(messageOf(error))) throw error;
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
		}
	}
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

export const unavailable = (path: string, error: unknown) =>
	new PipelineError('STORE_UNAVAILABLE', `The store ${path} cannot be used: ${messageOf(error)}`, {
		cause: error,
	});
