const { execFileSync } = require('node:child_process');
const { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { dest, series, src } = require('gulp');

const ROOT = __dirname;

/** What each folder of lib/vendors is a list of: the type, and where it comes from. */
const REGISTRIES = {
	calendars: { type: 'CalendarVendor', from: './port' },
	crm: { type: 'CrmVendor', from: './port' },
	enrichment: { type: 'EnrichmentProvider', from: './port' },
	signatures: { type: 'Scheme', from: '../../domain/signature' },
	sources: { type: 'LeadSource', from: './port' },
};

/** The index of a kind: every file beside it that exports a constant of the kind's type is a member. */
function renderRegistry(kind) {
	const { type, from } = REGISTRIES[kind];
	const folder = join(ROOT, 'lib/vendors', kind);
	const member = new RegExp(`export const (\\w+): ${type}\\b`);
	const members = readdirSync(folder)
		.filter((file) => file.endsWith('.ts') && file !== 'index.ts')
		.sort()
		.flatMap((file) => {
			const name = member.exec(readFileSync(join(folder, file), 'utf8'))?.[1];
			return name ? [{ name, path: `./${file.slice(0, -3)}` }] : [];
		});
	return [
		'// Written by `npm run build`. Do not edit: add a file beside this one instead.',
		`import type { ${type} } from '${from}';`,
		...members.map(({ name, path }) => `import { ${name} } from '${path}';`),
		'',
		listOf(members, { kind, type }),
		'',
	].join('\n');
}

/** Broken where the formatter breaks a line. */
function listOf(members, { kind, type }) {
	const names = members.map(({ name }) => name);
	const written = (list) =>
		`export const ${kind} = [${list}] as const satisfies readonly ${type}[];`;
	const line = written(names.join(', '));
	return line.length > 100 ? written(names.map((name) => `\n\t${name},`).join('') + '\n') : line;
}

async function registries() {
	for (const kind of Object.keys(REGISTRIES)) {
		writeFileSync(join(ROOT, 'lib/vendors', kind, 'index.ts'), renderRegistry(kind));
	}
}

async function clean() {
	rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
}

async function compile() {
	const tsc = require.resolve('typescript/bin/tsc');
	execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
		cwd: ROOT,
		stdio: 'inherit',
	});
}

/** Icons, codex files and output schemas: n8n finds them beside the compiled node. */
function assets() {
	return src(
		['nodes/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json', 'icons/*.svg'],
		{ base: '.', encoding: false },
	).pipe(dest('dist'));
}

/** docs/errors.md, from the catalogue. */
function renderErrors(catalogue) {
	const entry = ([code, { meaning, help, retryable }]) =>
		`## ${code}\n\n${meaning}\n\n**What to do:** ${help}\n\nRetryable: ${retryable ? 'yes' : 'no'}.\n`;
	return [
		'<!-- Written by `npm run build` from lib/domain/errors.ts. -->\n',
		'# Errors\n',
		"Every failure that a node of this package reports carries one of these codes: in n8n's error panel, in `details.code` on the error output, and in the dead letter.\n",
		...Object.entries(catalogue).map(entry),
	].join('\n');
}

/**
 * n8n asks for a node's schema by version and, where it has them, by resource and operation. Every item that
 * has passed Lead Normalize carries the lead and its trace, so every later schema shows them too.
 */
function writeSchemas() {
	const normalized = join(ROOT, 'nodes/LeadNormalize/__schema__/v1.0.0/output.json');
	const { lead, trace } = JSON.parse(readFileSync(normalized, 'utf8')).properties;
	for (const name of readdirSync(join(ROOT, 'dist/nodes')).filter(
		(folder) => folder !== 'shared',
	)) {
		const { description } = new (require(`./dist/nodes/${name}/${name}.node.js`)[name])();
		const folder = join(ROOT, 'dist/nodes', name, '__schema__');
		const operations = description.properties.filter((property) => property.name === 'operation');
		for (const version of readdirSync(folder)) {
			const own = JSON.parse(readFileSync(join(folder, version, 'output.json'), 'utf8'));
			const carried = name === 'WebhookVerifier' ? {} : { lead, trace };
			const properties = { ...own.properties, ...carried };
			const schema = JSON.stringify({ ...own, properties });
			writeFileSync(join(folder, version, 'output.json'), schema);
			writeFileSync(join(folder, `${version}.json`), schema);
			for (const { options, displayOptions } of operations) {
				// Of a node with resources, by resource and operation.
				const [resource = ''] = displayOptions?.show?.resource ?? [];
				mkdirSync(join(folder, version, resource), { recursive: true });
				for (const { value } of options) {
					writeFileSync(join(folder, version, resource, `${value}.json`), schema);
				}
			}
		}
	}
}

async function generated() {
	writeSchemas();
	const { publishedSchemas } = require('./dist/lib/domain/schemas');
	for (const folder of ['dist/schemas', 'docs/schemas']) {
		mkdirSync(join(ROOT, folder), { recursive: true });
		for (const [name, text] of publishedSchemas()) writeFileSync(join(ROOT, folder, name), text);
	}
	const { CATALOGUE } = require('./dist/lib/domain/errors');
	writeFileSync(join(ROOT, 'docs/errors.md'), renderErrors(CATALOGUE));
}

exports.registries = registries;
exports.build = series(clean, registries, compile, assets, generated);
exports.default = exports.build;
exports.REGISTRIES = REGISTRIES;
exports.renderErrors = renderErrors;
exports.renderRegistry = renderRegistry;
