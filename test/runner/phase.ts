import { spawn } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';

export const root = resolve(__dirname, '..', '..');

export interface Counts {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

export interface Phase {
	readonly name: string;
	/** Whether the later phases make no sense once this one has failed. */
	readonly others?: 'depend';
	run(): Promise<Counts>;
}

export interface PhaseResult extends Counts {
	readonly name: string;
	readonly ms: number;
}

export const one = (ok: boolean): Counts => ({
	passed: ok ? 1 : 0,
	failed: ok ? 0 : 1,
	skipped: 0,
});

/** A phase that is one program of node_modules: it counts as one test. */
export function commandPhase(name: string, program: string, args: readonly string[]): Phase {
	return { name, run: async () => one((await runProgram(program, args)) === 0) };
}

/** Runs a program with our output as its own; gives its exit code. */
export function runProgram(program: string, args: readonly string[]): Promise<number> {
	const path = [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
	return new Promise((done) => {
		const env = { ...process.env, PATH: path };
		const child = spawn(program, args, { cwd: root, stdio: 'inherit', env });
		child.on('error', (error) => {
			console.error(`${program}: ${error.message}`);
			done(1);
		});
		child.on('close', (code) => done(code ?? 1));
	});
}
