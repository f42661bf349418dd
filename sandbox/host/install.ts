import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cacheDir } from '../cache-dir';
import { command, type Log } from './command';
import { withLock } from './lock';

export const DEFAULT_N8N_VERSION = '2.41.1';

export interface Host {
	readonly version: string;
	readonly dir: string;
	readonly nodeModules: string;
	readonly n8nBin: string;
	/** The Node that runs n8n: this process's own, which is 24 or newer. */
	readonly nodeBin: string;
}

export interface EnsureHostOptions {
	readonly version?: string;
	readonly log: Log;
}

/** Dependencies of n8n's AI nodes whose newest releases do not resolve everywhere. */
const OVERRIDES = { linkedom: '0.18.12', '@langchain/langgraph': '1.2.1' };
const MARKER = 'host.json';

/** An n8n of this version on this machine, installed the first time it is asked for. */
export async function ensureHost(options: EnsureHostOptions): Promise<Host> {
	const { version = DEFAULT_N8N_VERSION, log } = options;
	const hosts = join(cacheDir(), 'hosts');
	const dir = join(hosts, `n8n-${version}`);
	const host = describe(version, dir);
	if (existsSync(join(dir, MARKER))) return host;
	mkdirSync(hosts, { recursive: true });
	await withLock(`${dir}.lock`, async () => {
		if (existsSync(join(dir, MARKER))) return;
		if (!loadsSqlite(dir)) await install(version, dir, log);
		writeFileSync(join(dir, MARKER), `${JSON.stringify({ version })}\n`);
	});
	return host;
}

function describe(version: string, dir: string): Host {
	const nodeModules = join(dir, 'node_modules');
	const n8nBin = join(nodeModules, 'n8n', 'bin', 'n8n');
	return { version, dir, nodeModules, n8nBin, nodeBin: process.execPath };
}

async function install(version: string, dir: string, log: Log): Promise<void> {
	clearDrafts(dir);
	const draft = mkdtempSync(`${dir}-draft-`);
	const discard = () => rmSync(draft, { recursive: true, force: true });
	process.once('exit', discard);
	try {
		log(`Installing n8n ${version} once for this machine (about 4 minutes, 2.3 GB)`);
		writeFileSync(join(draft, 'package.json'), manifest(version));
		const args = ['--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'];
		await command('npm', ['install', ...args], {
			cwd: draft,
			progress: { log, step: `1/2 npm install n8n@${version}` },
		});
		await buildSqlite(draft, log);
		rmSync(dir, { recursive: true, force: true });
		renameSync(draft, dir);
	} finally {
		process.off('exit', discard);
		discard();
	}
}

/** What a killed install has left. */
function clearDrafts(dir: string): void {
	const drafts = readdirSync(dirname(dir)).filter((name) =>
		name.startsWith(`${basename(dir)}-draft-`),
	);
	for (const name of drafts) rmSync(join(dirname(dir), name), { recursive: true, force: true });
}

function manifest(version: string): string {
	return JSON.stringify({
		name: 'n8n-host',
		private: true,
		dependencies: { n8n: version },
		overrides: OVERRIDES,
	});
}

async function buildSqlite(dir: string, log: Log): Promise<void> {
	try {
		await command('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
			cwd: dir,
			progress: { log, step: '2/2 building sqlite3' },
		});
	} catch (error) {
		const missing = ['python3', 'make', 'g++'].filter((tool) => !isOnPath(tool));
		if (missing.length === 0) throw error;
		const advice = `Install ${missing.join(', ')} (Debian: apt-get install python3 make g++)`;
		throw new Error(`n8n's database driver has to be compiled here. ${advice} and run this again.`);
	}
	if (!loadsSqlite(dir)) throw new Error(`sqlite3 was built in ${dir} but does not load.`);
}

function loadsSqlite(dir: string): boolean {
	if (!existsSync(join(dir, 'node_modules', 'n8n', 'bin', 'n8n'))) return false;
	try {
		execFileSync(process.execPath, ['-e', "require('sqlite3')"], { cwd: dir, stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

function isOnPath(tool: string): boolean {
	try {
		execFileSync('which', [tool], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}
