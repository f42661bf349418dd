import { spawn } from 'node:child_process';

export type Log = (line: string) => void;

export interface CommandOptions {
	readonly cwd: string;
	readonly env?: NodeJS.ProcessEnv;
	/** Told every 10 s how long the step has been running. */
	readonly progress?: { readonly log: Log; readonly step: string };
}

const PROGRESS_EVERY_MS = 10_000;
const TAIL_CHARS = 4_000;

/** Runs a program to its end; gives its stdout, or throws with the tail of what it said. */
export function command(
	program: string,
	args: readonly string[],
	options: CommandOptions,
): Promise<string> {
	return new Promise((resolve, reject) => {
		const stopTicker = options.progress ? tick(options.progress) : () => undefined;
		const child = spawn(program, args, {
			cwd: options.cwd,
			env: options.env ?? process.env,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		// A killed parent must not leave a four-minute install behind.
		const stopChild = () => child.kill('SIGTERM');
		process.once('exit', stopChild);
		let stdout = '';
		let tail = '';
		const keep = (chunk: Buffer) => (tail = (tail + chunk.toString()).slice(-TAIL_CHARS));
		child.stdout.on('data', (chunk: Buffer) => {
			stdout += chunk.toString();
			keep(chunk);
		});
		child.stderr.on('data', keep);
		const settle = (error?: Error) => {
			stopTicker();
			process.off('exit', stopChild);
			if (error) reject(error);
			else resolve(stdout);
		};
		child.on('error', settle);
		child.on('close', (code) =>
			settle(code === 0 ? undefined : failed(program, args, `exit code ${code}\n${tail}`)),
		);
	});
}

/** Announces a step and then its age, until the returned function is called. */
export function tick({ log, step }: { log: Log; step: string }): () => void {
	const startedAt = Date.now();
	log(step);
	const timer = setInterval(
		() => log(`${step} … ${Math.round((Date.now() - startedAt) / 1000)} s`),
		PROGRESS_EVERY_MS,
	);
	return () => clearInterval(timer);
}

function failed(program: string, args: readonly string[], why: string): Error {
	return new Error(`${program} ${args.join(' ')}: ${why}`);
}
