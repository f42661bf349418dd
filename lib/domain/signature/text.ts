import { DateTime } from 'luxon';
import type { Received } from './received';
import { refuse, type Refused } from './refusals';
import type { Offered } from './scheme';

/** A header that is part of the proof: it must be there, once. */
export function required(
	received: Received,
	name: string,
): { readonly ok: true; readonly value: string } | Refused {
	return received.header(name) ?? refuse('MISSING_SIGNATURE');
}

export type TimestampForm = 's' | 'ms' | 'iso-8601' | 'rfc-1123';

export type Timestamp = {
	readonly ok: true;
	/** Epoch ms. */
	readonly timestamp: number;
	readonly timestampText: string;
};

/** A header that says when the sender signed. */
export function timestampHeader(
	received: Received,
	name: string,
	form: TimestampForm,
): Timestamp | Refused {
	const found = received.header(name);
	if (found === null) return refuse('MISSING_TIMESTAMP');
	return found.ok ? timestampFrom(found.value, form) : found;
}

/** Strict: `1e9`, `12abc` and ` 12` are not timestamps. */
export function timestampFrom(text: string, form: TimestampForm): Timestamp | Refused {
	const timestamp = READERS[form](text);
	// JavaScript has no date beyond 8.64e15.
	return Math.abs(timestamp) <= 8.64e15
		? { ok: true, timestamp, timestampText: text }
		: refuse('MALFORMED_TIMESTAMP');
}

const digits = (text: string) => (/^\d{1,16}$/.test(text) ? Number(text) : NaN);
const READERS: Readonly<Record<TimestampForm, (text: string) => number>> = {
	s: (text) => digits(text) * 1000,
	ms: digits,
	'iso-8601': (text) => DateTime.fromISO(text, { zone: 'utc' }).toMillis(),
	'rfc-1123': (text) => DateTime.fromHTTP(text).toMillis(),
};

/** One signature, with what has to stand before it. */
export function prefixed(
	received: Received,
	name: string,
	prefix: string,
): { readonly ok: true; readonly signatures: readonly Offered[] } | Refused {
	const header = required(received, name);
	if (!header.ok) return header;
	if (!header.value.startsWith(prefix)) return refuse('MALFORMED_SIGNATURE');
	return { ok: true, signatures: [{ text: header.value.slice(prefix.length) }] };
}

/**
 * `t=1492774577,v1=5257a8,v1=6ffbb5`: every value of each name, in order. Split at the first `=` only,
 * because base64 ends in them.
 */
export function pairs(
	text: string,
	separator: ',' | ';' | ' ',
): ReadonlyMap<string, readonly string[]> {
	const found = new Map<string, string[]>();
	for (const part of text.split(separator)) {
		const [name, value] = pairOf(part);
		if (name === '') continue;
		const before = found.get(name);
		if (before) before.push(value);
		else found.set(name, [value]);
	}
	return found;
}

function pairOf(part: string): readonly [name: string, value: string] {
	const at = part.indexOf('=');
	return at < 1 ? ['', ''] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
}

/** Where a header of pairs keeps its parts, e.g. `t=1492774577,v1=5257a8`. */
export interface PairNames {
	readonly time: string;
	readonly form: TimestampForm;
	readonly signature: string;
	readonly separator?: ',' | ';';
}

/** One header with the time once and a signature for each secret that is valid now. */
export function signedPairs(
	received: Received,
	name: string,
	{ time, form, signature, separator = ',' }: PairNames,
): (Timestamp & { readonly signatures: readonly Offered[] }) | Refused {
	const header = required(received, name);
	if (!header.ok) return header;
	let at: Timestamp | Refused | undefined;
	const signatures: Offered[] = [];
	for (const part of header.value.split(separator)) {
		const [key, value] = pairOf(part);
		if (key === signature) signatures.push({ text: value });
		if (key !== time) continue;
		if (at) return refuse('MALFORMED_TIMESTAMP');
		at = value === '' ? refuse('MISSING_TIMESTAMP') : timestampFrom(value, form);
	}
	if (!at?.ok) return at ?? refuse('MISSING_TIMESTAMP');
	return signatures.length > 0 ? { ...at, signatures } : refuse('MISSING_SIGNATURE');
}
