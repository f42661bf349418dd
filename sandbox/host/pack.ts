import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { cacheDir } from '../cache-dir';
import { command, type Log } from './command';
import { withLock } from './lock';

export const repository = resolve(__dirname, '..', '..');

const Packed = z.tuple([z.object({ filename: z.string() })]);

/** Builds the package and packs it as npm would publish it; gives the tarball's path. */
export async function packPackage({ log }: { log: Log }): Promise<string> {
	const shelf = join(cacheDir(), 'packages');
	mkdirSync(shelf, { recursive: true });
	return await withLock(join(shelf, 'pack.lock'), async () => {
		await command('npm', ['run', 'build', '--silent'], {
			cwd: repository,
			progress: { log, step: 'Building the package' },
		});
		return await pack(shelf);
	});
}

/** Named by its content: a tarball that is being read is never written to. */
async function pack(shelf: string): Promise<string> {
	const draft = mkdtempSync(join(shelf, 'draft-'));
	try {
		const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', draft];
		const printed = await command('npm', args, { cwd: repository });
		const [{ filename }] = Packed.parse(JSON.parse(printed));
		const hash = createHash('sha256').update(readFileSync(join(draft, filename)));
		const tarball = join(shelf, `${hash.digest('hex').slice(0, 16)}.tgz`);
		renameSync(join(draft, filename), tarball);
		return tarball;
	} finally {
		rmSync(draft, { recursive: true, force: true });
	}
}
