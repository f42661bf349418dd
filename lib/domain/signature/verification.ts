import type { KnownEvent } from './event-facts';
import { REFUSALS, type RefusalReason } from './refusals';
import type { Scheme } from './scheme';
import type { Verdict } from './verify';

/** What a node writes under `verification`. Times are ISO 8601, UTC. */
export interface Verification {
	readonly ok: boolean;
	readonly scheme: string;
	readonly receivedAt: string;
	/** Why it was refused, from the catalogue of refusals, and in words. */
	readonly reason?: RefusalReason;
	readonly explanation?: string;
	/** It was a subscription check or a test message: answered, and no lead. */
	readonly challenge?: true;
	/** Which key in the credential matched: 0 is the current one. When 1 is not seen any more, a rotation is finished. */
	readonly secretIndex?: number;
	/** The same when the sender delivers the event again. */
	readonly eventId?: string;
	readonly eventIdFrom?: KnownEvent['eventIdFrom'];
	readonly eventType?: string;
	/** The ids of all events, where the delivery carries several. */
	readonly eventIds?: readonly string[];
	readonly occurredAt?: string;
	/** From the event to its arrival. */
	readonly lagMs?: number;
	/** When the sender signed. */
	readonly timestamp?: string;
	readonly ageMs?: number;
	/** What this sender's way of signing does not protect against. */
	readonly weakness?: string;
}

export function refusal(
	scheme: Pick<Scheme, 'id'>,
	now: number,
	{ reason, ageMs }: { readonly reason: RefusalReason; readonly ageMs?: number },
): Verification {
	return {
		ok: false,
		scheme: scheme.id,
		receivedAt: iso(now),
		reason,
		explanation: REFUSALS[reason],
		...(ageMs !== undefined && { ageMs }),
	};
}

/** `event`: the one that the item stands for. */
export function acceptance(
	{ id, weakness }: Pick<Scheme, 'id' | 'weakness'>,
	now: number,
	{
		verdict: { secretIndex, timestamp, ageMs },
		event,
	}: {
		readonly verdict: Extract<Verdict, { ok: true }>;
		readonly event: KnownEvent;
	},
): Verification {
	return {
		ok: true,
		scheme: id,
		receivedAt: iso(now),
		secretIndex,
		...one(event, now),
		...(timestamp !== undefined && { timestamp: iso(timestamp) }),
		...(ageMs !== undefined && { ageMs }),
		...(weakness !== undefined && { weakness }),
	};
}

const one = ({ eventId, eventIdFrom, type, occurredAt }: KnownEvent, now: number) => ({
	eventId,
	eventIdFrom,
	...(type !== undefined && { eventType: type }),
	...(occurredAt !== undefined && { occurredAt: iso(occurredAt), lagMs: now - occurredAt }),
});

const iso = (ms: number) => new Date(ms).toISOString();
