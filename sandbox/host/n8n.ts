import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync, closeSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tick, type Log } from './command';
import type { Host } from './install';
import { n8nEnvironment } from './n8n-environment';
import { freePort } from './ports';

export interface StartOptions {
	readonly host: Host;
	/** n8n keeps its database, key and community packages in `.n8n` below it. */
	readonly userFolder: string;
	/** Default: a free one. */
	readonly port?: number;
	/** Goes over everything else. */
	readonly env?: Readonly<Record<string, string>>;
	readonly proxyUrl?: string;
	readonly caCertPath?: string;
	readonly log: Log;
}

export interface RunningN8n {
	readonly url: string;
	readonly port: number;
	readonly pid: number;
	/** All that n8n has printed so far. */
	logs(): string;
	stop(): Promise<void>;
}

const READY_WITHIN_MS = 180_000;
const STOP_WITHIN_MS = 10_000;

/** Starts n8n on 127.0.0.1 and waits until it takes requests. */
export async function startN8n(options: StartOptions): Promise<RunningN8n> {
	const port = options.port ?? (await freePort());
	const url = `http://127.0.0.1:${port}`;
	mkdirSync(options.userFolder, { recursive: true });
	const logFile = join(options.userFolder, 'n8n.log');
	const child = launch(options, logFile, n8nEnvironment(options, port, await freePort()));
	const logs = () => readFileSync(logFile, 'utf8');
	const stop = () => end(child);
	const stopTicker = tick({ log: options.log, step: `Starting n8n ${options.host.version}` });
	try {
		await untilReady(url, child, logs);
	} catch (error) {
		await stop();
		throw error;
	} finally {
		stopTicker();
	}
	return { url, port, pid: child.pid ?? 0, logs, stop };
}

function launch({ host }: StartOptions, logFile: string, env: NodeJS.ProcessEnv): ChildProcess {
	const output = openSync(logFile, 'w');
	const child = spawn(host.nodeBin, [host.n8nBin, 'start'], {
		cwd: host.dir,
		env,
		stdio: ['ignore', output, output],
	});
	closeSync(output);
	const killWithUs = () => child.kill('SIGKILL');
	process.once('exit', killWithUs);
	child.once('exit', () => process.off('exit', killWithUs));
	return child;
}

async function untilReady(url: string, child: ChildProcess, logs: () => string): Promise<void> {
	const deadline = Date.now() + READY_WITHIN_MS;
	while (Date.now() < deadline) {
		if (hasEnded(child)) throw new Error(`n8n ended while starting.\n${tailOf(logs())}`);
		if ((await answers(`${url}/healthz/readiness`)) && (await answers(`${url}/rest/settings`)))
			return;
		await sleep(200);
	}
	throw new Error(`n8n was not ready after ${READY_WITHIN_MS / 1000} s.\n${tailOf(logs())}`);
}

/** While it starts, n8n answers some paths with 200 and a page: only JSON counts. */
async function answers(url: string): Promise<boolean> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
		const type = response.headers.get('content-type') ?? '';
		await response.arrayBuffer();
		return response.ok && type.includes('json');
	} catch {
		return false;
	}
}

async function end(child: ChildProcess): Promise<void> {
	if (hasEnded(child)) return;
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	child.kill('SIGTERM');
	const killer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
	await ended;
	clearTimeout(killer);
}

function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}

function tailOf(text: string): string {
	return text.trimEnd().split('\n').slice(-40).join('\n');
}
