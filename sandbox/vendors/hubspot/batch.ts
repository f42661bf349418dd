import type { VendorReply, VendorRequest } from '../port';
import { isObject, jsonObject, unknownKeys, type Json } from '../request';
import { invalidInput, refused, type Refusal } from './errors';

export const MAX_BATCH = 100;

export type Read<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

/** The body, or why HubSpot would not read it. */
export function body(request: VendorRequest, known: readonly string[]): Read<Json> {
	const parsed = jsonObject(request);
	if (!parsed.ok && parsed.reason === 'type') {
		const message = 'Unsupported Media Type: the body must be application/json';
		return { ok: false, refusal: { status: 415, category: 'VALIDATION_ERROR', message } };
	}
	if (!parsed.ok) return bad('Invalid input JSON: the body cannot be parsed');
	return fields(parsed.value, known) ?? { ok: true, value: parsed.value };
}

/** The inputs of a batch, each with known fields only. */
export function inputs(
	sent: Json,
	known: readonly string[],
	max: number = MAX_BATCH,
): Read<Json[]> {
	const list = sent['inputs'];
	if (!Array.isArray(list)) return bad('Some required fields were not set: [inputs]');
	if (list.length === 0) return bad('The batch has no inputs');
	if (list.length > max) {
		return bad(
			`The maximum number of inputs supported in a batch request is ${max}, got ${list.length}`,
		);
	}
	const objects: Json[] = [];
	for (const input of list) {
		if (!isObject(input)) return bad('Invalid input JSON: every input must be an object');
		const unknown = fields(input, known);
		if (unknown) return unknown;
		const properties = input['properties'];
		const problem = known.includes('properties') ? notStrings(properties) : undefined;
		if (problem) return bad(problem);
		objects.push(input);
	}
	return { ok: true, value: objects };
}

/** HubSpot's values are strings, or null to clear. */
export function notStrings(properties: unknown): string | undefined {
	if (!isObject(properties)) return 'Some required fields were not set: [properties]';
	const wrong = Object.entries(properties).find(
		([, value]) => typeof value !== 'string' && value !== null,
	);
	if (!wrong) return undefined;
	return `Invalid input JSON: the value of property "${wrong[0]}" must be a string, got ${typeof wrong[1]}`;
}

/** Ids that stand for the same record twice reject the whole batch. */
export function duplicates(keys: readonly string[]): Refusal | undefined {
	const twice = [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))];
	if (twice.length === 0) return undefined;
	return {
		...invalidInput(
			`Duplicate IDs found in batch input: [${twice.join(', ')}]. IDs must be unique`,
		),
		context: { ids: twice },
	};
}

export function reply(read: { ok: false; refusal: Refusal }): VendorReply {
	return refused(read.refusal);
}

/** The envelope of a batch answer. */
export function complete(results: readonly unknown[], extra: Json = {}): Json {
	const stamp = new Date().toISOString();
	return { status: 'COMPLETE', results, startedAt: stamp, completedAt: stamp, ...extra };
}

function fields(
	value: Json,
	known: readonly string[],
): { ok: false; refusal: Refusal } | undefined {
	const [unknown] = unknownKeys(value, known);
	return unknown === undefined
		? undefined
		: bad(`Invalid input JSON: Unrecognized field "${unknown}"`);
}

function bad(message: string): { ok: false; refusal: Refusal } {
	return { ok: false, refusal: invalidInput(message) };
}
