import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

const NAME = String.raw`[A-Za-z_][A-Za-z0-9_]*`;
const STEP = String.raw`\.${NAME}|\["[^"\\\n\r]*"\]|\['[^'\\\n\r]*'\]|\[\d+\]`;
const PLAIN = new RegExp(String.raw`^=\{\{\s*\$json((?:${STEP})+)\s*\}\}$`);
const STEPS = new RegExp(STEP, 'g');

/** What n8n's expressions refuse to read, or give another meaning. */
const SPECIAL = /^(constructor|prototype|__.*)$/;

/**
 * The way that an expression like `={{ $json.body["order id"] }}` goes, undefined for any other.
 * n8n evaluates expressions in an isolated VM, which costs half a millisecond for each item.
 */
export function plainPath(parameter: unknown): readonly string[] | undefined {
	if (typeof parameter !== 'string') return undefined;
	const steps = PLAIN.exec(parameter)?.[1]?.match(STEPS);
	const names = steps?.map((step) => step.replace(/^\.|^\[["']?|["']?\]$/g, ''));
	return names?.some((name) => SPECIAL.test(name)) ? undefined : names;
}

/**
 * A parameter of each item: read from the item where that is all that its expression does, from n8n
 * otherwise, and wherever the item has nothing plain at that place.
 */
export function parameterReader(node: IExecuteFunctions, name: string) {
	const path = plainPath(node.getNodeParameter(name, 0, '', { rawExpressions: true }));
	return (json: IDataObject, index: number): unknown =>
		(path && plainAt(json, path)) ?? node.getNodeParameter(name, index);
}

function plainAt(json: IDataObject, path: readonly string[]) {
	let found: unknown = json;
	for (const name of path) {
		if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) {
			return undefined;
		}
		found = Reflect.get(found, name);
	}
	if (typeof found === 'string' || typeof found === 'boolean') return found;
	return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}
