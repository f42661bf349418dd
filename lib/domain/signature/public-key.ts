import { createPublicKey, type KeyObject } from 'node:crypto';
import { decode } from './decode';

/** PEM, or the base64 of its inside as some senders show it. Null for anything else, private keys included. */
export function publicKey(text: string): KeyObject | null {
	const trimmed = text.trim();
	if (trimmed.includes('PRIVATE KEY')) return null;
	try {
		if (trimmed.startsWith('-----')) return createPublicKey(trimmed);
		const der = decode(trimmed.replace(/\s+/g, ''), 'base64');
		return der && createPublicKey({ key: der, format: 'der', type: 'spki' });
	} catch {
		return null;
	}
}
