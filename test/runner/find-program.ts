import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Debian keeps the programs of PostgreSQL out of the path, in a folder for each version. */
const POSTGRES = '/usr/lib/postgresql';

/** Where a program is; undefined: it is not on this machine. */
export function findProgram(name: string): string | undefined {
	const versions = existsSync(POSTGRES) ? readdirSync(POSTGRES).sort().reverse() : [];
	const beside = versions.map((version) => join(POSTGRES, version, 'bin', name));
	const { status, stdout } = spawnSync('which', [name], { encoding: 'utf8' });
	return status === 0 ? stdout.trim() : beside.find((file) => existsSync(file));
}
