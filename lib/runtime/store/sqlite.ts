import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { isPipelineError, PipelineError } from '../../domain/errors';
import type { Claim, ClaimRequest, Store } from './port';
import { migrate } from './sqlite-schema';

/** Rows swept at most at once, and how often: a sweep must never stand in the way of a claim. */
const SWEEP_ROWS = 1000;
const SWEEP_EVERY_MS = 60_000;

/**
 * The embedded engine: one file, shared by the processes of one machine. WAL, so that readers do not
 * wait; every write is one statement or one immediate transaction, so SQLite's own lock is the only lock.
 */
export function sqliteStore(
	database: DatabaseSync,
	path: string,
	now: () => number = Date.now,
): Store {
	database.exec('PRAGMA busy_timeout = 5000');
	database.exec('PRAGMA journal_mode = WAL');
	database.exec('PRAGMA synchronous = NORMAL');
	migrate(database, path);
	const sql = prepare(database);
	let sweptAt = 0;

	const guard = <Result>(work: () => Result): Promise<Result> => {
		try {
			return Promise.resolve(work());
		} catch (error) {
			return Promise.reject(isPipelineError(error) ? error : unavailable(path, error));
		}
	};

	const transaction = <Result>(work: () => Result): Result => {
		database.exec('BEGIN IMMEDIATE');
		try {
			const result = work();
			database.exec('COMMIT');
			return result;
		} catch (error) {
			database.exec('ROLLBACK');
			throw error;
		}
	};

	const sweep = () => {
		if (now() - sweptAt < SWEEP_EVERY_MS) return;
		sweptAt = now();
		sql.sweepClaims.run(now(), SWEEP_ROWS);
		sql.sweepEntries.run(now(), SWEEP_ROWS);
	};

	const claimOne = ({ key, leaseUntil, expiresAt, subject }: ClaimRequest): Claim => {
		const token = randomUUID();
		const values = { key, token, now: now(), leaseUntil, expiresAt, subject: subject ?? null };
		const won = sql.claim.get(values);
		if (won) return { state: 'new', token, leaseUntil, takeovers: Number(won['takeovers']) };
		const row = sql.readClaim.get(key) ?? {};
		const claimedAt = Number(row['claimed_at']);
		return row['completed_at'] === null
			? { state: 'in-progress', claimedAt, leaseUntil: Number(row['lease_until']) }
			: {
					state: 'done',
					claimedAt,
					completedAt: Number(row['completed_at']),
					result: textOf(row['result']),
				};
	};

	return {
		claim: (requests) =>
			guard(() =>
				transaction(() => {
					sweep();
					return requests.map(claimOne);
				}),
			),
		complete: (key, token, result, expiresAt) =>
			guard(() => sql.complete.run({ key, token, result, expiresAt, now: now() }).changes === 1),
		release: (key, token) => guard(() => sql.release.run(key, token, now()).changes === 1),
		increment: (key, by, expiresAt) =>
			guard(() => Number(sql.increment.get({ key, by, expiresAt, now: now() })?.['value'])),
		get: (keys) => guard(() => keys.map((key) => textOf(sql.get.get(key, now())?.['value']))),
		set: (rows) =>
			guard(() =>
				transaction(() => {
					sweep();
					for (const { key, value, expiresAt, subject } of rows) {
						sql.set.run(key, value, expiresAt, subject ?? null);
					}
				}),
			),
		delete: (keys) => guard(() => transaction(() => keys.forEach((key) => sql.remove.run(key)))),
		close: () => guard(() => database.close()),
	};
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

const unavailable = (path: string, error: unknown) =>
	new PipelineError(
		'STORE_UNAVAILABLE',
		`The store ${path} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
		{ cause: error },
	);

function prepare(database: DatabaseSync) {
	return {
		claim:
			database.prepare(`INSERT INTO claims (key, token, claimed_at, lease_until, expires_at, subject)
			VALUES (:key, :token, :now, :leaseUntil, :expiresAt, :subject)
			ON CONFLICT (key) DO UPDATE SET
				token = excluded.token, claimed_at = excluded.claimed_at, lease_until = excluded.lease_until,
				takeovers = CASE WHEN claims.expires_at <= :now THEN 0 ELSE claims.takeovers + 1 END,
				expires_at = excluded.expires_at, completed_at = NULL, result = NULL, subject = excluded.subject
			WHERE claims.expires_at <= :now OR (claims.completed_at IS NULL AND claims.lease_until <= :now)
			RETURNING takeovers`),
		readClaim: database.prepare('SELECT * FROM claims WHERE key = ?'),
		complete:
			database.prepare(`UPDATE claims SET completed_at = :now, result = :result, expires_at = :expiresAt
			WHERE key = :key AND token = :token AND completed_at IS NULL AND expires_at > :now`),
		release: database.prepare(
			'DELETE FROM claims WHERE key = ? AND token = ? AND completed_at IS NULL AND expires_at > ?',
		),
		increment:
			database.prepare(`INSERT INTO entries (key, value, expires_at) VALUES (:key, :by, :expiresAt)
			ON CONFLICT (key) DO UPDATE SET
				value = CASE WHEN entries.expires_at <= :now THEN excluded.value ELSE entries.value + excluded.value END,
				expires_at = CASE WHEN entries.expires_at <= :now THEN excluded.expires_at ELSE entries.expires_at END
			RETURNING value`),
		get: database.prepare('SELECT value FROM entries WHERE key = ? AND expires_at > ?'),
		set: database.prepare(
			'INSERT OR REPLACE INTO entries (key, value, expires_at, subject) VALUES (?, ?, ?, ?)',
		),
		remove: database.prepare('DELETE FROM entries WHERE key = ?'),
		sweepClaims: database.prepare(
			'DELETE FROM claims WHERE key IN (SELECT key FROM claims WHERE expires_at <= ? LIMIT ?)',
		),
		sweepEntries: database.prepare(
			'DELETE FROM entries WHERE key IN (SELECT key FROM entries WHERE expires_at <= ? LIMIT ?)',
		),
	};
}
