import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram } from '../runner/find-program';
import { freePort } from '../runtime/store/redis-server';

export interface PostgresServer {
	readonly port: number;
	stop(): Promise<void>;
}

/** A PostgreSQL of the test's own on 127.0.0.1, that trusts everyone and is gone afterwards. */
export async function startPostgres(): Promise<PostgresServer> {
	const port = await freePort();
	const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
	const as = serverUser();
	if (as.uid !== undefined) chownSync(folder, as.uid, as.gid ?? as.uid);
	const data = join(folder, 'data');
	const options = { ...as, cwd: folder };
	execFileSync(
		programOf('initdb'),
		['-D', data, '-U', 'n8n', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
		{ ...options, stdio: 'ignore' },
	);
	const server = spawn(
		programOf('postgres'),
		['-D', data, '-p', `${port}`, '-h', '127.0.0.1', '-k', folder, '-F', '-N', '200'],
		{ ...options, stdio: 'ignore' },
	);
	const ended = new Promise((resolve) => server.once('exit', resolve));
	process.once('exit', () => server.kill('SIGKILL'));
	await untilReady(port);
	return {
		port,
		async stop() {
			server.kill('SIGQUIT');
			await ended;
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

function programOf(name: string): string {
	const found = findProgram(name);
	if (!found) throw new Error(`${name} was not found. Debian: apt-get install postgresql`);
	return found;
}

/** PostgreSQL refuses to run as root. */
function serverUser(): { readonly uid?: number; readonly gid?: number } {
	if (process.getuid?.() !== 0) return {};
	const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

async function untilReady(port: number): Promise<void> {
	for (const giveUpAt = Date.now() + 20_000; ; await sleep(100)) {
		try {
			const args = ['-h', '127.0.0.1', '-p', `${port}`, '-U', 'n8n', '-d', 'postgres'];
			execFileSync(programOf('pg_isready'), args, { stdio: 'ignore' });
			return;
		} catch (error) {
			if (Date.now() > giveUpAt) throw error;
		}
	}
}
