import { findProgram } from './find-program';
import { one, runProgram, type Phase } from './phase';

/** A phase that finds the programs that later phases start, or installs them from Debian as root. */
export function servicesPhase(programs: readonly string[]): Phase {
	return {
		name: `have ${programs.join(' and ')}`,
		async run() {
			if (missing(programs).length > 0 && mayInstall())
				await install(missing(programs).map(packageOf));
			const absent = missing(programs);
			if (absent.length === 0) return one(true);
			const names = absent.map(packageOf).join(' ');
			console.error(
				`Not found: ${absent.join(' ')}. Install it (Debian: apt-get install ${names}).`,
			);
			return one(false);
		},
	};
}

function missing(programs: readonly string[]): string[] {
	return programs.filter((program) => findProgram(program) === undefined);
}

function mayInstall(): boolean {
	return process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
}

async function install(packages: readonly string[]): Promise<void> {
	await runProgram('apt-get', ['update', '-qq']);
	await runProgram('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages]);
}

/** The package of Debian, where its name is another. */
const packageOf = (program: string) => (program === 'postgres' ? 'postgresql' : program);
