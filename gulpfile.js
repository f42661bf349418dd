const { execFileSync } = require('node:child_process');
const {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} = require('node:fs');
const { join } = require('node:path');
const { dest, series, src } = require('gulp');

const ROOT = __dirname;

/** What each folder of lib/vendors is a list of: the type, and where it comes from. */
const REGISTRIES = {
	calendars: { type: 'CalendarVendor', from: './port' },
	crm: { type: 'CrmVendor', from: './port' },
	enrichment: { type: 'EnrichmentProvider', from: './port' },
	signatures: { type: 'Scheme', from: '../../domain/signature/scheme' },
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

/** docs/senders.md, from the schemes. */
function renderSenders(schemes, { receive }) {
	const row = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	const tolerance = ({ toleranceMs: ms }) =>
		ms === undefined ? 'as set' : ms === null ? 'none' : `${ms / 1000} s`;
	const byTitle = (left, right) => left.title.localeCompare(right.title, 'en');
	return [
		'<!-- Written by `npm run build` from lib/vendors/signatures. -->\n',
		'# Senders\n',
		'What [Webhook Verifier](nodes/webhook-verifier.md) and [Webhook Verifier Trigger](nodes/webhook-verifier-trigger.md) know about each sender. _Proof_ is what has to be right, with the content that is signed (of a form, the fields in the order that the sender says); _Age_ is how far its clock may be from ours.\n',
		'| Sender | What the credential needs, and where it is | Proof | Age |',
		'| --- | --- | --- | --- |',
		...[...schemes]
			.sort(byTitle)
			.map((scheme) =>
				row([
					`[${scheme.title}](${scheme.docs})<br>\`${scheme.id}\``,
					`${NEEDS[scheme.needs]}: ${scheme.where}`,
					proofOf(scheme, receive),
					tolerance(scheme),
				]),
			),
		'\n## What they do not protect against\n',
		'Also in the panel of the node, and in `verification.weakness` of each delivery.\n',
		...weaknesses(schemes),
		'',
	].join('\n');
}

/** Each once, with all that share it. */
function weaknesses(schemes) {
	const titles = new Map();
	for (const { title, weakness } of schemes) {
		if (weakness) titles.set(weakness, [...(titles.get(weakness) ?? []), title]);
	}
	return [...titles].map(([text, all]) => `- **${all.sort().join(', ')}**: ${text}`).sort();
}

const NEEDS = {
	secret: 'Secret',
	'public-key': 'Public key',
	'secret-or-public-key': 'Secret or public key',
	'expected-id': 'Expected ID',
};

/** Which algorithm over what: the scheme itself is asked, with a mark in the place of each part. */
function proofOf({ proofs }, receive) {
	if (!proofs) return 'as set in the panel';
	const marks = { body: '⟪body⟫', timestamp: '⟪timestamp⟫', id: '⟪id⟫', secret: '⟪secret⟫' };
	const url = 'https://host.example/path';
	const received = receive({ method: 'POST', url, headers: {}, body: Buffer.from(marks.body) });
	const signed = {
		signatures: [],
		eventId: marks.id,
		timestamp: 0,
		timestampText: marks.timestamp,
	};
	const one = ({ kind, algorithm, encoding, algorithms, contents }) => {
		if (kind === 'token') return 'a token, compared';
		if (kind === 'jwt') return `JSON Web Token (${algorithms.join(', ')})`;
		const name = { hmac: `HMAC-${algorithm.toUpperCase()}`, hash: algorithm.toUpperCase() }[kind];
		const by = `${name ?? algorithm.toUpperCase()}, ${encoding}`;
		const [content] = contents(received, signed, marks.secret);
		const text = content?.map(String).join('') ?? '';
		if (!text.includes('⟪')) return `${by}, over a part of the body`;
		const template = text
			.replace(/https:\/\/host\.example(:443)?\/path/, '{url}')
			.replace('POST', '{method}')
			.replace(/⟪(\w+)⟫/g, '{$1}');
		return `${by}, over \`${template}\``;
	};
	return [...new Set(proofs.map(one))].join('<br>or ');
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
			const carried = name.startsWith('WebhookVerifier') ? {} : { lead, trace };
			const properties = { ...own.properties, ...carried };
			const schema = JSON.stringify({ ...own, properties });
			writeFileSync(join(folder, version, 'output.json'), schema);
			writeFileSync(join(folder, `${version}.json`), schema);
			for (const { options, displayOptions } of operations) {
				// Of a node with resources, by resource and operation.
				const [resource = ''] = displayOptions?.show?.resource ?? [];
				mkdirSync(join(folder, version, resource), { recursive: true });
				for (const { value } of options) {
					const file = join(folder, version, resource, `${value}.json`);
					// An operation whose items are others has a schema of its own.
					if (!existsSync(file)) writeFileSync(file, schema);
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
	const { FACTORIES } = require('./dist/nodes/shared/webhook/scheme');
	const { signatures } = require('./dist/lib/vendors/signatures');
	const senders = [...signatures, ...FACTORIES.map(({ factory }) => factory)];
	const page = renderSenders(senders, require('./dist/lib/domain/signature/received'));
	writeFileSync(join(ROOT, 'docs/senders.md'), page);
}

exports.registries = registries;
exports.build = series(clean, registries, compile, assets, generated);
exports.default = exports.build;
exports.REGISTRIES = REGISTRIES;
exports.renderErrors = renderErrors;
exports.renderRegistry = renderRegistry;
exports.renderSenders = renderSenders;
