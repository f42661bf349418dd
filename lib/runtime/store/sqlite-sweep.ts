import type { Sql } from './sqlite-session';
import { PERISHABLE } from './sqlite-schema';

/** Rows deleted in one go: a few milliseconds, then others have the file. */
const CHUNK = 1000;
const AT_LEAST_EVERY_MS = 60_000;
/** Free pages (4 KiB each) that the file may keep for what comes next. */
const SPARE_PAGES = 2048;

/**
 * Deletes what has expired, after a write and at its pace: up to twice as many rows as were written, so
 * that the file stays as large as what is alive in it, however fast it comes.
 */
export function sweeper(now: () => number) {
	let owed = 0;
	let sweptAt = 0;

	return (rows: number, sql: Sql) => {
		owed += rows;
		if (owed < CHUNK && now() - sweptAt < AT_LEAST_EVERY_MS) return;
		const chunks = Math.max(1, Math.ceil((2 * owed) / CHUNK));
		[owed, sweptAt] = [0, now()];
		try {
			for (const table of PERISHABLE) sweepTable(table, chunks, { sql, at: now() });
			giveBack(sql);
		} catch {
			// What was asked for is written. The next sweep tries again.
		}
	};
}

function sweepTable(
	table: (typeof PERISHABLE)[number],
	chunks: number,
	{ sql, at }: { readonly sql: Sql; readonly at: number },
) {
	const by = { window_items: 'sequence', parked: '(queue, id)' }[String(table)] ?? 'key';
	const columns = by.replace(/[()]/g, '');
	const sweep = sql(
		`DELETE FROM ${table} WHERE ${by} IN (SELECT ${columns} FROM ${table} WHERE expires_at <= ? LIMIT ${CHUNK})`,
	);
	for (let chunk = 0; chunk < chunks; chunk += 1) {
		if (Number(sweep.run(at).changes) < CHUNK) return;
	}
}

function giveBack(sql: Sql) {
	const free = Number(Object.values(sql('PRAGMA freelist_count').get() ?? {})[0] ?? 0);
	if (free > SPARE_PAGES) sql(`PRAGMA incremental_vacuum(${SPARE_PAGES / 4})`).all();
}
