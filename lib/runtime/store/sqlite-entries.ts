import type { Entries, Entry, Limits, Transaction } from './port';
import { checkCost, decide } from './rate';
import { textOf } from './sqlite-claims';
import type { Sql, SqliteSession } from './sqlite-session';

// node:sqlite binds every number as a float: without the casts a total would be kept as '1.0'.
const INCREMENT = `INSERT INTO entries (key, value, expires_at)
	VALUES (:key, CAST(:by AS INTEGER), :expiresAt)
	ON CONFLICT (key) DO UPDATE SET
		value = CASE WHEN entries.expires_at <= :now THEN excluded.value
			ELSE CAST(entries.value AS INTEGER) + CAST(excluded.value AS INTEGER) END,
		subject = CASE WHEN entries.expires_at <= :now THEN NULL ELSE entries.subject END,
		expires_at = CASE WHEN entries.expires_at <= :now THEN excluded.expires_at ELSE entries.expires_at END
	RETURNING value`;
const GET = 'SELECT value FROM entries WHERE key = ? AND expires_at > ?';
const SET = 'INSERT OR REPLACE INTO entries (key, value, expires_at, subject) VALUES (?, ?, ?, ?)';
const REMOVE = 'DELETE FROM entries WHERE key = ?';
const GET_LIMIT = 'SELECT state FROM limits WHERE key = ? AND expires_at > ?';
const SET_LIMIT = 'INSERT OR REPLACE INTO limits (key, state, expires_at) VALUES (?, ?, ?)';

const columnsOf = ({ key, value, expiresAt, subject }: Entry) =>
	[key, value, expiresAt, subject ?? null] as const;

export function sqliteEntries({ read, write }: SqliteSession, now: () => number): Entries & Limits {
	return {
		increment: (key, by, expiresAt) =>
			write(1, (sql) => Number(sql(INCREMENT).get({ key, by, expiresAt, now: now() })?.['value'])),
		get: (keys) => read((sql) => keys.map((key) => textOf(sql(GET).get(key, now())?.['value']))),
		set: (entries) =>
			write(entries.length, (sql) => {
				for (const entry of entries) sql(SET).run(...columnsOf(entry));
			}),
		delete: (keys) =>
			write(keys.length, (sql) => {
				for (const key of keys) sql(REMOVE).run(key);
			}),
		compareAndSet: (expected, entry) =>
			write(1, (sql) => {
				const same = textOf(sql(GET).get(entry.key, now())?.['value']) === expected;
				if (same) sql(SET).run(...columnsOf(entry));
				return same;
			}),
		commit: (transactions) =>
			write(transactions.flat().length, (sql) =>
				transactions.map((changes) => commitOne(sql, changes, now())),
			),
		take: (key, limit, cost = 1) =>
			write(1, (sql) => {
				checkCost(key, limit, cost);
				const kept = textOf(sql(GET_LIMIT).get(key, now())?.['state']);
				const { permit, state, expiresAt } = decide(kept, limit, { cost, now: now() });
				sql(SET_LIMIT).run(key, state, expiresAt);
				return permit;
			}),
	};
}

function commitOne(sql: Sql, changes: Transaction, now: number): boolean {
	const same = changes.every(
		({ key, expected }) => textOf(sql(GET).get(key, now)?.['value']) === expected,
	);
	for (const { key, entry } of same ? changes : []) {
		if (entry) sql(SET).run(...columnsOf({ key, ...entry }));
		else sql(REMOVE).run(key);
	}
	return same;
}
