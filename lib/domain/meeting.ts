import { createHash } from 'node:crypto';
import { IANAZone } from 'luxon';
import { PipelineError } from './errors';
import { outsideLeadHours, type Offer, type Slot } from './slots';
import { localTime, type Interval, type WorkingHours } from './working-hours';

export interface MeetingIdentity {
	/** What makes two requests the same meeting: the lead's event or key. */
	readonly key: string;
	readonly calendarId: string;
	/** Keeps a demo apart from an intro call with the same lead. */
	readonly purpose: string;
	/** From 1. A calendar never gives the id of a cancelled meeting away again, so the next one gets a new id. */
	readonly attempt: number;
}

/** Lower-case hex, 64 characters: an id that every calendar takes. */
export function meetingId({ key, calendarId, purpose, attempt }: MeetingIdentity): string {
	if (!key.trim()) {
		throw new PipelineError(
			'INVALID_INPUT',
			"'Meeting Key' is empty, so a repeat could not be told from a new meeting. Set it",
		);
	}
	return createHash('sha256')
		.update(JSON.stringify([key, calendarId.toLowerCase(), purpose, attempt]))
		.digest('hex');
}

const CELL_MS = 5 * 60_000;

/** The five-minute cells that an interval touches, as ISO times: two that overlap share one at least. */
export function cellsOf({ start, end }: Interval): string[] {
	const first = Math.floor(start / CELL_MS);
	const count = Math.ceil(end / CELL_MS) - first;
	return Array.from({ length: count }, (_, index) =>
		new Date((first + index) * CELL_MS).toISOString(),
	);
}

export interface Considered {
	/** ISO 8601, UTC. */
	readonly startAt: string;
	readonly rejected: string;
}

const SHOWN = 20;

/** Why the starts before the chosen slot fell out, at most 20; without a slot, why all did. */
export function considered(
	{ slots, rejected }: Offer,
	lost: readonly Slot[],
	chosen: Slot | undefined,
	leadHours: WorkingHours | undefined,
): Considered[] {
	const unkind = slots.filter((slot) => slot.inLeadHours === false && !lost.includes(slot));
	return [
		...rejected,
		...lost.map(({ start }) => ({ start, reason: 'taken by another booking just now' })),
		...unkind.map(({ start }) => ({
			start,
			reason: leadHours ? outsideLeadHours(start, leadHours) : "outside the lead's hours",
		})),
	]
		.filter(({ start }) => chosen === undefined || start < chosen.start)
		.sort((one, other) => one.start - other.start)
		.slice(0, SHOWN)
		.map(({ start, reason }) => ({ startAt: new Date(start).toISOString(), rejected: reason }));
}

/** One sentence on whose hours the slot keeps. */
export function whySlot({ inLeadHours }: Slot, leadZone: string | undefined): string {
	if (leadZone === undefined) {
		return "first free slot in the owner's hours; the lead's time zone is not known";
	}
	return inLeadHours === false
		? `nothing was free between 08:00 and 18:00 in ${leadZone}, so only the owner's hours were kept`
		: 'first free slot in the hours of the owner and the lead';
}

/** A time as both people read it. */
export const describeTimes = (
	{ start, end }: Interval,
	owner: string,
	lead: string | undefined,
) => ({
	startAt: new Date(start).toISOString(),
	endAt: new Date(end).toISOString(),
	owner: { timezone: owner, local: localTime(start, owner) },
	...(lead !== undefined && { lead: { timezone: lead, local: localTime(start, lead) } }),
});

/** The lead's zone when it is one; a value that is no zone counts as not known. */
export const knownZone = (zone: string): string | undefined =>
	IANAZone.isValidZone(zone) ? zone : undefined;
