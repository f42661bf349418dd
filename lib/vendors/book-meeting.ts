import { considered, meetingId, type Considered } from '../domain/meeting';
import { isPipelineError, PipelineError } from '../domain/errors';
import { busyWindow, offer, withBuffers, type Slot, type SlotRequest } from '../domain/slots';
import type { BookedEvent, Booking, Calendar } from './calendars/port';
import { subjectOf } from '../runtime/store/subject';
import { holdMeeting, holdTime, letGo, settleTime, type Clerk, type Hold } from './slot-hold';

export interface Desk extends Clerk {
	readonly calendar: Calendar;
}

export interface Wish {
	readonly calendarId: string;
	readonly key: string;
	readonly purpose: string;
	readonly search: Omit<SlotRequest, 'busy' | 'now'>;
	readonly details: Omit<Booking, 'calendarId' | 'eventId' | 'start' | 'end'>;
}

export interface Search {
	readonly slots: readonly Slot[];
	readonly considered: readonly Considered[];
}

export type Booked =
	| {
			readonly kind: 'booked';
			readonly event: BookedEvent;
			readonly slot?: Slot;
			readonly considered: readonly Considered[];
	  }
	| { readonly kind: 'no-slot'; readonly considered: readonly Considered[] };

const MOST_ATTEMPTS = 20;

/** Slots that could be booked now, best first. Nothing is held. */
export async function findSlots(desk: Desk, wish: Wish, limit: number): Promise<Search> {
	const { found, leadHours } = await look(desk, wish);
	const slots = found.slots.slice(0, limit);
	return { slots, considered: considered(found, [], slots.at(-1), leadHours) };
}

/**
 * Books the best slot that nobody else is booking, or gives the meeting that this wish had got before.
 * The meeting and the slot are claimed first: executions at once neither book one wish twice
 * nor two wishes into one slot.
 */
export async function book(owner: Desk, wish: Wish): Promise<Booked> {
	const [guest] = wish.details.attendees;
	const desk = { ...owner, ...(guest && { subject: subjectOf(guest.email) }) };
	const hold = await holdMeeting(desk, meetingId({ ...wish, attempt: 1 }));
	try {
		const standing = await findStanding(desk, wish, 1);
		if (standing.event) return { kind: 'booked', event: standing.event, considered: [] };
		return await bookFree(desk, wish, standing.attempt);
	} finally {
		await letGo(desk.store, [hold]);
	}
}

async function bookFree(desk: Desk, wish: Wish, attempt: number): Promise<Booked> {
	const { found, leadHours } = await look(desk, wish);
	const lost: Slot[] = [];
	for (const slot of found.slots) {
		const held = await holdTime(desk, wish.calendarId, withBuffers(slot, wish.search.rules));
		if (!held) {
			lost.push(slot);
			continue;
		}
		const event = await bookHeld(desk, wish, { slot, attempt, held });
		return { kind: 'booked', event, slot, considered: considered(found, lost, slot, leadHours) };
	}
	return { kind: 'no-slot', considered: considered(found, lost, undefined, leadHours) };
}

async function look({ calendar, now }: Desk, { calendarId, search }: Wish) {
	const request = { ...search, now: now() };
	const { start, end } = busyWindow(request);
	const busy = await calendar.busy(calendarId, start, end);
	return { found: offer({ ...request, busy }), leadHours: search.leadHours };
}

/** The live meeting of this wish, or the first attempt whose id was never used. */
async function findStanding({ calendar }: Desk, wish: Wish, from: number) {
	for (let attempt = from; attempt <= MOST_ATTEMPTS; attempt += 1) {
		const standing = await calendar.find(wish.calendarId, meetingId({ ...wish, attempt }));
		if (standing.kind === 'booked') return { attempt, event: standing.event };
		if (standing.kind === 'absent') return { attempt };
	}
	throw new PipelineError(
		'CONFLICT',
		`This meeting was booked and cancelled ${MOST_ATTEMPTS} times. Give it another 'Meeting Key'`,
	);
}

async function bookHeld(
	desk: Desk,
	wish: Wish,
	{ slot, attempt, held }: { readonly slot: Slot; readonly attempt: number; readonly held: Hold[] },
): Promise<BookedEvent> {
	try {
		const event = await bookAs(desk, wish, slot, attempt);
		if (event.repeated) await letGo(desk.store, held);
		else await settleTime(desk, held);
		return event;
	} catch (error) {
		// After a lost answer the slot may be taken: then the lease has to run out by itself.
		if (!isPipelineError(error) || !error.retryable) await letGo(desk.store, held);
		throw error;
	}
}

/** Books under the first id that no cancelled meeting has. */
async function bookAs(desk: Desk, wish: Wish, slot: Slot, attempt: number): Promise<BookedEvent> {
	const { calendarId, details } = wish;
	const eventId = meetingId({ ...wish, attempt });
	const { start, end } = slot;
	try {
		return await desk.calendar.book({ ...details, calendarId, eventId, start, end });
	} catch (error) {
		if (!isPipelineError(error) || error.code !== 'CONFLICT') throw error;
		const next = await findStanding(desk, wish, attempt + 1);
		return next.event ?? (await bookAs(desk, wish, slot, next.attempt));
	}
}
