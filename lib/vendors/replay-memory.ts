import { createHmac } from 'node:crypto';
import type { Content } from '../domain/signature/scheme';
import type { Claims } from '../runtime/store/port';

/** What was proven, and the secret that proved it; empty where a public key did. */
export interface Proven {
	readonly content: Content;
	readonly secret: string;
}

/** Remembers which deliveries were accepted, for as long as they would still be believed. */
export interface ReplayMemory {
	/** For the first caller with this delivery, on all workers, the way to forget it again; null for all others. Throws `STORE_UNAVAILABLE`. */
	remember(scheme: string, proven: Proven, until: number): Promise<Forget | null>;
}

/** For a delivery that was believed and then could not be worked on: the sender has to be let in again. */
export type Forget = () => Promise<void>;

/**
 * Known by what was proven and not by the signature, because some kinds of signature (ECDSA) can be
 * rewritten by anyone so that they still verify; and not by the event id, because a sender that tries
 * again after a failure signs the same event anew. The secret belongs to it: a sender that tells two
 * endpoints of the same event in the same second signs the same text for both.
 */
export function replayMemory(store: Claims): ReplayMemory {
	return {
		async remember(scheme, { content, secret }, until) {
			const hash = createHmac('sha256', secret);
			for (const piece of content) hash.update(piece);
			const key = `replay:v2:${scheme}:${hash.digest('hex')}`;
			const [claim] = await store.claim([{ key, leaseUntil: until, expiresAt: until }]);
			if (claim?.state !== 'new') return null;
			const { token } = claim;
			return async () => void (await store.release([{ key, token }]));
		},
	};
}
