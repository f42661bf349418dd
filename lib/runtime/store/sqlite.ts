import type { Store } from './port';
import { sqliteClaims } from './sqlite-claims';
import { sqliteEntries } from './sqlite-entries';
import { sqliteParking, sqliteWindows } from './sqlite-lists';
import { sqliteSession, type Sql, type SqliteOptions } from './sqlite-session';

/** The embedded engine: one file, shared by the processes of one machine. */
export function sqliteStore(options: SqliteOptions): Store {
	const now = options.now ?? Date.now;
	const session = sqliteSession(options);
	return {
		...sqliteClaims(session, now),
		...sqliteEntries(session, now),
		...sqliteWindows(session, now),
		...sqliteParking(session, now),
		erase: (subject) =>
			session.write(1, (sql) => {
				const erase = (table: string) => eraseFrom(sql, table, { subject, now: now() });
				return {
					claims: erase('claims'),
					entries: erase('entries'),
					windowItems: erase('window_items'),
					parked: erase('parked'),
				};
			}),
		close: session.close,
	};
}

function eraseFrom(
	sql: Sql,
	table: string,
	{ subject, now }: { readonly subject: string; readonly now: number },
): number {
	const rows = sql(`DELETE FROM ${table} WHERE subject = ? RETURNING expires_at`).all(subject);
	return rows.filter(({ expires_at }) => Number(expires_at) > now).length;
}
