import { spawnSync } from 'node:child_process';
import { one, runProgram, type Phase } from './phase';

/** A phase that finds the programs that later phases start, or installs them from Debian as root. */
export function servicesPhase(programs: readonly string[]): Phase {
	return {
		name: `have ${programs.join(' and ')}`,
		async run() {
			if (missing(programs).length > 0 && mayInstall()) await install(missing(programs));
			const absent = missing(programs);
			if (absent.length === 0) return one(true);
			const names = absent.join(' ');
			console.error(`Not found: ${names}. Install it (Debian: apt-get install ${names}).`);
			return one(false);
		},
	};
}

function missing(programs: readonly string[]): string[] {
	return programs.filter((program) => !isOnPath(program));
}

function mayInstall(): boolean {
	return process.getuid?.() === 0 && isOnPath('apt-get');
}

async function install(packages: readonly string[]): Promise<void> {
	await runProgram('apt-get', ['update', '-qq']);
	await runProgram('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages]);
}

function isOnPath(program: string): boolean {
	return spawnSync('which', [program], { stdio: 'ignore' }).status === 0;
}
