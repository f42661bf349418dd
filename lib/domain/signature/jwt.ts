import { createPublicKey, type KeyObject } from 'node:crypto';
import {
	decode as read,
	NotBeforeError,
	TokenExpiredError,
	verify,
	type Jwt,
	type Secret,
} from 'jsonwebtoken';
import { z } from 'zod';
import { decode } from './decode';
import { jsonOf } from './json';
import { publicKey } from './public-key';
import { refuse, type Refused } from './refusals';
import { isSecret } from './shared-key';
import type { JwtAlgorithm, Material } from './scheme';

export interface TokenRules {
	/** Fixed by the configuration: the token must not choose how it is verified. */
	readonly algorithms: readonly JwtAlgorithm[];
	readonly issuer?: string;
	/** Any one of them must be in `aud`; empty: whoever the token is for. */
	readonly audiences: readonly string[];
	/** Epoch ms. */
	readonly now: number;
}

export type TokenVerdict =
	{ readonly ok: true; readonly keyIndex: number; readonly claims: Claims } | Refused;

const Claims = z.looseObject({
	exp: z.number(),
	iss: z.string().optional(),
	aud: z.union([z.string(), z.array(z.string())]).optional(),
});
export type Claims = z.infer<typeof Claims>;

const Jwks = z.object({
	keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })),
});

/** Clocks of sender and receiver may differ by this much. */
const LEEWAY_SECONDS = 30;

/**
 * Judges a JSON Web Token (RFC 7519, RFC 8725): the algorithm must be an allowed one, it must expire,
 * and issuer and audience must be ours. `HS…` takes the secrets of the credential, all others the
 * public keys (PEM, or a JSON Web Key Set).
 */
export function judgeToken(token: string, material: Material, rules: TokenRules): TokenVerdict {
	const head = headOf(token);
	if (!head) return refuse('MALFORMED_SIGNATURE');
	const algorithm = rules.algorithms.find((allowed) => allowed === head.header.alg);
	if (!algorithm) return refuse('ALGORITHM_NOT_ALLOWED');
	const shared = algorithm.startsWith('HS');
	const keys = shared ? sharedKeys(material) : publicKeys(material, head.header.kid);
	if (keys.length === 0) return refuse(shared ? 'MISMATCH' : 'UNKNOWN_KEY');
	for (const { keyIndex, key } of keys) {
		const outcome = against(token, key, { algorithm, now: rules.now });
		if (!outcome.ok && outcome.reason === 'MISMATCH') continue;
		return outcome.ok ? check(outcome.payload, keyIndex, rules) : outcome;
	}
	return refuse('MISMATCH');
}

/** Null for what is no token, and for extensions that have to be understood (`crit`, RFC 7515 4.1.11). */
function headOf(token: string): Jwt | null {
	// In one spelling only: a lenient decoder does not look at the spare bits of the last letter.
	if (token.split('.').some((part) => part !== '' && decode(part, 'base64url') === null))
		return null;
	try {
		const head = read(token, { complete: true });
		return head?.header.crit === undefined ? head : null;
	} catch {
		return null;
	}
}

function against(
	token: string,
	key: Secret,
	{ algorithm, now }: { readonly algorithm: JwtAlgorithm; readonly now: number },
): { readonly ok: true; readonly payload: unknown } | Refused {
	try {
		const payload = verify(token, key, {
			algorithms: [algorithm],
			clockTimestamp: Math.floor(now / 1000),
			clockTolerance: LEEWAY_SECONDS,
		});
		return { ok: true, payload };
	} catch (error) {
		if (error instanceof TokenExpiredError) return refuse('TOO_OLD');
		return refuse(error instanceof NotBeforeError ? 'TOO_NEW' : 'MISMATCH');
	}
}

function check(payload: unknown, keyIndex: number, rules: TokenRules): TokenVerdict {
	const claims = Claims.safeParse(payload);
	if (!claims.success) return refuse('NO_EXPIRY');
	const { iss, aud } = claims.data;
	if (rules.issuer && iss !== rules.issuer) return refuse('WRONG_ISSUER');
	const meant = [aud ?? []].flat();
	if (rules.audiences.length > 0 && !rules.audiences.some((ours) => meant.includes(ours)))
		return refuse('WRONG_RECIPIENT');
	return { ok: true, keyIndex, claims: claims.data };
}

/** A key, and where in its list of the credential it stands; 0 for the published ones. */
interface Indexed<K> {
	readonly keyIndex: number;
	readonly key: K;
}

const sharedKeys = ({ secrets }: Material): Array<Indexed<Secret>> =>
	[...secrets.entries()].flatMap(([keyIndex, key]) => (isSecret(key) ? [{ keyIndex, key }] : []));

function publicKeys(
	{ publicKeys: own, fetched }: Material,
	kid: string | undefined,
): Array<Indexed<KeyObject>> {
	const published = [...(fetched?.values() ?? [])].map((text) => [0, text] as const);
	return [...own.entries(), ...published].flatMap(([keyIndex, text]) =>
		keysIn(text, kid).map((key) => ({ keyIndex, key })),
	);
}

function keysIn(text: string, kid: string | undefined): KeyObject[] {
	if (!text.trimStart().startsWith('{')) return [publicKey(text) ?? []].flat();
	const set = Jwks.safeParse(jsonOf(text));
	if (!set.success) return [];
	return set.data.keys
		.filter((key) => key.kty !== 'oct' && (kid === undefined || key.kid === kid))
		.flatMap((key) => {
			try {
				return [createPublicKey({ key, format: 'jwk' })];
			} catch {
				return [];
			}
		});
}
