import { createHmac, timingSafeEqual } from 'node:crypto';

/** What arrived: the bytes exactly as sent, and headers with lower-case names. */
export interface Delivery {
	readonly method: string;
	/** The public URL as the sender called it, query included. Only URL-signed schemes read it. */
	readonly url: string;
	readonly headers: Readonly<Record<string, unknown>>;
	readonly body: Buffer;
}

/** What a scheme finds in the headers. */
export interface Signed {
	/** As sent, still encoded; any one of them may match. */
	readonly signatures: readonly string[];
	/** The sender's id of this event: the same when it sends it again. */
	readonly eventId?: string;
	/** Epoch ms. */
	readonly timestamp?: number;
}

export const REFUSALS = {
	MISSING_SIGNATURE: 'the signature header is missing or empty',
	DUPLICATE_HEADER: 'a signature header was sent more than once',
	MALFORMED_SIGNATURE: 'the signature is not in the form that this sender uses',
	MISSING_TIMESTAMP: 'the timestamp header is missing or empty',
	MALFORMED_TIMESTAMP: 'the timestamp cannot be read',
	TOO_OLD: 'the delivery is older than the tolerance: a replay, or a slow clock',
	TOO_NEW: 'the delivery is from the future: a forgery, or a wrong clock',
	MISMATCH: 'no secret makes this signature: a forged or altered delivery, or another secret',
} as const;
export type RefusalReason = keyof typeof REFUSALS;

export type Read =
	({ readonly ok: true } & Signed) | { readonly ok: false; readonly reason: RefusalReason };

/**
 * How one sender signs. A scheme is data: it says where things are and what was signed, never how to
 * compare, so that a new scheme cannot forget constant time, strict decoding or the replay window.
 */
export interface Scheme {
	readonly id: string;
	readonly title: string;
	readonly algorithm: 'sha256' | 'sha1' | 'sha512';
	readonly encoding: 'hex' | 'base64';
	/** How far the sender's clock may be from ours, either way; null when the scheme has no clock. */
	readonly toleranceMs: number | null;
	read(headers: HeaderReader): Read;
	/** The exact bytes that were signed. Several candidates where the sender's documents leave it open: an HMAC cannot be forged by trying. */
	contents(delivery: Delivery, signed: Signed): readonly Buffer[];
	/** The key from the secret as the user pasted it; null when it cannot be one. Default: its UTF-8 bytes. */
	key?(secret: string): Buffer | null;
}

export type Verdict =
	| {
			readonly ok: true;
			/** Which of the configured secrets matched: 0 is the current one. */
			readonly secretIndex: number;
			readonly eventId?: string;
			readonly timestamp?: number;
			readonly ageMs?: number;
	  }
	| { readonly ok: false; readonly reason: RefusalReason; readonly ageMs?: number };

/**
 * Judges one delivery. `secrets` is a list, so that a rotation is a change of configuration and not a
 * flag day; an empty list or an empty secret never verifies anything. `now` is epoch ms.
 */
export function verify(
	scheme: Scheme,
	delivery: Delivery,
	secrets: readonly string[],
	settings: { readonly now: number; readonly toleranceMs?: number },
): Verdict {
	const signed = scheme.read(headerReader(delivery.headers));
	if (!signed.ok) return signed;

	const ageMs = signed.timestamp === undefined ? undefined : settings.now - signed.timestamp;
	const tolerance =
		scheme.toleranceMs === null ? null : (settings.toleranceMs ?? scheme.toleranceMs);
	if (tolerance !== null) {
		if (ageMs === undefined) return { ok: false, reason: 'MISSING_TIMESTAMP' };
		if (ageMs > tolerance) return { ok: false, reason: 'TOO_OLD', ageMs };
		if (ageMs < -tolerance) return { ok: false, reason: 'TOO_NEW', ageMs };
	}

	const offered = signed.signatures.map((text) => decode(text, scheme.encoding));
	const readable = offered.filter((bytes) => bytes?.length === DIGEST_BYTES[scheme.algorithm]);
	if (readable.length === 0) return { ok: false, reason: 'MALFORMED_SIGNATURE' };

	const contents = scheme.contents(delivery, signed);
	const secretIndex = secrets.findIndex((secret) => {
		const key = secret === '' ? null : scheme.key ? scheme.key(secret) : Buffer.from(secret);
		if (!key || key.length === 0) return false;
		return contents.some((content) => {
			const expected = createHmac(scheme.algorithm, key).update(content).digest();
			return readable.some((bytes) => bytes !== null && sameBytes(bytes, expected));
		});
	});
	if (secretIndex < 0)
		return { ok: false, reason: 'MISMATCH', ...(ageMs !== undefined && { ageMs }) };
	const { eventId, timestamp } = signed;
	return {
		ok: true,
		secretIndex,
		...(eventId !== undefined && { eventId }),
		...(timestamp !== undefined && { timestamp, ageMs: settings.now - timestamp }),
	};
}

const DIGEST_BYTES = { sha1: 20, sha256: 32, sha512: 64 } as const;

/** The only comparison of signatures in this package. */
function sameBytes(left: Buffer, right: Buffer): boolean {
	return left.length === right.length && timingSafeEqual(left, right);
}

/** Strict: Node's own decoders skip what they do not know, so that `abc!` would equal `abc`. */
export function decode(text: string, encoding: 'hex' | 'base64'): Buffer | null {
	if (encoding === 'hex') {
		return /^(?:[0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : null;
	}
	const bytes = /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : null;
	return bytes?.toString('base64') === text ? bytes : null;
}

export interface HeaderReader {
	/** The value; null when absent or empty; `duplicate` when the sender gave several. */
	(name: string): string | null | typeof DUPLICATE;
}
export const DUPLICATE = Symbol('duplicate header');

function headerReader(headers: Delivery['headers']): HeaderReader {
	return (name) => {
		const value = headers[name];
		if (Array.isArray(value)) return value.length > 1 ? DUPLICATE : textOrNull(value[0]);
		return textOrNull(value);
	};
}

const textOrNull = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
