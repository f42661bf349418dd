import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { isPipelineError, PipelineError } from '../../domain/errors';
import type { Store } from './port';
import { sqliteStore } from './sqlite';

const opened = new Map<string, Store>();

/** Where the embedded store lives: beside n8n's own database, so that one backup holds both. */
export const defaultStorePath = () =>
	join(process.env['N8N_USER_FOLDER'] ?? homedir(), '.n8n', 'lead-handoff.sqlite');

/** The embedded store, opened once per file and process. Throws `STORE_UNAVAILABLE`. */
export function openSqliteStore(path: string = defaultStorePath()): Store {
	const known = opened.get(path);
	if (known) return known;
	const engine = create(path);
	const store: Store = {
		...engine,
		async close() {
			opened.delete(path);
			await engine.close();
		},
	};
	opened.set(path, store);
	return store;
}

function create(path: string): Store {
	try {
		mkdirSync(dirname(path), { recursive: true });
		// Loaded here and not above: Node 20, which only runs our tooling, does not have it.
		const { DatabaseSync } = require('node:sqlite') as typeof import('node:sqlite');
		return sqliteStore(new DatabaseSync(path), path);
	} catch (error) {
		if (isPipelineError(error)) throw error;
		const reason = error instanceof Error ? error.message : String(error);
		throw new PipelineError('STORE_UNAVAILABLE', `The store ${path} cannot be opened: ${reason}`, {
			cause: error,
		});
	}
}
