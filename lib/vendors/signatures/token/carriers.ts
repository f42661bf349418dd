import type { Received } from '../../../domain/signature/received';
import { refuse } from '../../../domain/signature/refusals';
import type { Proof, Read } from '../../../domain/signature/scheme';
import { prefixed, required } from '../../../domain/signature/text';

/** In the URL that the sender calls, e.g. `?token=`. */
export function inUrl(received: Received, parameter: string): Read {
	const token = received.query(parameter) ?? refuse('MISSING_SIGNATURE');
	return token.ok ? { ok: true, signatures: [{ text: token.value }] } : token;
}

export const inHeader = (received: Received, name: string): Read => prefixed(received, name, '');

/** `Authorization: Basic …` or `Bearer …`; each is proven on its own terms, so that one cannot pass for the other. */
export function inAuthorization(received: Received, kinds: readonly ('basic' | 'bearer')[]): Read {
	const header = required(received, 'authorization');
	if (!header.ok) return header;
	const [, kind, text] = /^(\S+) +(\S+)$/.exec(header.value) ?? [];
	const version = kinds.find((known) => known === kind?.toLowerCase());
	if (!version || !text) return refuse('MALFORMED_SIGNATURE');
	return { ok: true, signatures: [{ text, version }] };
}

/** The secret is `user:password`. A user name has no colon, a password may. */
export const BASIC: Proof = {
	kind: 'token',
	version: 'basic',
	expected: (secret) => (secret.includes(':') ? Buffer.from(secret).toString('base64') : null),
};

export const BEARER: Proof = { kind: 'token', version: 'bearer' };
