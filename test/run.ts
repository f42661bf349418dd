import { buildPhase } from './runner/build';
import { hasBrowserTests, jestPhase } from './runner/jest';
import { commandPhase, type Phase, type PhaseResult } from './runner/phase';
import { servicesPhase } from './runner/services';
import { printSummary } from './runner/summary';

const [mode = 'all', ...rest] = process.argv.slice(2);
const jestArgs = rest.filter((arg) => arg !== '--');

const e2eConfig = ['-c', 'test/e2e/jest.config.js', '--runInBand'];
const unit = jestPhase('unit and contract', jestArgs);
const endToEnd = [jestPhase('end to end', [...e2eConfig, ...jestArgs])];
const inBrowser = ['--testMatch', '**/test/e2e/**/*.browser.ts'];
const browser = hasBrowserTests()
	? [servicesPhase(['chromium']), jestPhase('browser', [...e2eConfig, ...jestArgs, ...inBrowser])]
	: [];

const modes: Readonly<Record<string, readonly Phase[]>> = {
	all: [
		commandPhase('lint', 'eslint', ['.', '--max-warnings', '0']),
		commandPhase('format', 'prettier', ['--check', '.']),
		commandPhase('types', 'tsc', ['--noEmit']),
		servicesPhase(['redis-server', 'postgres']),
		unit,
		buildPhase(),
		...endToEnd,
		...browser,
	],
	unit: [servicesPhase(['redis-server']), unit],
	e2e: [servicesPhase(['redis-server', 'postgres']), ...endToEnd],
	browser,
};

void main();

async function main(): Promise<void> {
	const phases = modes[mode];
	if (!phases) {
		console.error(`usage: npm test -- [${Object.keys(modes).join('|')}] [-- jest arguments]`);
		process.exit(1);
	}
	const results: PhaseResult[] = [];
	for (const phase of phases) {
		console.log(`\n=== ${phase.name} ===`);
		const startedAt = Date.now();
		const result = { name: phase.name, ...(await phase.run()), ms: Date.now() - startedAt };
		console.log(`--- ${phase.name}: ${(result.ms / 1000).toFixed(1)} s`);
		results.push(result);
		if (result.failed > 0 && phase.others === 'depend') break;
	}
	process.exit(printSummary(results, phases) ? 0 : 1);
}
