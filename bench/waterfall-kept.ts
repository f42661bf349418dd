import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Lead } from '../lib/domain/lead';
import { PROFILES } from '../lib/domain/enrichment-profile';
import { sqliteStore } from '../lib/runtime/store/sqlite';
import { cacheKeys } from '../lib/vendors/lookup-cache';
import { enrich } from '../lib/vendors/waterfall';
import type { Table } from './table';
import { executionOn, orderOf } from './waterfall-execution';
import { providersOf, seeded, worldOf } from './waterfall-world';

/** Real time for a lead whose answers are all kept, on SQLite. */
export async function overhead(): Promise<Table> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-'));
	const path = join(folder, 'store');
	const store = sqliteStore({ path, open: () => new DatabaseSync(path) });
	const world = worldOf(1);
	const meter = { calls: 0, usd: 0 };
	const sleep = async () => await Promise.resolve();
	const providers = providersOf(world, { sleep, random: seeded(1), meter });
	const execution = async (leads: readonly Lead[]) => {
		const startedAt = performance.now();
		const run = executionOn(store, Date.now);
		await Promise.all([
			run.cache.prepare(leads.flatMap((lead) => providers.flatMap((one) => cacheKeys(one, lead)))),
			run.health.prepare(providers.map(({ id }) => id)),
		]);
		for (const lead of leads) await enrich(lead, orderOf(providers, PROFILES.full), run);
		await Promise.all([run.cache.flush(), run.ledger.flush(), run.health.flush()]);
		return ((performance.now() - startedAt) / leads.length) * 1_000;
	};
	await execution(world.leads);
	const rows = [];
	for (const size of [1, 100, 1_000]) {
		const before = meter.calls;
		const rounds: number[] = [];
		for (let round = 0; round < 7; round += 1)
			rounds.push(await execution(world.leads.slice(0, size)));
		rows.push([size, rounds.sort((a, b) => a - b)[3] ?? 0, meter.calls - before]);
	}
	await store.close();
	rmSync(folder, { recursive: true });
	return {
		title: 'A lead whose answers are kept, SQLite, real time',
		columns: ['items', 'µs an item', 'calls'],
		rows,
		note: 'Median of seven executions: the store read, three steps, the merge and the report. n8n itself is not in it.',
	};
}
