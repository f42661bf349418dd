import { createHash } from 'node:crypto';
import type { Received } from './received';
import type { EventFact, Scheme } from './scheme';

/** An event of a verified delivery, with the id that Dedupe claims it by. */
export interface KnownEvent extends Pick<EventFact, 'type' | 'occurredAt' | 'data'> {
	readonly eventId: string;
	/** Whose id it is: the sender's own, one made of the event's fields, or a hash of the bytes. */
	readonly eventIdFrom: 'sender' | 'fields' | 'content';
}

/** One id for a delivery of several events: the same only when the same events come again. */
export function deliveryEvent(events: readonly KnownEvent[], body: Buffer): KnownEvent {
	const [first, ...others] = events;
	if (first && others.length === 0) return first;
	return { ...first, ...idOf({}, body) };
}

/**
 * The events that a verified delivery carries, each with an id that is the same when the sender
 * delivers it again. `signedId` is the id that is part of the proof, for a delivery of one event.
 */
export function eventsOf(scheme: Scheme, received: Received, signedId?: string): KnownEvent[] {
	const facts = scheme.events?.(received) ?? [];
	const listed = facts.length > 0 ? facts : [{}];
	return listed.map((fact) => {
		const { type, occurredAt, data } = fact;
		const id = listed.length === 1 && signedId !== undefined ? signedId : fact.id;
		return {
			...idOf({ ...fact, ...(id !== undefined && { id }) }, received.body),
			...(type !== undefined && { type }),
			...(occurredAt !== undefined && isDate(occurredAt) && { occurredAt }),
			...(data !== undefined && { data }),
		};
	});
}

/** What JavaScript can write as a date: a sender may say anything. */
const isDate = (ms: number) => Number.isFinite(ms) && Math.abs(ms) <= 8.64e15;

function idOf(
	{ id, composite, data }: EventFact,
	body: Buffer,
): Pick<KnownEvent, 'eventId' | 'eventIdFrom'> {
	if (id !== undefined && id !== '') return { eventId: id, eventIdFrom: 'sender' };
	const parts = composite?.filter((part) => part !== undefined && part !== null && part !== '');
	if (composite && parts?.length === composite.length && parts.length > 0)
		return { eventId: parts.map(String).join(':'), eventIdFrom: 'fields' };
	const bytes = data === undefined ? body : JSON.stringify(data);
	const hash = createHash('sha256').update(bytes).digest('hex');
	return { eventId: `sha256:${hash}`, eventIdFrom: 'content' };
}
