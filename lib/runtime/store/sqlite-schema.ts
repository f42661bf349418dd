import type { DatabaseSync } from 'node:sqlite';
import { PipelineError } from '../../domain/errors';

/** Each step takes the file from version n to n + 1; a released step is never edited. */
const MIGRATIONS = [
	`CREATE TABLE claims (
		key TEXT PRIMARY KEY,
		token TEXT NOT NULL,
		claimed_at INTEGER NOT NULL,
		lease_until INTEGER NOT NULL,
		completed_at INTEGER,
		result TEXT,
		takeovers INTEGER NOT NULL DEFAULT 0,
		expires_at INTEGER NOT NULL,
		subject TEXT
	) WITHOUT ROWID;
	CREATE INDEX claims_expiry ON claims (expires_at);
	CREATE TABLE entries (
		key TEXT PRIMARY KEY,
		value TEXT NOT NULL,
		expires_at INTEGER NOT NULL,
		subject TEXT
	) WITHOUT ROWID;
	CREATE INDEX entries_expiry ON entries (expires_at);`,
	`CREATE INDEX claims_subject ON claims (subject) WHERE subject IS NOT NULL;
	CREATE INDEX entries_subject ON entries (subject) WHERE subject IS NOT NULL;
	CREATE TABLE window_items (
		sequence INTEGER PRIMARY KEY,
		key TEXT NOT NULL,
		at INTEGER NOT NULL,
		value TEXT NOT NULL,
		expires_at INTEGER NOT NULL,
		subject TEXT
	);
	CREATE INDEX window_items_key ON window_items (key, expires_at);
	CREATE INDEX window_items_expiry ON window_items (expires_at);
	CREATE INDEX window_items_subject ON window_items (subject) WHERE subject IS NOT NULL;
	CREATE TABLE parked (
		queue TEXT NOT NULL,
		id TEXT NOT NULL,
		value TEXT NOT NULL,
		due_at INTEGER NOT NULL,
		available_at INTEGER NOT NULL,
		attempts INTEGER NOT NULL DEFAULT 0,
		token TEXT,
		expires_at INTEGER NOT NULL,
		subject TEXT,
		PRIMARY KEY (queue, id)
	) WITHOUT ROWID;
	CREATE INDEX parked_turn ON parked (queue, available_at, id);
	CREATE INDEX parked_expiry ON parked (expires_at);
	CREATE INDEX parked_subject ON parked (subject) WHERE subject IS NOT NULL;
	CREATE TABLE limits (
		key TEXT PRIMARY KEY,
		state TEXT NOT NULL,
		expires_at INTEGER NOT NULL
	) WITHOUT ROWID;
	CREATE INDEX limits_expiry ON limits (expires_at);`,
	`ALTER TABLE claims ADD COLUMN holder TEXT;
	CREATE INDEX claims_holder ON claims (holder) WHERE holder IS NOT NULL AND completed_at IS NULL;`,
];

/** The tables whose rows expire. */
export const PERISHABLE = ['claims', 'entries', 'window_items', 'parked', 'limits'] as const;

/** Brings the file to the newest version; `checkVersion` has refused one that a newer package wrote. */
export function migrate(database: DatabaseSync) {
	if (versionOf(database) === MIGRATIONS.length) return;
	// Takes effect in a new file only: an older one reuses its free pages, and does not shrink.
	database.exec('PRAGMA auto_vacuum = INCREMENTAL');
	database.exec('BEGIN IMMEDIATE');
	try {
		// Read again under the lock: another process may have been faster.
		for (const [step, sql] of MIGRATIONS.entries()) {
			if (step < versionOf(database)) continue;
			database.exec(sql);
			database.exec(`PRAGMA user_version = ${step + 1}`);
		}
		database.exec('COMMIT');
	} catch (error) {
		if (database.isTransaction) database.exec('ROLLBACK');
		throw error;
	}
}

/** To be called before anything is written. Throws `STORE_UNAVAILABLE`. */
export function checkVersion(database: DatabaseSync, path: string) {
	const version = versionOf(database);
	if (version <= MIGRATIONS.length) return;
	throw new PipelineError(
		'STORE_UNAVAILABLE',
		`The store ${path} was written by a newer version of this package (schema ${version}, this one knows ${MIGRATIONS.length}). Update n8n-nodes-lead-handoff`,
	);
}

const versionOf = (database: DatabaseSync) =>
	Number(Object.values(database.prepare('PRAGMA user_version').get() ?? {})[0] ?? 0);
