import { randomUUID } from 'node:crypto';
import type { Parked, Parking, Windows } from './port';
import type { SqliteSession } from './sqlite-session';

const APPEND =
	'INSERT INTO window_items (key, at, value, expires_at, subject) VALUES (?, ?, ?, ?, ?)';
const SIZE = 'SELECT count(*) AS size FROM window_items WHERE key = ? AND expires_at > ?';
const WINDOW =
	'SELECT at, value FROM window_items WHERE key = ? AND expires_at > ? ORDER BY at, sequence';
const EMPTY = 'DELETE FROM window_items WHERE key = ?';

/** Columns and table of a parked row, with `expires_at` last: an expired row is no row. */
const LIVE = 'FROM parked WHERE queue = :queue AND expires_at > :now';
const KNOWN = `SELECT attempts ${LIVE} AND id = :id`;
const PARK = `INSERT OR REPLACE INTO parked
	(queue, id, value, due_at, available_at, attempts, token, expires_at, subject)
	VALUES (:queue, :id, :value, :dueAt, :dueAt, :attempts, NULL, :expiresAt, :subject)`;
const ROWS = `SELECT id, value, due_at, available_at, attempts ${LIVE}`;
const DUE = `${ROWS} AND available_at <= :now ORDER BY available_at, id LIMIT :limit`;
const LIST = `${ROWS} ORDER BY available_at, id LIMIT :limit`;
const LEASE = `UPDATE parked SET token = :token, available_at = :leaseUntil, attempts = attempts + 1
	WHERE queue = :queue AND id = :id`;
const COUNT = `SELECT count(*) AS total, coalesce(sum(available_at <= :now), 0) AS due ${LIVE}`;
const ACKNOWLEDGE = `DELETE ${LIVE} AND id = :id AND token = :token`;

export function sqliteWindows({ write }: SqliteSession, now: () => number): Windows {
	return {
		append: (requests) =>
			write(requests.length, (sql) =>
				requests.map(({ key, at, value, expiresAt, subject = null }) => {
					sql(APPEND).run(key, at, value, expiresAt, subject);
					return Number(sql(SIZE).get(key, now())?.['size']);
				}),
			),
		drain: (keys) =>
			write(keys.length, (sql) =>
				keys.map((key) => {
					const rows = sql(WINDOW).all(key, now());
					sql(EMPTY).run(key);
					return rows.map(({ at, value }) => ({ at: Number(at), value: String(value) }));
				}),
			),
	};
}

export function sqliteParking({ read, write }: SqliteSession, now: () => number): Parking {
	return {
		park: (items) =>
			write(items.length, (sql) =>
				items.map(({ queue, id, value, dueAt, expiresAt, subject = null }) => {
					const known = sql(KNOWN).get({ queue, id, now: now() });
					const attempts = Number(known?.['attempts'] ?? 0);
					sql(PARK).run({ queue, id, value, dueAt, expiresAt, subject, attempts });
					return known === undefined;
				}),
			),
		takeDue: (queue, { limit, leaseUntil }) =>
			write(limit, (sql) => {
				const token = randomUUID();
				const due = sql(DUE).all({ queue, limit, now: now() }).map(parkedOf);
				return due.map((row) => {
					sql(LEASE).run({ queue, id: row.id, token, leaseUntil });
					return { ...row, token, availableAt: leaseUntil, attempts: row.attempts + 1 };
				});
			}),
		acknowledge: (queue, taken) =>
			write(taken.length, (sql) =>
				taken.map(
					({ id, token }) => sql(ACKNOWLEDGE).run({ queue, id, token, now: now() }).changes === 1,
				),
			),
		count: (queue) =>
			read((sql) => {
				const { total, due } = sql(COUNT).get({ queue, now: now() }) ?? {};
				return { total: Number(total), due: Number(due) };
			}),
		list: (queue, limit) =>
			read((sql) => sql(LIST).all({ queue, limit, now: now() }).map(parkedOf)),
	};
}

const parkedOf = (row: Readonly<Record<string, unknown>>): Parked => ({
	id: String(row['id']),
	value: String(row['value']),
	dueAt: Number(row['due_at']),
	availableAt: Number(row['available_at']),
	attempts: Number(row['attempts']),
});
