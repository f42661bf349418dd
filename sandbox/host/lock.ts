import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A lock's folder exists for a moment before it says whose it is. */
const UNSIGNED_GRACE_MS = 5_000;

/** Runs `work` while no other process on this machine runs under the same folder. */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
	mkdirSync(dirname(folder), { recursive: true });
	while (!acquire(folder)) await sleep(500);
	const release = () => rmSync(folder, { recursive: true, force: true });
	process.once('exit', release);
	try {
		return await work();
	} finally {
		process.off('exit', release);
		release();
	}
}

function acquire(folder: string): boolean {
	try {
		mkdirSync(folder);
		writeFileSync(join(folder, 'pid'), String(process.pid));
		return true;
	} catch {
		if (!ownerIsAlive(folder)) rmSync(folder, { recursive: true, force: true });
		return false;
	}
}

function ownerIsAlive(folder: string): boolean {
	const pid = readPid(folder);
	if (pid === undefined) return ageMs(folder) < UNSIGNED_GRACE_MS;
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

function readPid(folder: string): number | undefined {
	try {
		return Number(readFileSync(join(folder, 'pid'), 'utf8')) || undefined;
	} catch {
		return undefined;
	}
}

function ageMs(folder: string): number {
	try {
		return Date.now() - statSync(folder).mtimeMs;
	} catch {
		return Infinity;
	}
}
