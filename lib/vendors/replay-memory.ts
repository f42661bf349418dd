import { createHash } from 'node:crypto';
import type { Content } from '../domain/signature/scheme';
import type { Claims } from '../runtime/store/port';

/** Remembers which deliveries were accepted, for as long as they would still be believed. */
export interface ReplayMemory {
	/** True for the first caller with this delivery, on all workers. Throws `STORE_UNAVAILABLE`. */
	isFirst(scheme: string, content: Content, until: number): Promise<boolean>;
}

/**
 * Known by what was proven and not by the signature, because some kinds of signature (ECDSA) can be
 * rewritten by anyone so that they still verify; and not by the event id, because a sender that tries
 * again after a failure signs the same event anew.
 */
export function replayMemory(store: Claims): ReplayMemory {
	return {
		async isFirst(scheme, content, until) {
			const hash = createHash('sha256');
			for (const piece of content) hash.update(piece);
			const key = `replay:v1:${scheme}:${hash.digest('hex')}`;
			const [claim] = await store.claim([{ key, leaseUntil: until, expiresAt: until }]);
			return claim?.state === 'new';
		},
	};
}
