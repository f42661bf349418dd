import {
	createHash,
	createHmac,
	timingSafeEqual,
	verify as verifySignature,
	type KeyObject,
} from 'node:crypto';
import { decode } from './decode';
import { judgeToken } from './jwt';
import { publicKey } from './public-key';
import { usableSecrets } from './shared-key';
import type { Received } from './received';
import { refuse, type Refused } from './refusals';
import type { Content, Digest, Material, Offered, Proof, Scheme, Signed } from './scheme';

/** What is judged: what the scheme read, and what the credential holds. */
export interface Case {
	readonly signed: Signed;
	readonly material: Material;
	/** Epoch ms. */
	readonly now: number;
}

export type Judged =
	| {
			readonly ok: true;
			readonly secretIndex: number;
			readonly secret: string;
			readonly content: Content;
	  }
	| Refused;

/** More than any sender gives. */
const MAX_SIGNATURES = 100;
/** Each one costs a hash over the whole body for every key, where those of shared keys cost one together. */
const MAX_PUBLIC_KEY_SIGNATURES = 10;

/** Every signature against every key of every proof. Everything that a scheme may not get wrong is here. */
export function judge(scheme: Scheme, received: Received, tried: Case): Judged {
	if (tried.signed.signatures.length > MAX_SIGNATURES) return refuse('MALFORMED_SIGNATURE');
	let worst: Judged = refuse('MALFORMED_SIGNATURE');
	for (const proof of scheme.proofs) {
		const offered = tried.signed.signatures.filter(({ version }) => version === proof.version);
		if (offered.length === 0) continue;
		const judged = prove(proof, received, { tried, offered });
		if (judged.ok) return judged;
		if (judged.reason !== 'MALFORMED_SIGNATURE') worst = judged;
	}
	return worst;
}

/** The signatures of one proof, in their case. */
interface Attempt {
	readonly tried: Case;
	readonly offered: readonly Offered[];
}

function prove(proof: Proof, received: Received, attempt: Attempt): Judged {
	switch (proof.kind) {
		case 'hmac':
		case 'hash':
			return byDigest(proof, received, attempt);
		case 'public-key':
			return byPublicKey(proof, received, attempt);
		case 'token':
			return byEquality(proof, attempt);
		case 'jwt':
			return byToken(proof, attempt);
	}
}

const DIGEST_BYTES: Readonly<Record<Digest, number>> = {
	sha1: 20,
	sha256: 32,
	sha384: 48,
	sha512: 64,
};

function byDigest(
	proof: Extract<Proof, { kind: 'hmac' | 'hash' }>,
	received: Received,
	{ tried: { signed, material }, offered }: Attempt,
): Judged {
	const readable = digestsIn(offered, proof);
	if (readable.length === 0) return refuse('MALFORMED_SIGNATURE');
	for (const { secretIndex, secret, key } of usableSecrets(proof, material)) {
		for (const content of proof.contents(received, signed, secret)) {
			const hash = key ? createHmac(proof.algorithm, key) : createHash(proof.algorithm);
			for (const piece of content) hash.update(piece);
			const expected = hash.digest();
			for (const bytes of readable)
				if (sameBytes(bytes, expected)) return { ok: true, secretIndex, secret, content };
		}
	}
	return refuse('MISMATCH');
}

function digestsIn(
	offered: readonly Offered[],
	{ algorithm, encoding }: Extract<Proof, { kind: 'hmac' | 'hash' }>,
): Buffer[] {
	const readable: Buffer[] = [];
	for (const { text } of offered) {
		const bytes = decode(text, encoding);
		if (bytes?.length === DIGEST_BYTES[algorithm]) readable.push(bytes);
	}
	return readable;
}

function byPublicKey(
	proof: Extract<Proof, { kind: 'public-key' }>,
	received: Received,
	{ tried: { signed, material }, offered }: Attempt,
): Judged {
	const readable = offered.flatMap(({ text, keyUrl }) => {
		const bytes = decode(text, proof.encoding);
		return bytes && (proof.algorithm !== 'ed25519' || bytes.length === 64)
			? [{ bytes, keyUrl }]
			: [];
	});
	if (readable.length === 0 || readable.length > MAX_PUBLIC_KEY_SIGNATURES)
		return refuse('MALFORMED_SIGNATURE');
	const contents = proof.contents(received, signed, undefined);
	const candidates = contents.map((content) => ({ content, data: joined(content) }));
	const read = proof.key ?? publicKey;
	for (const { bytes, keyUrl } of readable) {
		// A key that the sender publishes stands for this signature alone; others are the user's.
		const texts =
			keyUrl === undefined
				? [...material.publicKeys.entries(), ...material.secrets.entries()]
				: [[0, material.fetched?.get(keyUrl) ?? ''] as const];
		for (const [secretIndex, text] of texts) {
			const key = text === '' ? null : read(text);
			if (key?.asymmetricKeyType !== KEY_TYPES[proof.algorithm]) continue;
			const proven = candidates.find(({ data }) => isSigned(proof, data, { key, bytes }));
			if (proven) return { ok: true, secretIndex, secret: '', content: proven.content };
		}
	}
	return refuse('MISMATCH');
}

/** A key of another kind is no key: it must not choose the algorithm. */
const KEY_TYPES = { 'rsa-sha256': 'rsa', 'ecdsa-sha256': 'ec', ed25519: 'ed25519' } as const;

const joined = (content: Content) => Buffer.concat(content.map((piece) => Buffer.from(piece)));

const isSigned = (
	{ algorithm }: Extract<Proof, { kind: 'public-key' }>,
	data: Buffer,
	{ key, bytes }: { readonly key: KeyObject; readonly bytes: Buffer },
) => verifySignature(algorithm === 'ed25519' ? null : 'sha256', data, key, bytes);

function byEquality(
	proof: Extract<Proof, { kind: 'token' }>,
	{ tried: { material }, offered }: Attempt,
): Judged {
	const known = proof.known === 'expected-id' ? material.expectedIds : material.secrets;
	const wanted = known.map((secret) => {
		const expected = secret === '' ? null : proof.expected ? proof.expected(secret) : secret;
		return expected ? digestOf(expected) : null;
	});
	const indexes = offered.map(({ text }) => {
		const said = digestOf(text);
		return wanted.findIndex((bytes) => bytes !== null && sameBytes(bytes, said));
	});
	const matched = indexes.filter((index) => index >= 0);
	if (matched.length === 0 || (proof.every && matched.length < indexes.length))
		return refuse('MISMATCH');
	// The oldest one in use, so that a rotation is not finished too early.
	const secretIndex = Math.max(...matched);
	const content = offered.map(({ text }) => text);
	return { ok: true, secretIndex, secret: known[secretIndex] ?? '', content };
}

function byToken(
	{ algorithms, issuer, audiences: named = [] }: Extract<Proof, { kind: 'jwt' }>,
	{ tried: { material, now }, offered }: Attempt,
): Judged {
	const [first, ...others] = offered;
	if (!first || others.length > 0) return refuse('MALFORMED_SIGNATURE');
	const audiences = [...named, ...material.expectedIds].filter((audience) => audience !== '');
	const rules = { algorithms, audiences, now, ...(issuer && { issuer }) };
	const verdict = judgeToken(first.text, material, rules);
	if (!verdict.ok) return verdict;
	return { ok: true, secretIndex: verdict.keyIndex, secret: '', content: [first.text] };
}

/** Texts of any length become bytes of one length, so that not even the length of a token can be timed. */
const digestOf = (text: string) => createHash('sha256').update(text).digest();

/** The only comparison of signatures in this package. */
function sameBytes(left: Buffer, right: Buffer): boolean {
	return left.length === right.length && timingSafeEqual(left, right);
}
