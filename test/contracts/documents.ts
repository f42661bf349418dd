import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { VendorReply, VendorRequest } from '../../sandbox/vendors/port';

type Node = Readonly<Record<string, unknown>>;

/** The vendors' own documents, which are not part of the repository. */
const folder = process.env['SPECS_DIR'] ?? join(__dirname, '../../../shared/specs');

/** `describe` where the documents are, else a skipped one that says why. */
export const describeDocumented = (name: string, suite: () => void) =>
	existsSync(folder)
		? describe(name, suite)
		: describe.skip(`${name}: no vendor documents in ${folder}`, suite);

/** One OpenAPI document: what is wrong with a call of one of its operations, and with the answer. */
export function openDocument(name: string) {
	const document = read(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')));
	const ajv = new Ajv({
		strict: false,
		validateFormats: false,
		allErrors: true,
		coerceTypes: true,
	});
	const faultsOf = (schema: unknown, value: unknown, place: string): string[] => {
		const validate = ajv.compile({ ...read(schema), components: document['components'] });
		// Coercion writes into what it checks.
		validate({ value: structuredClone(value) }.value);
		return (validate.errors ?? []).map(
			({ instancePath, message }) => `${place}${instancePath} ${message}`,
		);
	};

	return {
		request(request: VendorRequest): string[] {
			const { operation, path } = operationOf(document, request);
			const parameters = list(operation['parameters']).map(read);
			const inQuery = parameters.filter((one) => one['in'] === 'query');
			const names = [...new Set(request.query.keys())];
			const unknown = names.filter((key) => !inQuery.some((one) => one['name'] === key));
			const missing = inQuery.filter(
				(one) => one['required'] === true && !request.query.has(String(one['name'])),
			);
			const query = inQuery.flatMap((one) => {
				const key = String(one['name']);
				const values = request.query.getAll(key);
				const schema = read(one['schema']);
				if (values.length === 0) return [];
				return faultsOf(schema, schema['type'] === 'array' ? values : values[0], `?${key}`);
			});
			const content = Object.values(read(read(operation['requestBody'])['content']))[0];
			const body =
				request.body === ''
					? []
					: faultsOf(read(content)['schema'] ?? false, JSON.parse(request.body), 'body');
			return [
				...unknown.map((key) => `${path} has no parameter ${key}`),
				...missing.map((one) => `${path} needs ${String(one['name'])}`),
				...query,
				...body,
			];
		},

		reply(request: VendorRequest, { status, body }: VendorReply): string[] {
			const { operation, path } = operationOf(document, request);
			const response = read(operation['responses'])[String(status)];
			if (!response) return [`${path} does not answer ${status}`];
			const content = Object.values(read(resolved(document, response)['content']))[0];
			const value: unknown = typeof body === 'string' ? asJson(body) : body;
			return content ? faultsOf(read(content)['schema'], withoutNulls(value), String(status)) : [];
		},
	};
}

function operationOf(document: Node, { method, path }: VendorRequest) {
	for (const [template, operations] of Object.entries(read(document['paths']))) {
		const pattern = new RegExp(`${template.replace(/\{[^}]+\}/g, '[^/]+')}$`);
		const operation = read(operations)[method.toLowerCase()];
		if (pattern.test(path) && operation) return { operation: read(operation), path: template };
	}
	throw new Error(`The document knows no ${method} ${path}`);
}

function resolved(document: Node, node: unknown): Node {
	const reference = read(node)['$ref'];
	if (typeof reference !== 'string') return read(node);
	const steps = reference.split('/').slice(1);
	return steps.reduce<Node>((at, step) => read(at[step]), document);
}

const read = (value: unknown): Node =>
	typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The documents do not say which values may be null, and nearly all are, now and then. */
function withoutNulls(value: unknown): unknown {
	const there = (one: unknown) => one !== null && one !== undefined;
	if (Array.isArray(value)) return value.filter(there).map(withoutNulls);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).filter(([, one]) => there(one));
	return Object.fromEntries(entries.map(([key, one]) => [key, withoutNulls(one)]));
}

function asJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
