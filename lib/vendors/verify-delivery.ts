import { deliveryEvent, eventsOf } from '../domain/signature/event-facts';
import { receive, type Delivery, type Received } from '../domain/signature/received';
import type { Answer, Material, Scheme } from '../domain/signature/scheme';
import { acceptance, refusal, type Verification } from '../domain/signature/verification';
import { verify, type Verdict } from '../domain/signature/verify';
import type { PublishedKeys } from './published-keys';
import type { Forget, ReplayMemory } from './replay-memory';

export interface Gate {
	readonly scheme: Scheme;
	readonly material: Material;
	/** Default: the scheme's own. */
	readonly toleranceMs?: number;
	readonly keys: PublishedKeys;
	/** Absent: replays inside the tolerance are let through, for Dedupe to find. */
	readonly memory?: ReplayMemory;
	/** Asks the sender whether it knows the record. Absent: the signature is enough. */
	readonly confirm?: (received: Received) => Promise<Confirmation>;
}

export type Confirmation =
	| { readonly ok: true; readonly record: unknown }
	| { readonly ok: false; readonly reason: 'NOT_CONFIRMED' };

export type Outcome =
	| {
			readonly kind: 'verified';
			readonly verification: Verification;
			/** One per event; each with the verification of its own. */
			readonly events: ReadonlyArray<{
				readonly data?: unknown;
				readonly verification: Verification;
			}>;
			/** What the sender answered when it was asked. */
			readonly record?: unknown;
			/** Takes it out of the replay memory. */
			readonly forget?: Forget;
	  }
	| { readonly kind: 'challenge'; readonly verification: Verification; readonly answer: Answer }
	| { readonly kind: 'refused'; readonly verification: Verification };

/** A published key that is younger than this is not fetched again for a key id that nobody knows. */
const FRESH_MS = 60_000;

/**
 * The whole way of one delivery through the gate, in the order that keeps it shut: challenge, keys,
 * signature, replay memory, confirmation. Throws a `PipelineError` where it cannot be decided (keys or
 * store out of reach): the sender has to come again. `now` is epoch ms.
 */
export async function verifyDelivery(
	delivery: Delivery,
	gate: Gate,
	now: number,
): Promise<Outcome> {
	const { scheme } = gate;
	const received = receive(delivery);
	const asked = scheme.challenge?.unsigned?.(received, gate.material);
	if (asked) return challenged(scheme, now, asked);

	const verdict = await judged(received, gate, now);
	if (!verdict.ok) return { kind: 'refused', verification: refusal(scheme, now, verdict) };
	const answer = scheme.challenge?.signed?.(received, verdict.secret);
	if (answer) return challenged(scheme, now, answer);

	const confirmed = await gate.confirm?.(received);
	if (confirmed && !confirmed.ok)
		return { kind: 'refused', verification: refusal(scheme, now, confirmed) };
	const forget = await remember(verdict, gate, now);
	if (forget === null)
		return { kind: 'refused', verification: refusal(scheme, now, { reason: 'REPLAYED' }) };
	const record = confirmed ? { record: confirmed.record } : {};
	return { ...accepted(received, { scheme, verdict, now }), ...record, ...(forget && { forget }) };
}

const challenged = (scheme: Scheme, now: number, answer: Answer): Outcome => ({
	kind: 'challenge',
	verification: {
		ok: true,
		scheme: scheme.id,
		receivedAt: new Date(now).toISOString(),
		challenge: true,
	},
	answer,
});

/** A key that is not among the published ones may have been added since they were fetched. */
async function judged(received: Received, gate: Gate, now: number): Promise<Verdict> {
	const { scheme, material, keys, toleranceMs } = gate;
	const settings = { now, ...(toleranceMs !== undefined && { toleranceMs }) };
	const wanted = scheme.keyUrls?.(received) ?? { ok: true, urls: [] };
	if (!wanted.ok) return wanted;
	if (wanted.urls.length === 0) return verify(scheme, received, material, settings);
	const fetched = await keys.get(wanted.urls);
	const verdict = verify(scheme, received, { ...material, fetched }, settings);
	if (verdict.ok || verdict.reason !== 'UNKNOWN_KEY') return verdict;
	const again = await keys.get(wanted.urls, now - FRESH_MS);
	return verify(scheme, received, { ...material, fetched: again }, settings);
}

/**
 * Null: it was seen before. Senders without a clock repeat themselves to the byte: there a repeat is
 * not a replay, and Dedupe's.
 */
async function remember(
	{ content, secret, toleranceMs }: Extract<Verdict, { ok: true }>,
	{ scheme, memory }: Gate,
	now: number,
): Promise<Forget | null | undefined> {
	if (!memory || toleranceMs === undefined) return undefined;
	return await memory.remember(scheme.id, { content, secret }, now + 2 * toleranceMs + FRESH_MS);
}

function accepted(
	received: Received,
	{
		scheme,
		verdict,
		now,
	}: {
		readonly scheme: Scheme;
		readonly verdict: Extract<Verdict, { ok: true }>;
		readonly now: number;
	},
): Extract<Outcome, { kind: 'verified' }> {
	const events = eventsOf(scheme, received, verdict.eventId);
	const event = deliveryEvent(events, received.body);
	const whole = acceptance(scheme, now, { verdict, event });
	const ids = events.map(({ eventId }) => eventId);
	return {
		kind: 'verified',
		verification: events.length > 1 ? { ...whole, eventIds: ids } : whole,
		events: events.map((one) => ({
			...(one.data !== undefined && { data: one.data }),
			verification: acceptance(scheme, now, { verdict, event: one }),
		})),
	};
}
