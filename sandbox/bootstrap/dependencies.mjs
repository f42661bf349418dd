import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from './fail.mjs';
import { locked } from './lock.mjs';
import { npm } from './npm.mjs';

/** Installs what package-lock.json asks for, unless it is there already. */
export async function ensureDependencies({ root, cacheDir }) {
	if (!dependenciesAreStale(root)) return;
	const id = createHash('sha256').update(root).digest('hex').slice(0, 12);
	await locked(join(cacheDir, `npm-ci-${id}.lock`), async () => {
		if (!dependenciesAreStale(root)) return;
		const clean = await npm(['ci'], root, 'Installing the dependencies');
		if (clean.ok) return;
		// A lock file made on one platform may lack another's optional packages; npm ci then refuses.
		if (!clean.tail.includes('EUSAGE')) fail(clean.tail);
		const install = await npm(['install', '--no-save'], root, 'Completing the lock file');
		if (!install.ok) fail(install.tail);
	});
}

/** npm writes its own record last, so an interrupted install counts as stale. */
function dependenciesAreStale(root) {
	const record = join(root, 'node_modules', '.package-lock.json');
	const lock = join(root, 'package-lock.json');
	if (!existsSync(record)) return true;
	if (!existsSync(lock) || statSync(lock).mtimeMs <= statSync(record).mtimeMs) return false;
	const installed = packagesOf(record);
	// A checkout renews the lock file's date without changing what it asks for.
	return Object.entries(packagesOf(lock)).some(
		([path, wanted]) => path && !wanted.optional && installed[path]?.version !== wanted.version,
	);
}

function packagesOf(file) {
	return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}
