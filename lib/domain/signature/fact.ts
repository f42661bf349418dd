import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Received } from './received';
import type { EventFact } from './scheme';

type Maybe<T> = T | null | undefined;

/** What a sender's JSON says about an event, as it stands there. */
export interface Told {
	readonly id?: Maybe<string | number>;
	readonly composite?: readonly unknown[];
	readonly type?: Maybe<string>;
	/** Epoch ms, or ISO 8601 (UTC where it names no zone). */
	readonly occurredAt?: Maybe<string | number>;
	readonly data?: unknown;
}

/** A fact without what the sender left out. */
export function fact({ id, composite, type, occurredAt, data }: Told): EventFact {
	const at = typeof occurredAt === 'string' ? isoMs(occurredAt) : occurredAt;
	return {
		...(id !== undefined && id !== null && { id: String(id) }),
		...(composite && { composite }),
		...(type && { type }),
		...(at !== undefined && at !== null && { occurredAt: at }),
		...(data !== undefined && { data }),
	};
}

const isoMs = (text: string) => DateTime.fromISO(text, { zone: 'utc' }).toMillis();

/** A header for the facts of a delivery: absent, and also one sent twice, is undefined. */
export function told(received: Received, name: string): string | undefined {
	const found = received.header(name);
	return found?.ok ? found.value : undefined;
}

/** A field that facts are made of: what has another shape than the documents say is left out, not refused. */
export const text = z.string().optional().catch(undefined);
export const number = z.number().optional().catch(undefined);
export const id = z.union([z.string(), z.number()]).optional().catch(undefined);
