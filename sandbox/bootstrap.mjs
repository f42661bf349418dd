/**
 * `node sandbox/bootstrap.mjs <script.ts> [arguments]`: runs a script of this repository on Node 24
 * with its dependencies in place, whatever Node (>= 20) it was called with. Uses nothing but Node.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { fail } from './bootstrap/fail.mjs';
import { ensureNode, major } from './bootstrap/node.mjs';

const OLDEST_NODE = 20;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const cacheDir =
	process.env.LEAD_HANDOFF_CACHE ||
	join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'n8n-nodes-lead-handoff');

await main();

async function main() {
	const [script, ...rest] = process.argv.slice(2);
	if (!script) fail('usage: node sandbox/bootstrap.mjs <script.ts> [arguments]');
	if (major(process.versions.node) < OLDEST_NODE) {
		fail(`Node ${OLDEST_NODE} or newer is needed; this is Node ${process.versions.node}.`);
	}
	mkdirSync(cacheDir, { recursive: true });
	await ensureDependencies({ root, cacheDir });
	run(await ensureNode(cacheDir), script, rest);
}

function run(node, script, rest) {
	const tsx = pathToFileURL(join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href;
	const path = [dirname(node), process.env.PATH].filter(Boolean).join(delimiter);
	const child = spawn(node, ['--import', tsx, join(root, script), ...rest], {
		stdio: 'inherit',
		env: { ...process.env, PATH: path },
	});
	const forward = (signal) => child.kill(signal);
	process.on('SIGINT', forward);
	process.on('SIGTERM', forward);
	child.on('error', (error) => fail(error.message));
	child.on('exit', (code, signal) => {
		process.off('SIGINT', forward);
		process.off('SIGTERM', forward);
		if (signal) process.kill(process.pid, signal);
		else process.exit(code ?? 1);
	});
}
