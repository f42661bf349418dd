import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packPackage } from '../../sandbox/host/pack';
import { one, root, type Phase } from './phase';

interface Manifest {
	readonly n8n: { readonly nodes: readonly string[]; readonly credentials: readonly string[] };
}

const PUBLISHED = /^(dist\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/;
const NEVER = /\.test\.|\.ts\.map$|(^|\/)(test|sandbox|bench)\//;

/** Builds and packs the package, and checks that the tarball holds what n8n loads and no more. */
export function buildPhase(): Phase {
	return {
		name: 'build and pack',
		others: 'depend',
		async run() {
			try {
				const tarball = await packPackage({ log: console.log });
				const problems = inspect(filesIn(tarball));
				for (const problem of problems) console.error(problem);
				return one(problems.length === 0);
			} catch (error) {
				console.error(error instanceof Error ? error.message : error);
				return one(false);
			}
		},
	};
}

function filesIn(tarball: string): string[] {
	const listing = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' });
	return listing
		.trim()
		.split('\n')
		.map((file) => file.replace(/^package\//, ''));
}

function inspect(files: readonly string[]): string[] {
	const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
	const loaded = [...n8n.nodes, ...n8n.credentials];
	return [
		...loaded.filter((file) => !files.includes(file)).map((file) => `not packed: ${file}`),
		...files
			.filter((file) => !PUBLISHED.test(file) || NEVER.test(file))
			.map((file) => `packed, but not wanted: ${file}`),
	];
}
