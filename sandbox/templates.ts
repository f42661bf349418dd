import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Template } from './host/rest';

export const templatesFolder = resolve(__dirname, '..', 'workflows');

/** The template of this name, e.g. `01-lead-to-meeting`. */
export function readTemplate(name: string, folder = templatesFolder): Template {
	const file = join(folder, `${name}.json`);
	try {
		return Template.parse(JSON.parse(readFileSync(file, 'utf8')));
	} catch (error) {
		throw new Error(`workflows/${name}.json: ${error instanceof Error ? error.message : error}`);
	}
}

/** The names of all templates, in the order of their numbers. */
export function templateNames(folder = templatesFolder): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.filter((file) => /^\d\d-.*\.json$/.test(file))
		.map((file) => file.replace(/\.json$/, ''))
		.sort();
}

/** The path below `/webhook/` that sets this template off; undefined when none does. */
export function webhookPath(template: Template): string | undefined {
	return template.nodes
		.filter(({ type }) => /webhook(verifiertrigger)?$/i.test(type))
		.map(({ parameters }) => parameters['path'])
		.find((path) => typeof path === 'string');
}

/** Whether n8n can publish it: a template that is only ever run by hand it refuses. */
export function hasTrigger({ nodes }: Template): boolean {
	return nodes.some(({ type }) => /(trigger|webhook)$/i.test(type) && !/manualTrigger$/.test(type));
}

/** Whether other workflows call it. n8n calls only what is published. */
export function isCalled({ nodes }: Template): boolean {
	return nodes.some(({ type }) => /\.(errorTrigger|executeWorkflowTrigger)$/.test(type));
}
