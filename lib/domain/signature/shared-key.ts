import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Material, Proof } from './scheme';

type Hmac = Extract<Proof, { kind: 'hmac' }>;

/** Made once per credential and proof: a key from bytes costs three times what the HMAC of a small body does. */
const made = new WeakMap<Material, WeakMap<Hmac, ReadonlyArray<KeyObject | null>>>();

/** A key for each secret, in order; null for what cannot be one. */
export function sharedKeys(proof: Hmac, material: Material): ReadonlyArray<KeyObject | null> {
	const ofMaterial = made.get(material) ?? new WeakMap<Hmac, ReadonlyArray<KeyObject | null>>();
	made.set(material, ofMaterial);
	const keys = ofMaterial.get(proof) ?? material.secrets.map((secret) => keyOf(proof, secret));
	ofMaterial.set(proof, keys);
	return keys;
}

function keyOf({ key }: Hmac, secret: string): KeyObject | null {
	if (!isSecret(secret)) return null;
	const bytes = key ? key(secret) : Buffer.from(secret);
	return bytes && bytes.length > 0 ? createSecretKey(bytes) : null;
}

/** What everyone may know must never be a shared secret: anyone could sign with it. Nor may nothing. */
export const isSecret = (secret: string) =>
	secret !== '' && !secret.includes('PUBLIC KEY') && !secret.startsWith('whpk_');
