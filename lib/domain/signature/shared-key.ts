import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Material, Proof } from './scheme';

type Digested = Extract<Proof, { kind: 'hmac' | 'hash' }>;

export interface UsableSecret {
	/** Where it stands in the credential's list. */
	readonly secretIndex: number;
	readonly secret: string;
	/** Null for a plain hash, which takes the secret itself. */
	readonly key: KeyObject | null;
}

/** Once per credential and proof, and not for every delivery: a secret is decoded, and made a key. */
const made = new WeakMap<Material, WeakMap<Digested, readonly UsableSecret[]>>();

/** The secrets that the proof can be made with, in order. */
export function usableSecrets(proof: Digested, material: Material): readonly UsableSecret[] {
	let ofMaterial = made.get(material);
	if (!ofMaterial) made.set(material, (ofMaterial = new WeakMap()));
	let usable = ofMaterial.get(proof);
	if (!usable) ofMaterial.set(proof, (usable = usableIn(proof, material)));
	return usable;
}

function usableIn(proof: Digested, { secrets }: Material): UsableSecret[] {
	const usable: UsableSecret[] = [];
	for (const [secretIndex, secret] of secrets.entries()) {
		if (!isSecret(secret)) continue;
		const key = proof.kind === 'hash' ? null : keyOf(proof, secret);
		if (key || proof.kind === 'hash') usable.push({ secretIndex, secret, key });
	}
	return usable;
}

function keyOf({ key }: Extract<Proof, { kind: 'hmac' }>, secret: string): KeyObject | null {
	const bytes = key ? key(secret) : Buffer.from(secret);
	return bytes && bytes.length > 0 ? createSecretKey(bytes) : null;
}

/** What everyone may know must never be a shared secret: anyone could sign with it. Nor may nothing. */
export const isSecret = (secret: string) =>
	secret !== '' && !secret.includes('PUBLIC KEY') && !secret.startsWith('whpk_');
