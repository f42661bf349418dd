/**
 * Every reason for which a delivery is refused. Names are API: they stand in `verification.reason`,
 * in the counters of the trigger and in users' alert rules, so they are added to and never renamed.
 */
export const REFUSALS = {
	MISSING_SIGNATURE: 'the signature is missing or empty',
	DUPLICATE_HEADER: 'a header that is part of the proof was sent more than once',
	MALFORMED_SIGNATURE: 'the signature is not in the form that this sender uses',
	MISSING_TIMESTAMP: 'the timestamp is missing or empty',
	MALFORMED_TIMESTAMP: 'the timestamp cannot be read',
	TOO_OLD: 'the delivery is older than the tolerance: a replay, or a slow clock',
	TOO_NEW: 'the delivery is from the future: a forgery, or a wrong clock',
	MALFORMED_BODY: 'the body is not in the form that this sender uses, so it proves nothing',
	BODY_NOT_SIGNED:
		'the signature does not cover the body: the hash that should is missing, or n8n kept no raw bytes (multipart)',
	MISMATCH:
		'no secret in the credential makes this signature: a forged or altered delivery, or another secret',
	ALGORITHM_NOT_ALLOWED: 'the token names an algorithm that the node does not allow',
	NO_EXPIRY: 'the token never expires, so a stolen one would be good for ever',
	WRONG_RECIPIENT: 'the delivery is genuine but meant for somebody else',
	WRONG_ISSUER: 'the delivery is genuine but from another issuer',
	UNKNOWN_KEY: 'the key that the delivery names is not among the published ones',
	UNTRUSTED_KEY_URL: "the delivery names a key outside the sender's own key store",
	REPLAYED: 'this very delivery was accepted before',
	NOT_CONFIRMED: 'the sender does not know the record that the delivery names',
	SOURCE_NOT_ALLOWED: 'the address that it came from is not in the list of allowed sources',
	TOO_LARGE: 'the body is larger than the limit',
	TOO_MANY: 'the source has sent more than the limit',
	OVERLOADED: 'too much work is waiting already',
} as const;

export type RefusalReason = keyof typeof REFUSALS;
export type Refused = { readonly ok: false; readonly reason: RefusalReason };
export const refuse = (reason: RefusalReason): Refused => ({ ok: false, reason });

const STATUS: Readonly<Partial<Record<RefusalReason, number>>> = {
	REPLAYED: 409,
	SOURCE_NOT_ALLOWED: 403,
	TOO_LARGE: 413,
	TOO_MANY: 429,
	OVERLOADED: 503,
};

/** The HTTP status that it is answered with. Senders try again after most, so that a wrong secret loses nothing. */
export const statusOf = (reason: RefusalReason): number => STATUS[reason] ?? 401;
