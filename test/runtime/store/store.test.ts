import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { memoryStore } from '../../../lib/runtime/store/memory';
import { openSqliteStore } from '../../../lib/runtime/store/open';
import { sqliteStore } from '../../../lib/runtime/store/sqlite';
import { storeContract } from '../../contracts/store.contract';

storeContract('memory', memoryStore);
storeContract('sqlite', (now) => sqliteStore(new DatabaseSync(':memory:'), ':memory:', now));

describe('the SQLite file', () => {
	const folder = mkdtempSync(join(tmpdir(), 'store-'));
	afterAll(() => rmSync(folder, { recursive: true }));

	it('survives a restart', async () => {
		const path = join(folder, 'restart.sqlite');
		const before = openSqliteStore(path);
		await before.set([{ key: 'a', value: 'kept', expiresAt: Date.now() + 60_000 }]);
		await before.close();
		const after = openSqliteStore(path);
		expect(await after.get(['a'])).toEqual(['kept']);
		await after.close();
	});

	it('is shared by processes: four of them claim 500 keys, each is won once', async () => {
		const path = join(folder, 'shared.sqlite');
		await openSqliteStore(path).close();
		const wins = await Promise.all(Array.from({ length: 4 }, () => claimant(path, 500)));
		expect(wins.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, key) => key));
	}, 30_000);

	it('leaves a file of a newer version as it is', () => {
		const path = join(folder, 'newer.sqlite');
		const newer = new DatabaseSync(path);
		newer.exec('PRAGMA user_version = 99');
		newer.close();
		expect(() => openSqliteStore(path)).toThrow(/newer version/);
	});

	it('calls a file that is no database STORE_UNAVAILABLE, and does not write over it', () => {
		const path = join(folder, 'corrupt.sqlite');
		writeFileSync(path, 'this is a text file, not a database, and it is long enough'.repeat(40));
		expect(() => openSqliteStore(path)).toThrow(
			expect.objectContaining({ code: 'STORE_UNAVAILABLE' }),
		);
	});

	it('calls a folder that cannot be made STORE_UNAVAILABLE', () => {
		expect(() => openSqliteStore('/dev/null/store.sqlite')).toThrow(
			expect.objectContaining({ code: 'STORE_UNAVAILABLE' }),
		);
	});
});

/** Another process that tries to claim every key; gives back those it won. */
function claimant(path: string, keys: number): Promise<number[]> {
	const child = fork(join(__dirname, 'claimant.ts'), [path, String(keys)], {
		execArgv: ['--import', 'tsx', '--no-warnings'],
	});
	return new Promise((resolve, reject) => {
		child.on('message', (won) => resolve(won as number[]));
		child.on('exit', (code) => code && reject(new Error(`claimant ended with ${code}`)));
	});
}
