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
];

/**
 * Brings the file to the newest version. A file that a newer package wrote is refused and left as it
 * is: an older reader would misunderstand it.
 */
export function migrate(database: DatabaseSync, path: string) {
	const version = () =>
		Number(Object.values(database.prepare('PRAGMA user_version').get() ?? {})[0] ?? 0);
	if (version() > MIGRATIONS.length) {
		throw new PipelineError(
			'STORE_UNAVAILABLE',
			`The store ${path} was written by a newer version of this package (schema ${version()}, this one knows ${MIGRATIONS.length}). Update n8n-nodes-lead-handoff`,
		);
	}
	if (version() === MIGRATIONS.length) return;
	database.exec('BEGIN IMMEDIATE');
	try {
		for (const [step, sql] of MIGRATIONS.entries()) {
			if (step < version()) continue;
			database.exec(sql);
			database.exec(`PRAGMA user_version = ${step + 1}`);
		}
		database.exec('COMMIT');
	} catch (error) {
		database.exec('ROLLBACK');
		throw error;
	}
}
