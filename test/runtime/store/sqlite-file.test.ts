import { execFileSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statfsSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '../../../lib/runtime/store/open';
import { sqliteStore } from '../../../lib/runtime/store/sqlite';
import { holder, race } from './processes';

const KEYS = Number(process.env['STORE_RACE_KEYS'] ?? 500);
const CHURN = Number(process.env['STORE_CHURN'] ?? 100_000);

const folder = mkdtempSync(join(tmpdir(), 'store-'));
afterAll(() => rmSync(folder, { recursive: true }));

const away = expect.objectContaining({ code: 'STORE_UNAVAILABLE' }) as Error;
const entry = (key: string, value = 'kept') => ({ key, value, expiresAt: Date.now() + 60_000 });

const fileStore = (path: string, options: { now?: () => number; idleMs?: number } = {}) =>
	sqliteStore({ path, open: () => new DatabaseSync(path), ...options });

describe('the SQLite file', () => {
	it('survives a restart, and a store that was closed opens it again', async () => {
		const store = openSqliteStore(join(folder, 'restart.sqlite'));
		await store.set([entry('a')]);
		await store.close();
		expect(await store.get(['a'])).toEqual(['kept']);
		await store.close();
	});

	it('is one handle however often it is opened, and none when idle', async () => {
		const path = join(folder, 'idle.sqlite');
		const opens: number[] = [];
		const store = sqliteStore({
			path,
			idleMs: 30,
			open: () => {
				opens.push(1);
				return new DatabaseSync(path);
			},
		});
		for (let run = 0; run < 1000; run += 1) await store.get(['a']);
		expect(opens).toHaveLength(1);
		expect(existsSync(`${path}-wal`)).toBe(true);
		await until(() => !existsSync(`${path}-wal`));
		await store.get(['a']);
		expect(opens).toHaveLength(2);
		await store.close();
		expect(openSqliteStore(path)).toBe(openSqliteStore(path));
	});

	it('brings a file of the first version up to date, and keeps what is in it', async () => {
		const path = join(folder, 'v1.sqlite');
		const old = new DatabaseSync(path);
		old.exec(`CREATE TABLE claims (key TEXT PRIMARY KEY, token TEXT NOT NULL,
				claimed_at INTEGER NOT NULL, lease_until INTEGER NOT NULL, completed_at INTEGER, result TEXT,
				takeovers INTEGER NOT NULL DEFAULT 0, expires_at INTEGER NOT NULL, subject TEXT) WITHOUT ROWID;
			CREATE TABLE entries (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires_at INTEGER NOT NULL,
				subject TEXT) WITHOUT ROWID;
			INSERT INTO claims VALUES ('a', 't', 1, 2, 3, 'result', 0, 9e15, NULL);
			INSERT INTO entries VALUES ('turn', '3.0', 9e15, NULL);
			PRAGMA user_version = 1`);
		old.close();
		const store = fileStore(path);
		const [claim] = await store.claim([{ key: 'a', leaseUntil: 5, expiresAt: 5 }]);
		expect(claim).toMatchObject({ state: 'done', result: 'result' });
		expect(await store.increment('turn', 1, 9e15)).toBe(4);
		expect(await store.count('q')).toEqual({ total: 0, due: 0 });
		await store.close();
	});

	it('brings a file of the second version up to date, with its open claims', async () => {
		const path = join(folder, 'v2.sqlite');
		const old = new DatabaseSync(path);
		old.exec(readFileSync(join(__dirname, '../../recordings/store/schema-2.sql'), 'utf8'));
		old.close();
		const store = fileStore(path, { now: () => 3_000 });
		const ask = (key: string) => ({ key, leaseUntil: 9_000, expiresAt: 9e12, holder: '7' });
		expect(await store.claim(['open', 'held', 'done2'].map(ask))).toEqual([
			expect.objectContaining({ state: 'new', takeovers: 1 }),
			{ state: 'in-progress', claimedAt: 1_000, leaseUntil: 9e15, holder: undefined },
			{ state: 'done', claimedAt: 1_000, completedAt: 1_000, result: '{"id":7}' },
		]);
		// Whoever held it when the package was updated completes it.
		const token = '536c0f57-8775-413f-8242-6b85ba9626f7';
		expect(await store.complete([{ key: 'held', token, result: '1', expiresAt: 9e12 }])).toEqual([
			true,
		]);
		expect(await store.releaseAll(['7'])).toEqual([1]);
		expect(await store.get(['entry', 'total'])).toEqual(['v', '3']);
		const limit = { kind: 'bucket', capacity: 2, refillPerSecond: 0.001 } as const;
		expect(await store.take('limit', limit)).toMatchObject({ allowed: true, remaining: 0 });
		expect(await store.erase('ada')).toEqual({
			claims: 1,
			entries: 1,
			windowItems: 1,
			parked: 1,
		});
		await store.close();
	});

	it('leaves a file of a newer version as it is', async () => {
		const path = join(folder, 'newer.sqlite');
		const newer = new DatabaseSync(path);
		newer.exec('PRAGMA user_version = 99; CREATE TABLE other (a)');
		newer.close();
		const before = readFileSync(path);
		await expect(openSqliteStore(path).get(['a'])).rejects.toThrow(/newer version/);
		expect(readFileSync(path)).toEqual(before);
	});

	it('leaves a file that is no database as it is', async () => {
		const path = join(folder, 'corrupt.sqlite');
		writeFileSync(path, 'this is a text file, not a database, and it is long enough'.repeat(40));
		const before = readFileSync(path);
		await expect(openSqliteStore(path).get(['a'])).rejects.toThrow(away);
		await expect(openSqliteStore(path).set([entry('a')])).rejects.toThrow(away);
		expect(readFileSync(path)).toEqual(before);
	});

	it('calls a damaged page STORE_UNAVAILABLE', async () => {
		const path = join(folder, 'damaged.sqlite');
		const store = fileStore(path);
		await store.set(Array.from({ length: 500 }, (_, index) => entry(`${index}`, 'x'.repeat(200))));
		await store.close();
		const bytes = readFileSync(path);
		writeFileSync(path, bytes.fill(0x2a, 4096));
		await expect(store.get(['1', '250', '499'])).rejects.toThrow(away);
	});

	it('calls a folder that cannot be made STORE_UNAVAILABLE', async () => {
		await expect(openSqliteStore('/dev/null/store.sqlite').get(['a'])).rejects.toThrow(away);
	});

	it(`does not grow with ${CHURN} claims that expire as fast as they come`, async () => {
		const path = join(folder, 'churn.sqlite');
		let clock = Date.now();
		const store = fileStore(path, { now: () => clock });
		const sizes: number[] = [];
		for (let from = 0; from < CHURN; from += 1000) {
			clock += 1000;
			const times = { leaseUntil: clock + 500, expiresAt: clock + 3000 };
			await store.claim(
				Array.from({ length: 1000 }, (_, index) => ({ key: `event:${from + index}`, ...times })),
			);
			sizes.push(statSync(path).size);
		}
		const early = Math.max(...sizes.slice(0, sizes.length / 5));
		expect(sizes.at(-1)).toBeLessThanOrEqual(1.2 * early);
		await store.close();
	}, 300_000);

	it('gives back what a peak has taken', async () => {
		const path = join(folder, 'peak.sqlite');
		let clock = Date.now();
		const store = fileStore(path, { now: () => clock });
		const value = 'x'.repeat(1000);
		await store.set(
			Array.from({ length: 20_000 }, (_, index) => ({
				key: `${index}`,
				value,
				expiresAt: clock + 1000,
			})),
		);
		await store.close();
		const peak = statSync(path).size;
		clock += 1000;
		for (let write = 0; write < 60; write += 1) {
			clock += 60_000;
			await store.set([{ key: 'a', value: 'small', expiresAt: clock + 10 }]);
		}
		await store.close();
		expect(statSync(path).size).toBeLessThan(peak / 2);
	});
});

describe('the SQLite file and other processes', () => {
	it(`lets eight of them, that open it at once, win each of ${KEYS} keys once`, async () => {
		const place = ['sqlite', join(folder, 'shared.sqlite')] as const;
		const wins = await race(place, { processes: 8, keys: KEYS, batch: 50 });
		expect(wins.flat().sort((a, b) => a - b)).toEqual(
			Array.from({ length: KEYS }, (_, key) => key),
		);
	}, 300_000);

	it('passes the lease of a killed holder on, and refuses its token', async () => {
		const path = join(folder, 'killed.sqlite');
		const dead = await holder(['sqlite', path], 60_000);
		await dead.kill();
		let clock = Date.now();
		const store = fileStore(path, { now: () => clock });
		const times = () => ({ leaseUntil: clock + 60_000, expiresAt: clock + 600_000 });
		const claim = async () => (await store.claim([{ key: 'event:0', ...times() }]))[0];
		expect(await claim()).toMatchObject({ state: 'in-progress' });
		clock += 60_000;
		expect(await claim()).toMatchObject({ state: 'new', takeovers: 1 });
		const late = { key: 'event:0', token: dead.claim.token, result: '', expiresAt: clock + 1000 };
		expect(await store.complete([late])).toEqual([false]);
		await store.close();
	}, 30_000);
});

const mounts = process.getuid?.() === 0 && process.platform === 'linux' ? it : it.skip;

describe('a disk that is (needs root to mount one)', () => {
	const disk = join(folder, 'disk');
	const mount = (...args: string[]) =>
		execFileSync('mount', ['-t', 'tmpfs', ...args, 'tmpfs', disk]);
	beforeEach(() => mkdirSync(disk, { recursive: true }));
	afterEach(() => execFileSync('umount', ['--lazy', disk]));

	mounts('full: STORE_UNAVAILABLE, nothing claimed, and well again with space', async () => {
		mount('-o', 'size=600k');
		const store = fileStore(join(disk, 'store.sqlite'));
		const at = Date.now();
		const times = { leaseUntil: at + 60_000, expiresAt: at + 600_000 };
		await store.set([entry('a')]);
		const { bavail, bsize } = statfsSync(disk);
		writeFileSync(join(disk, 'filler'), Buffer.alloc((bavail - 10) * bsize));
		const batch = Array.from({ length: 3000 }, (_, index) => ({ key: `event:${index}`, ...times }));
		await expect(store.claim(batch)).rejects.toThrow(away);
		rmSync(join(disk, 'filler'));
		const [first, last] = await store.claim([batch[0]!, batch[2999]!]);
		expect([first?.state, last?.state]).toEqual(['new', 'new']);
		await store.close();
	});

	mounts('read-only: STORE_UNAVAILABLE, and nothing claimed', async () => {
		mount('-o', 'size=1m');
		const store = fileStore(join(disk, 'store.sqlite'));
		await store.set([entry('a')]);
		await store.close();
		mount('-o', 'remount,ro');
		const times = { leaseUntil: Date.now() + 1000, expiresAt: Date.now() + 1000 };
		await expect(store.claim([{ key: 'event:1', ...times }])).rejects.toThrow(away);
		mount('-o', 'remount,rw');
		const [claim] = await store.claim([{ key: 'event:1', ...times }]);
		expect(claim?.state).toBe('new');
		await store.close();
	});
});

async function until(condition: () => boolean) {
	for (const end = Date.now() + 5000; Date.now() < end;) {
		if (condition()) return;
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	throw new Error('It did not happen within 5 s');
}
