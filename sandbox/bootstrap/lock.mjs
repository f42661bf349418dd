import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** One at a time on this machine: a folder that only one process can make, and that dies with it. */
export async function locked(folder, work) {
	for (;;) {
		try {
			mkdirSync(folder);
			break;
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
			if (!ownerIsAlive(folder)) rmSync(folder, { recursive: true, force: true });
			else await sleep(500);
		}
	}
	const release = () => rmSync(folder, { recursive: true, force: true });
	process.once('exit', release);
	writeFileSync(join(folder, 'pid'), String(process.pid));
	await work();
	process.off('exit', release);
	release();
}

function ownerIsAlive(folder) {
	try {
		process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0);
		return true;
	} catch (error) {
		// The pid is written a moment after the folder is made.
		if (error.code === 'ENOENT' && existsSync(folder)) {
			return Date.now() - statSync(folder).mtimeMs < 5_000;
		}
		return error.code === 'EPERM';
	}
}
