import type { Http } from '../../runtime/http';

/** Half-open [start, end), epoch ms. */
export interface Busy {
	readonly start: number;
	readonly end: number;
}

export interface Booking {
	readonly calendarId: string;
	/** Deterministic: the same lead, owner and meeting give the same id, so that a repeat is the same event. `[a-v0-9]{5,1024}`. */
	readonly eventId: string;
	readonly start: number;
	readonly end: number;
	/** IANA zone that the event is shown in. */
	readonly timezone: string;
	readonly title: string;
	readonly description: string;
	readonly attendees: ReadonlyArray<{ readonly email: string; readonly name?: string }>;
	readonly videoCall: boolean;
	readonly notify: 'all' | 'externalOnly' | 'none';
}

export interface BookedEvent {
	readonly eventId: string;
	readonly start: number;
	readonly end: number;
	readonly htmlLink?: string;
	readonly joinUrl?: string;
	/** True when the event had been booked by an earlier try. */
	readonly repeated: boolean;
}

/** One calendar system. `busy` throws rather than call an unreadable calendar free. */
export interface Calendar {
	readonly id: string;
	busy(calendarId: string, start: number, end: number): Promise<Busy[]>;
	/** Undefined when no event with this id was ever booked (or it was cancelled). */
	find(calendarId: string, eventId: string): Promise<BookedEvent | undefined>;
	book(booking: Booking): Promise<BookedEvent>;
	cancel(calendarId: string, eventId: string): Promise<void>;
}

export type OpenCalendar = (http: Http) => Calendar;
