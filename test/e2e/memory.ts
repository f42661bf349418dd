import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const TABLES = ['claims', 'entries'];

/** The nodes' store, opened beside the running n8n, as an operator with a SQLite shell would. */
export function openMemory(userFolder: string) {
	const path = join(userFolder, '.n8n', 'lead-handoff.sqlite');
	const run = (sqlOf: (table: string) => string) => {
		if (!existsSync(path)) return;
		const database = new DatabaseSync(path);
		database.exec('PRAGMA busy_timeout = 5000');
		for (const table of TABLES) database.exec(sqlOf(table));
		database.close();
	};
	return {
		/** No claims, no turns, no remembered answers. */
		forget: () => run((table) => `DELETE FROM ${table}`),
		takeAway: () => run((table) => `ALTER TABLE ${table} RENAME TO ${table}_away`),
		giveBack: () => run((table) => `ALTER TABLE ${table}_away RENAME TO ${table}`),
	};
}
