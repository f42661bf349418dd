import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { cacheDir } from './cache-dir';
import { demoCredentials } from './demo-credentials';
import { ensureHost } from './host/install';
import { installPackage } from './host/install-package';
import { startN8n, type RunningN8n } from './host/n8n';
import { packPackage } from './host/pack';
import { freePort } from './host/ports';
import { n8nRest, owner, type N8nRest } from './host/rest';
import { loadPersonas, personaNamed } from './personas';
import { forgetRunning, runningFile, writeRunning } from './running';
import { secrets } from './secrets';
import { importTemplate, setUpCredentials } from './set-up';
import { showLead } from './show-lead';
import { readOptions, usage } from './start-options';
import { isCalled, readTemplate, templateNames, webhookPath } from './templates';
import { startWorld, type World } from './world';

const PIPELINE = '01-lead-to-meeting';
const startedAt = Date.now();

let onSignal: () => void = () => process.exit(130);
process.on('SIGINT', () => onSignal());
process.on('SIGTERM', () => onSignal());

void main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	if (options.help) return console.log(usage);
	const { name: persona } = personaNamed(loadPersonas(), options.persona);
	claimSandbox();
	const userFolder = join(cacheDir(), 'sandbox', 'n8n');
	if (options.fresh) rmSync(userFolder, { recursive: true, force: true });

	const host = await ensureHost({ log });
	await installPackage(userFolder, await packPackage({ log }));
	const world = await startWorld({ latencyMs: options.latencyMs });
	const port = await freePort(options.port);
	const n8n = await startN8n({ host, userFolder, port, ...world, log });
	const leave = leaveOnce(n8n, world);
	onSignal = () => void leave(0);

	const rest = n8nRest(n8n.url);
	const { workflowId, webhookUrl } = await setUp(rest);
	const { webhookSecret: secret } = secrets;
	const login = { n8nUrl: n8n.url, email: owner.email, password: owner.password };
	const forMe = { ...login, pid: process.pid };
	writeRunning({ webhookUrl, secret, controlUrl: world.controlUrl, ...forMe });

	const booked = await showLead({ rest, world, workflowId, webhookUrl, secret, persona }).catch(
		(error: Error) => (console.error(error.message), false),
	);
	if (options.once) return await leave(booked ? 0 : 1);
	console.log(farewell(n8n, world));
}

async function setUp(rest: N8nRest): Promise<{ workflowId: string; webhookUrl: string }> {
	log('Setting up the owner, the credentials and the templates');
	await rest.setupOwner();
	const credentials = await setUpCredentials(rest, demoCredentials);
	const imported = new Map<string, string>();
	for (const name of templateNames()) {
		const template = readTemplate(name);
		const { id } = await importTemplate(rest, template, { credentials, log });
		if (isCalled(template)) await rest.activate(id);
		imported.set(name, id);
	}
	const workflowId = imported.get(PIPELINE);
	if (!workflowId) throw new Error(`workflows/${PIPELINE}.json is missing`);
	await rest.activate(workflowId);
	const path = webhookPath(readTemplate(PIPELINE));
	if (path === undefined) throw new Error(`workflows/${PIPELINE}.json has no webhook`);
	return { workflowId, webhookUrl: await rest.waitForWebhook(path) };
}

/** Two n8ns on one user folder would share a database. */
function claimSandbox(): void {
	const other = readOther();
	if (other && isAlive(other.pid)) {
		throw new Error(`A sandbox is running already${other.n8nUrl ? `: ${other.n8nUrl}` : ''}.`);
	}
	const mine = { pid: process.pid };
	writeRunning({ secret: secrets.webhookSecret, ...mine });
	process.once('exit', forgetRunning);
}

function readOther() {
	if (!existsSync(runningFile())) return undefined;
	const shape = z.object({ pid: z.number(), n8nUrl: z.string().optional() });
	return shape.safeParse(JSON.parse(readFileSync(runningFile(), 'utf8'))).data;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

function leaveOnce(n8n: RunningN8n, world: World): (code: number) => Promise<void> {
	let leaving = false;
	return async (code) => {
		// Ctrl-C arrives twice: from the terminal and forwarded.
		if (leaving) return;
		leaving = true;
		await Promise.all([n8n.stop(), world.stop()]);
		process.exit(code);
	};
}

function farewell(n8n: RunningN8n, world: World): string {
	return [
		'',
		`n8n       ${n8n.url}   ${owner.email} / ${owner.password}`,
		`Vendors   ${world.controlUrl}   (npm run sandbox -- --help)`,
		'Another   npm run lead -- --persona NAME',
		'',
		'Ctrl-C stops everything.',
	].join('\n');
}

function log(line: string): void {
	console.log(`[${Math.round((Date.now() - startedAt) / 1000)} s] ${line}`);
}
