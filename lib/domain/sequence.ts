import { PipelineError } from './errors';
import { parseInstant } from './instant';
import { maskValue } from './mask';

/** What events of one entity are ordered by. */
export type OrderedBy = 'time' | 'number';

export type Place =
	/** `missing`: how many numbers lie between the last event and this one; 0 for times. */
	| { readonly order: 'first' | 'next' | 'same'; readonly missing: bigint }
	/** `behind`: milliseconds, or numbers, behind the newest event. */
	| { readonly order: 'late'; readonly behind: bigint };

/** Where an event stands: ms since 1970, or its number. Throws `INVALID_INPUT`. */
export function positionOf(value: unknown, by: OrderedBy): bigint {
	const position = by === 'time' ? timeOf(value) : numberOf(value);
	if (position !== undefined) return position;
	const wanted = by === 'time' ? 'an ISO 8601 time or an epoch' : 'a whole number';
	throw new PipelineError(
		'INVALID_INPUT',
		`The event's place is ${maskValue(value)}, and has to be ${wanted}. Correct 'Position', or choose what it is in 'Ordered By'`,
	);
}

/** How far a sender's clock may be ahead of ours. */
const CLOCK_MS = 5 * 60_000;

/**
 * An event cannot have happened after it was received: one that says so, by a clock that is far ahead,
 * counts as happening then. Else every later event of its entity would be late.
 */
export function withinClock(
	position: bigint,
	by: OrderedBy,
	receivedAt: number,
): { readonly position: bigint; readonly aheadMs: number } {
	const aheadMs = by === 'time' ? Number(position - BigInt(receivedAt)) : 0;
	return aheadMs > CLOCK_MS ? { position: BigInt(receivedAt), aheadMs } : { position, aheadMs: 0 };
}

/** The event beside the newest one of its entity so far. */
export function placeOf(newest: bigint | undefined, position: bigint, by: OrderedBy): Place {
	if (newest === undefined) return { order: 'first', missing: 0n };
	if (position < newest) return { order: 'late', behind: newest - position };
	if (position === newest) return { order: 'same', missing: 0n };
	return { order: 'next', missing: by === 'number' ? position - newest - 1n : 0n };
}

function timeOf(value: unknown): bigint | undefined {
	const instant = parseInstant(value);
	return instant === undefined ? undefined : BigInt(Date.parse(instant));
}

/** As text it may be longer than a JavaScript number, as replay ids and offsets are. */
function numberOf(value: unknown): bigint | undefined {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
	if (typeof value !== 'string') return undefined;
	return /^-?\d{1,30}$/.test(value.trim()) ? BigInt(value.trim()) : undefined;
}
