import { readFileSync } from 'node:fs';

/** An event in a file: a bare payload, or one with the headers it came with. */
export interface Delivery {
	readonly headers: Readonly<Record<string, string>>;
	readonly payload: unknown;
}

/** Reads a JSON value, a JSON array, or one JSON value a line. */
export function readDeliveries(path: string): Delivery[] {
	return valuesIn(readFileSync(path, 'utf8'), path).map(toDelivery);
}

function valuesIn(source: string, path: string): unknown[] {
	try {
		const value: unknown = JSON.parse(source);
		return Array.isArray(value) ? value : [value];
	} catch {
		const lines = source
			.split('\n')
			.map((line, index) => ({ line: line.trim(), number: index + 1 }));
		return lines
			.filter(({ line }) => line !== '')
			.map(({ line, number }) => lineValue(line, `${path}:${number}`));
	}
}

function lineValue(line: string, where: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		throw new Error(`${where}: not JSON. A file is a JSON value, an array, or one value a line.`);
	}
}

function toDelivery(value: unknown): Delivery {
	if (!isDelivery(value)) return { headers: {}, payload: value };
	const skipped = /^(host|content-length|connection|transfer-encoding|accept-encoding)$/i;
	const headers = Object.entries(value.headers).filter(([name]) => !skipped.test(name));
	return {
		headers: Object.fromEntries(headers.map(([name, text]) => [name.toLowerCase(), String(text)])),
		payload: value.body,
	};
}

function isDelivery(value: unknown): value is { headers: Record<string, unknown>; body: unknown } {
	return typeof value === 'object' && value !== null && 'headers' in value && 'body' in value;
}
