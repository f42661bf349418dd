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

/** What an event id stands for. A cancelled one stays taken for ever. */
export type Standing =
	| { readonly kind: 'booked'; readonly event: BookedEvent }
	| { readonly kind: 'cancelled' }
	| { readonly kind: 'absent' };

/** One calendar system, seen with one credential. */
export interface Calendar {
	/** Throws rather than call an unreadable calendar free. */
	busy(calendarId: string, start: number, end: number): Promise<Busy[]>;
	find(calendarId: string, eventId: string): Promise<Standing>;
	/** Reads back what became of a write without an answer. Throws `CONFLICT` when the id belongs to a cancelled event. */
	book(booking: Booking): Promise<BookedEvent>;
	/** Cancelling what is not there is done already. */
	cancel(calendarId: string, eventId: string, notify: Booking['notify']): Promise<void>;
	/** The calendars that this account may write to. */
	calendars(): Promise<Array<{ readonly id: string; readonly title: string }>>;
}

/** A calendar system as data. Implement it in one file. */
export interface CalendarVendor {
	readonly id: string;
	readonly title: string;
	/** n8n credential type. */
	readonly credential: string;
	/** Whether n8n refreshes tokens for this credential type. */
	readonly oauth2: boolean;
	open(http: Http): Calendar;
}
