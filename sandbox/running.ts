import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { cacheDir } from './cache-dir';

/** What is running now, for the commands that talk to it. */
const Running = z.looseObject({
	/** Absent when only the world runs, without n8n. */
	webhookUrl: z.string().optional(),
	secret: z.string().optional(),
	controlUrl: z.string().optional(),
});

export type Running = z.infer<typeof Running>;

export function runningFile(): string {
	return join(cacheDir(), 'running.json');
}

/** Undefined when nothing was started, or the file cannot be read. */
export function readRunning(): Running | undefined {
	try {
		return Running.parse(JSON.parse(readFileSync(runningFile(), 'utf8')));
	} catch {
		return undefined;
	}
}

export function writeRunning(running: Running): void {
	mkdirSync(dirname(runningFile()), { recursive: true });
	writeFileSync(runningFile(), `${JSON.stringify(running, null, '\t')}\n`);
}

export function forgetRunning(): void {
	rmSync(runningFile(), { force: true });
}
