import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeHelpers, type INodeProperties, type INodeType } from 'n8n-workflow';
import { CATALOGUE } from '../../lib/domain/errors';
import { receive } from '../../lib/domain/signature/received';
import { signatures } from '../../lib/vendors/signatures';
import { FACTORIES } from '../../nodes/shared/webhook/scheme';
import packageJson from '../../package.json';

const ROOT = join(__dirname, '../..');
const { REGISTRIES, renderErrors, renderRegistry, renderSenders } =
	require('../../gulpfile.js') as {
		REGISTRIES: Record<string, unknown>;
		renderErrors(catalogue: object): string;
		renderSenders(schemes: readonly object[], parts: object): string;
		renderRegistry(kind: string): string;
	};

const nodeNames = readdirSync(join(ROOT, 'nodes')).filter((name) => name !== 'shared');
const credentialNames = readdirSync(join(ROOT, 'credentials')).map(
	(file) => file.split('.')[0] ?? '',
);

const load = (path: string, name: string) => {
	const module = require(join(ROOT, path)) as Record<string, new () => unknown>;
	const Class = module[name];
	if (!Class) throw new Error(`${path} does not export ${name}`);
	return new Class();
};

it.each(Object.keys(REGISTRIES))('the index of %s lists every file beside it', (kind) => {
	const index = readFileSync(join(ROOT, 'lib/vendors', kind, 'index.ts'), 'utf8');
	expect(index.replace(/\s+/g, '')).toBe(renderRegistry(kind).replace(/\s+/g, ''));
});

it('docs/errors.md says what the catalogue says', () => {
	const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');
	expect(page).toBe(renderErrors(CATALOGUE));
});

it('docs/senders.md says what the schemes say', () => {
	const page = readFileSync(join(ROOT, 'docs/senders.md'), 'utf8');
	const schemes = [...signatures, ...FACTORIES.map(({ factory }) => factory)];
	expect(page).toBe(renderSenders(schemes, { receive }));
});

it('package.json lists every node and credential, and nothing else', () => {
	const nodes = nodeNames.map((name) => `dist/nodes/${name}/${name}.node.js`);
	const credentials = credentialNames.map((name) => `dist/credentials/${name}.credentials.js`);
	expect([...packageJson.n8n.nodes].sort()).toEqual(nodes.sort());
	expect([...packageJson.n8n.credentials].sort()).toEqual(credentials.sort());
});

it('runs on what n8n installs: no dependency that needs an install script, n8n-workflow as a peer only', () => {
	expect(packageJson.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	for (const name of Object.keys(packageJson.dependencies)) {
		const file = join(ROOT, 'node_modules', name, 'package.json');
		const { scripts = {}, gypfile } = JSON.parse(readFileSync(file, 'utf8')) as {
			scripts?: Record<string, string>;
			gypfile?: boolean;
		};
		expect([
			name,
			scripts['preinstall'],
			scripts['install'],
			scripts['postinstall'],
			gypfile,
		]).toEqual([name, undefined, undefined, undefined, undefined]);
	}
});

describe.each(nodeNames)('%s', (name) => {
	const folder = join(ROOT, 'nodes', name);
	const { description, methods } = load(`nodes/${name}/${name}.node.ts`, name) as INodeType;

	it('is named as its file, with a subtitle and both icons', () => {
		expect(description.name).toBe(name[0]?.toLowerCase() + name.slice(1));
		expect(description.subtitle).toEqual(expect.any(String));
		// Nobody calls a trigger.
		expect(description.usableAsTool).toBe(name.endsWith('Trigger') ? undefined : true);
		const { light, dark } = description.icon as { light: string; dark: string };
		const files = [light, dark].map((file) => join(folder, file.replace('file:', '')));
		expect(files.map((file) => existsSync(file))).toEqual([true, true]);
		expect(readFileSync(files[0] ?? '')).not.toEqual(readFileSync(files[1] ?? ''));
	});

	it('has a codex file that n8n finds it by', () => {
		const codex = JSON.parse(readFileSync(join(folder, `${name}.node.json`), 'utf8')) as {
			node: string;
			categories: string[];
			alias: string[];
			resources: { primaryDocumentation: Array<{ url: string }> };
		};
		expect(codex.node).toBe(`${packageJson.name}.${description.name}`);
		expect(codex.alias.length).toBeGreaterThan(3);
		const known = [
			'Sales',
			'Marketing & Content',
			'Development',
			'Utility',
			'Productivity',
			'Communication',
		];
		expect(codex.categories.filter((category) => !known.includes(category))).toEqual([]);
		const page = codex.resources.primaryDocumentation[0]?.url.split('/main/')[1] ?? 'none';
		expect([page, existsSync(join(ROOT, page))]).toEqual([page, true]);
	});

	it('publishes the shape of its output for every version', () => {
		for (const version of [description.version].flat()) {
			// As n8n asks for it: 1 is v1.0.0, and 1.1 is v1.1.0.
			const [major, minor = '0'] = String(version).split('.');
			const file = join(folder, `__schema__/v${major}.${minor}.0/output.json`);
			const schema = JSON.parse(readFileSync(file, 'utf8')) as { type: string; version: number };
			expect(schema).toMatchObject({ type: 'object', version: 1, properties: expect.any(Object) });
		}
	});

	it('names every output', () => {
		const workflow = { expression: { getSimpleParameterValue } } as never;
		const parameters =
			NodeHelpers.getNodeParameters(description.properties, {}, true, false, null, description) ??
			{};
		const node = {
			name,
			type: '',
			typeVersion: 1,
			id: '1',
			position: [0, 0] as [number, number],
			parameters,
		};
		const outputs = NodeHelpers.getNodeOutputs(workflow, node, description);
		const names = Array.isArray(description.outputs)
			? description.outputNames
			: outputs.map((output) => (typeof output === 'string' ? undefined : output.displayName));
		expect(outputs.length).toBeGreaterThan(0);
		expect(names).toHaveLength(outputs.length);
		expect(names?.every((label) => typeof label === 'string' && label !== '')).toBe(true);

		function getSimpleParameterValue(_node: unknown, expression: string) {
			const source = expression.replace(/^=\{\{/, '').replace(/\}\}$/, '');
			const run = new Function('$parameter', '$nodeVersion', `return ${source}`);
			return run(parameters, [description.version].flat().at(-1)) as unknown;
		}
	});

	it('has defaults among the options, and conditions on parameters that exist', () => {
		const names = new Set(namesOf(description.properties));
		for (const property of every(description.properties)) {
			if (property.type === 'options' && property.options?.length) {
				const values = property.options.map((option) =>
					'value' in option ? option.value : undefined,
				);
				expect([property.name, values]).toEqual([
					property.name,
					expect.arrayContaining([property.default]),
				]);
			}
			for (const key of Object.keys({
				...property.displayOptions?.show,
				...property.displayOptions?.hide,
			})) {
				expect([
					property.name,
					key,
					names.has(key.replace(/^\//, '').split('.')[0] ?? '') || key.startsWith('@'),
				]).toEqual([property.name, key, true]);
			}
		}
	});

	it('has a method behind every list it loads', () => {
		const listed = every(description.properties).flatMap(({ typeOptions, modes }) => [
			typeOptions?.resourceMapper?.resourceMapperMethod,
			typeOptions?.loadOptionsMethod,
			...(modes ?? []).map((mode) => mode.typeOptions?.searchListMethod),
		]);
		const known = Object.values(methods ?? {}).flatMap((group) => Object.keys(group ?? {}));
		expect(known).toEqual(expect.arrayContaining(listed.filter(Boolean)));
	});
});

it.each(credentialNames)('%s has its class, its icons and a page', (name) => {
	const credential = load(`credentials/${name}.credentials.ts`, name) as {
		name: string;
		icon: { light: string; dark: string };
		documentationUrl: string;
	};
	expect(credential.name).toBe(name[0]?.toLowerCase() + name.slice(1));
	for (const icon of Object.values(credential.icon)) {
		expect(existsSync(join(ROOT, 'credentials', icon.replace('file:', '')))).toBe(true);
	}
	const page = credential.documentationUrl.split(`${packageJson.name}/blob/main/`)[1];
	if (page) expect([page, existsSync(join(ROOT, page))]).toEqual([page, true]);
});

it('knows no secret in any template', () => {
	for (const file of readdirSync(join(ROOT, 'workflows')).filter((name) =>
		name.endsWith('.json'),
	)) {
		const text = readFileSync(join(ROOT, 'workflows', file), 'utf8');
		expect(text).not.toMatch(/whsec_|xox[abp]-|pat-na|Bearer \w|api[_-]?key"\s*:\s*"\w/i);
		for (const node of (
			JSON.parse(text) as { nodes: Array<{ credentials?: Record<string, { id: unknown }> }> }
		).nodes) {
			for (const slot of Object.values(node.credentials ?? {})) expect(slot.id).toBeNull();
		}
	}
});

/** Every property, at any depth. */
function every(properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => [
		property,
		...(property.options ?? []).flatMap((option) => {
			if ('values' in option) return every(option.values);
			return 'type' in option ? every([option as INodeProperties]) : [];
		}),
	]);
}

const namesOf = (properties: readonly INodeProperties[]) =>
	every(properties).map(({ name }) => name);
