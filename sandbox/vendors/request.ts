import type { VendorRequest } from './port';

export type Json = Record<string, unknown>;

export type Parsed = { ok: true; value: Json } | { ok: false; reason: 'type' | 'syntax' };

/** The JSON object in the body, or why there is none. */
export function jsonObject(request: VendorRequest): Parsed {
	if (!contentType(request).startsWith('application/json')) return { ok: false, reason: 'type' };
	try {
		const value: unknown = JSON.parse(request.body);
		return isObject(value) ? { ok: true, value } : { ok: false, reason: 'syntax' };
	} catch {
		return { ok: false, reason: 'syntax' };
	}
}

export function contentType(request: VendorRequest): string {
	return (request.headers['content-type'] ?? '').toLowerCase();
}

export function bearer(request: VendorRequest): string | undefined {
	return /^Bearer (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
}

export function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Names in `value` that are not in `known`. */
export function unknownKeys(value: Json, known: readonly string[]): string[] {
	return Object.keys(value).filter((key) => !known.includes(key));
}

export function sameText(a: unknown, b: unknown): boolean {
	return (
		typeof a === 'string' &&
		typeof b === 'string' &&
		a.trim().toLowerCase() === b.trim().toLowerCase()
	);
}
