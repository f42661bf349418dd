import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { cacheDir } from '../cache-dir';
import { command } from './command';
import { withLock } from './lock';

const Manifest = z.looseObject({
	name: z.string(),
	version: z.string(),
	dependencies: z.record(z.string(), z.string()).default({}),
});

type Manifest = z.infer<typeof Manifest>;

/**
 * Puts a packed package where n8n's own installer of community packages puts it, in the same way:
 * https://github.com/n8n-io/n8n/blob/master/packages/cli/src/modules/community-packages/community-packages.service.ts
 */
export async function installPackage(userFolder: string, tarball: string): Promise<void> {
	const nodes = join(userFolder, '.n8n', 'nodes');
	mkdirSync(join(nodes, 'node_modules'), { recursive: true });
	const seal = join(nodes, '.installed.sha256');
	const hash = sha256(readFileSync(tarball));
	if (existsSync(seal) && readFileSync(seal, 'utf8') === hash) return;

	const draft = mkdtempSync(join(nodes, 'draft-'));
	try {
		await command('tar', ['-xzf', tarball, '-C', draft, '--strip-components=1'], { cwd: nodes });
		const manifest = trimManifest(join(draft, 'package.json'));
		const dependencies = await installDependencies(manifest);
		if (dependencies) cpSync(dependencies, join(draft, 'node_modules'), { recursive: true });
		const target = join(nodes, 'node_modules', manifest.name);
		mkdirSync(dirname(target), { recursive: true });
		rmSync(target, { recursive: true, force: true });
		renameSync(draft, target);
		writeJson(join(nodes, 'package.json'), {
			name: 'installed-nodes',
			private: true,
			dependencies: { [manifest.name]: manifest.version },
		});
		writeFileSync(seal, hash);
	} finally {
		rmSync(draft, { recursive: true, force: true });
	}
}

function trimManifest(file: string): Manifest {
	const manifest = Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
	delete manifest['devDependencies'];
	delete manifest['peerDependencies'];
	delete manifest['optionalDependencies'];
	writeJson(file, manifest);
	return manifest;
}

/** The installed dependencies of this manifest, kept from one start to the next. */
async function installDependencies({ dependencies }: Manifest): Promise<string | undefined> {
	if (Object.keys(dependencies).length === 0) return undefined;
	const shelf = join(cacheDir(), 'dependencies');
	const home = join(shelf, sha256(JSON.stringify(dependencies)).slice(0, 16));
	const installed = join(home, 'node_modules');
	mkdirSync(shelf, { recursive: true });
	await withLock(`${home}.lock`, async () => {
		if (existsSync(installed)) return;
		const draft = mkdtempSync(`${home}-draft-`);
		try {
			writeJson(join(draft, 'package.json'), { private: true, dependencies });
			const quiet = ['--audit=false', '--fund=false', '--bin-links=false', '--package-lock=false'];
			const args = ['install', '--install-strategy=shallow', '--ignore-scripts=true', ...quiet];
			await command('npm', args, { cwd: draft });
			renameSync(draft, home);
		} finally {
			rmSync(draft, { recursive: true, force: true });
		}
	});
	return installed;
}

function writeJson(file: string, value: unknown): void {
	writeFileSync(file, `${JSON.stringify(value, null, '\t')}\n`);
}

function sha256(content: string | Buffer): string {
	return createHash('sha256').update(content).digest('hex');
}
