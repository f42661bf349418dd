import type { Phase, PhaseResult } from './phase';

/** Prints a table and, alone on the last line, the sums; true when nothing has failed. */
export function printSummary(results: readonly PhaseResult[], planned: readonly Phase[]): boolean {
	const width = Math.max(0, ...planned.map(({ name }) => name.length));
	console.log('');
	for (const { name } of planned) {
		const result = results.find((candidate) => candidate.name === name);
		console.log(`${name.padEnd(width)}  ${result ? describe(result) : 'not run'}`);
	}
	const sum = (pick: (result: PhaseResult) => number) =>
		results.reduce((total, result) => total + pick(result), 0);
	const failed = sum((result) => result.failed);
	const skipped = sum((result) => result.skipped);
	const tail = skipped > 0 ? `, ${skipped} skipped` : '';
	console.log(`\n${sum((result) => result.passed)} passed, ${failed} failed${tail}`);
	return failed === 0;
}

function describe({ passed, failed, skipped, ms }: PhaseResult): string {
	const seconds = `${(ms / 1000).toFixed(1)} s`.padStart(8);
	const tail = skipped > 0 ? `, ${skipped} skipped` : '';
	return `${seconds}  ${failed > 0 ? 'FAILED' : 'ok'} (${passed} passed, ${failed} failed${tail})`;
}
