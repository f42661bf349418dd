import { DUPLICATE, type HeaderReader, type Read } from '../../domain/signature';

/** A whole number of the unit, digits only: `1e9`, `12abc` and ` 12` are not timestamps. */
export function wholeNumber(text: string): number | null {
	return /^\d{1,16}$/.test(text) ? Number(text) : null;
}

export type Header = { readonly ok: true; readonly value: string } | Extract<Read, { ok: false }>;

export function signatureHeader(headers: HeaderReader, name: string): Header {
	const value = headers(name);
	if (value === DUPLICATE) return { ok: false, reason: 'DUPLICATE_HEADER' };
	return value === null ? { ok: false, reason: 'MISSING_SIGNATURE' } : { ok: true, value };
}

/** A timestamp header as epoch ms; `unitMs` is 1000 for seconds, 1 for milliseconds. */
export function timestampHeader(
	headers: HeaderReader,
	name: string,
	unitMs: number,
):
	| { readonly ok: true; readonly value: string; readonly timestamp: number }
	| Extract<Read, { ok: false }> {
	const value = headers(name);
	if (value === DUPLICATE) return { ok: false, reason: 'DUPLICATE_HEADER' };
	if (value === null) return { ok: false, reason: 'MISSING_TIMESTAMP' };
	const number = wholeNumber(value);
	return number === null
		? { ok: false, reason: 'MALFORMED_TIMESTAMP' }
		: { ok: true, value, timestamp: number * unitMs };
}
