import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { print, type Table } from './table';

/** `run.ts` for all benches, `run.ts store` for one. A bench is a file beside this one. */
async function main(wanted: readonly string[]) {
	const all = readdirSync(__dirname)
		.filter((file) => file.endsWith('.ts') && !['run.ts', 'table.ts'].includes(file))
		.map((file) => file.slice(0, -3));
	for (const name of wanted.length > 0 ? wanted : all) {
		if (!existsSync(join(__dirname, `${name}.ts`))) {
			throw new Error(`There is no bench "${name}". There are: ${all.join(', ')}`);
		}
		const module = (await import(`./${name}`)) as { bench?: () => Promise<Table[]> };
		// Files without a `bench` are parts of others.
		if (module.bench) (await module.bench()).forEach(print);
	}
}

void main(process.argv.slice(2)).catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
