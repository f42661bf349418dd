import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { one, root, runProgram, type Counts, type Phase } from './phase';

interface JestReport {
	readonly numPassedTests: number;
	readonly numFailedTests: number;
	readonly numPendingTests: number;
	readonly numTodoTests: number;
	/** Files that could not even be loaded. */
	readonly numRuntimeErrorTestSuites: number;
}

/** A phase that counts as many tests as jest has run. */
export function jestPhase(name: string, args: readonly string[]): Phase {
	return {
		name,
		async run() {
			const folder = mkdtempSync(join(tmpdir(), 'lead-handoff-jest-'));
			const report = join(folder, 'report.json');
			const code = await runProgram('jest', [...args, '--json', `--outputFile=${report}`]);
			const counts = readCounts(report);
			rmSync(folder, { recursive: true, force: true });
			return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
		},
	};
}

export function hasBrowserTests(): boolean {
	const files = readdirSync(join(root, 'test', 'e2e'), { recursive: true, encoding: 'utf8' });
	return files.some((file) => file.endsWith('.browser.ts'));
}

function readCounts(file: string): Counts {
	try {
		const report = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
		return {
			passed: report.numPassedTests,
			failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
			skipped: report.numPendingTests + report.numTodoTests,
		};
	} catch {
		return one(false);
	}
}
