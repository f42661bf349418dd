import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { INodeProperties, INodeType } from 'n8n-workflow';
import { readTemplate, templateNames } from '../../sandbox/templates';

const ROOT = join(__dirname, '../..');
const IGNORED = new Set(['node_modules', '.git', 'dist', 'test-results', 'coverage']);

const pages = markdownIn(ROOT);
const text = (page: string) => readFileSync(join(ROOT, page), 'utf8');
const links = pages.flatMap((page) =>
	[...text(page).matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, target = '']) => ({ page, target }))
		.filter(({ target }) => !/^https?:/.test(target)),
);

const fileOf = ({ page, target }: { page: string; target: string }) => {
	const [path = ''] = target.split('#');
	return path ? relative(ROOT, resolve(ROOT, dirname(page), path)) : page;
};

it('has no dead link and no link to a heading that is not there', () => {
	const dead = links.filter((link) => {
		const file = fileOf(link);
		if (!existsSync(join(ROOT, file))) return true;
		const [, heading] = link.target.split('#');
		return heading !== undefined && !headingsOf(file).has(heading);
	});
	expect(dead).toEqual([]);
});

it('shows every picture that it keeps', () => {
	const shown = new Set(links.map(fileOf));
	const kept = readdirSync(join(ROOT, 'docs/images')).map((file) => join('docs/images', file));
	expect(kept.filter((file) => !shown.has(file))).toEqual([]);
});

it.each(templateNames())('tells of the template %s in both tables', (name) => {
	expect(text('README.md')).toContain(`[${name}](workflows/README.md#${name})`);
	expect(headingsOf('workflows/README.md')).toContain(name);
});

describe.each(readdirSync(join(ROOT, 'nodes')).filter((name) => name !== 'shared'))(
	'%s',
	(name) => {
		const operations = operationsOf(name);

		it('has a row for each operation in the documentation', () => {
			const docs = pages.filter((page) => page.startsWith('docs')).map(text);
			const missing = operations.filter(
				(operation) => !docs.some((page) => page.includes(`**${operation.name}**`)),
			);
			expect(missing).toEqual([]);
		});

		it('is shown with each operation, in a template or in a recipe', () => {
			const recipes = text('docs/recipes.md');
			const unseen = operations.filter(
				(operation) => !recipes.includes(`(${operation.name})`) && !isInTemplate(name, operation),
			);
			expect(unseen).toEqual([]);
		});
	},
);

function isInTemplate(node: string, { value, resource, untouched }: Operation): boolean {
	const type = `n8n-nodes-lead-handoff.${node[0]?.toLowerCase()}${node.slice(1)}`;
	return templateNames().some((name) =>
		readTemplate(name).nodes.some(
			({ type: its, parameters }) =>
				its === type &&
				(parameters['operation'] ?? untouched) === value &&
				(resource === undefined || (parameters['resource'] ?? 'event') === resource),
		),
	);
}

interface Operation {
	readonly name: string;
	readonly value: string;
	readonly resource: string | undefined;
	/** The operation of a node whose panel nobody has touched. */
	readonly untouched: string;
}

function operationsOf(name: string): Operation[] {
	const module = require(join(ROOT, `nodes/${name}/${name}.node.ts`)) as Record<
		string,
		new () => INodeType
	>;
	const Class = module[name];
	if (!Class) throw new Error(`nodes/${name} does not export ${name}`);
	return new Class().description.properties
		.filter((property) => property.name === 'operation')
		.flatMap((property) => choicesOf(property));
}

function choicesOf({ options = [], displayOptions, default: first }: INodeProperties): Operation[] {
	const [resource] = displayOptions?.show?.['resource'] ?? [];
	return options.flatMap((option) =>
		'value' in option
			? [
					{
						name: option.name,
						value: String(option.value),
						resource: typeof resource === 'string' ? resource : undefined,
						untouched: String(first),
					},
				]
			: [],
	);
}

/** As GitHub makes the anchors of headings. */
function headingsOf(page: string): Set<string> {
	const lines = text(page)
		.replace(/```[\s\S]*?```/g, '')
		.split('\n');
	return new Set(
		lines.flatMap((line) => {
			const [, heading] = /^#+ (.+)$/.exec(line) ?? [];
			return heading === undefined ? [] : [anchorOf(heading)];
		}),
	);
}

const anchorOf = (heading: string) =>
	heading
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N} _-]/gu, '')
		.replace(/ /g, '-');

function markdownIn(folder: string): string[] {
	return readdirSync(folder)
		.filter((name) => !IGNORED.has(name))
		.map((name) => join(folder, name))
		.flatMap((path) => {
			if (statSync(path).isDirectory()) return markdownIn(path);
			return path.endsWith('.md') ? [relative(ROOT, path)] : [];
		});
}
