import { PipelineError } from '../../../domain/errors';

/** Whatever the placeholders read from: the lead, or of a company what is known of it. */
export type Subject = Readonly<Record<string, unknown>>;

/** `{company.domain}`, `{source.recordId}`, `{custom.plan}`: a path into the lead. */
const PLACEHOLDER =
	/\{((?:identity|person|company|source|attribution|custom)(?:\.[A-Za-z_][\w-]*)+)\}/g;

/** The paths that a template reads, each once. */
export const pathsIn = (template: string): string[] => [
	...new Set([...template.matchAll(PLACEHOLDER)].map(([, path = '']) => path)),
];

/** What stands at a path; texts, numbers and booleans only, and no empty text. */
export function valueAt(subject: Subject, path: string): string | number | boolean | undefined {
	let value: unknown = subject;
	for (const key of path.split('.')) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
		value = Object.entries(value).find(([name]) => name === key)?.[1];
	}
	if (typeof value === 'string') return value.trim() === '' ? undefined : value;
	return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

/** The text with its placeholders filled; undefined where one of them is unknown. */
export function fillText(
	template: string,
	subject: Subject,
	write: (value: string) => string = (value) => value,
): string | undefined {
	const values = pathsIn(template).map((path) => [path, valueAt(subject, path)] as const);
	if (values.some(([, value]) => value === undefined)) return undefined;
	const byPath = new Map(values);
	return template.replace(PLACEHOLDER, (_, path: string) => write(String(byPath.get(path))));
}

/** The JSON with its placeholders filled. What is unknown is left out; a lone placeholder keeps its type. */
export function fillJson(template: unknown, subject: Subject): unknown {
	if (typeof template === 'string') {
		const [path] = pathsIn(template);
		return path && template === `{${path}}` ? valueAt(subject, path) : fillText(template, subject);
	}
	if (Array.isArray(template)) {
		return template.map((one) => fillJson(one, subject)).filter((one) => one !== undefined);
	}
	if (typeof template !== 'object' || template === null) return template;
	const filled = Object.entries(template).map(
		([key, one]) => [key, fillJson(one, subject)] as const,
	);
	return Object.fromEntries(filled.filter(([, one]) => one !== undefined));
}

/** The body as the user wrote it, read once. Throws `CONFIG_INVALID`. */
export function readJson(name: string, text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		const reason = error instanceof SyntaxError ? error.message.split(',')[0] : 'unreadable';
		throw new PipelineError(
			'CONFIG_INVALID',
			`The body of '${name}' is no JSON (${reason}). A text from an expression needs JSON.stringify`,
		);
	}
}
