import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from '../../sandbox/host/lock';

describe('withLock', () => {
	const folder = mkdtempSync(join(tmpdir(), 'lead-handoff-lock-'));
	const lock = join(folder, 'a.lock');

	afterAll(() => rmSync(folder, { recursive: true }));

	it('lets one work at a time and leaves nothing', async () => {
		const steps: string[] = [];
		const work = (name: string) => () => {
			steps.push(`${name} in`);
			return Promise.resolve().then(() => void steps.push(`${name} out`));
		};
		await Promise.all([withLock(lock, work('a')), withLock(lock, work('b'))]);
		expect(steps).toEqual(['a in', 'a out', 'b in', 'b out']);
		expect(existsSync(lock)).toBe(false);
	});

	it('is free again after a failure', async () => {
		await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
		expect(existsSync(lock)).toBe(false);
	});

	it('takes the lock of a process that has died', async () => {
		mkdirSync(lock);
		writeFileSync(join(lock, 'pid'), '4194303');
		expect(await withLock(lock, () => Promise.resolve('done'))).toBe('done');
	});
});
