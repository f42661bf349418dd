import { DateTime } from 'luxon';
import type { Rep } from '../../team';
import type { Json } from '../request';

/** An event as stored: the caller's resource plus its place in time. */
export interface StoredEvent {
	resource: Json & { id: string; status: string };
	/** Epoch ms. */
	start: number;
	end: number;
}

export interface Calendar {
	readonly id: string;
	readonly timezone: string;
	readonly events: Map<string, StoredEvent>;
}

const seededWorkdays = 20;

/** One calendar a rep, busy with what a working day has, relative to now. */
export function openCalendars(team: readonly Rep[], now: number): Map<string, Calendar> {
	return new Map(
		team.map((rep, index) => [
			rep.calendarId,
			{ id: rep.calendarId, timezone: rep.timezone, events: seededEvents(rep, index, now) },
		]),
	);
}

function seededEvents(rep: Rep, index: number, now: number): Map<string, StoredEvent> {
	const events = new Map<string, StoredEvent>();
	const today = DateTime.fromMillis(now, { zone: rep.timezone }).startOf('day');
	let workday = 0;
	for (let offset = 0; workday < seededWorkdays; offset += 1) {
		const day = today.plus({ days: offset });
		if (!rep.hours.days.includes(day.weekday)) continue;
		for (const [summary, start, end] of blocks(rep, index, workday)) {
			const stored = block(rep, summary, at(day, start), at(day, end), now);
			events.set(stored.resource.id, stored);
		}
		workday += 1;
	}
	return events;
}

/** What fills the day; the second workday of the first rep is taken from end to end. */
function blocks(rep: Rep, index: number, workday: number): Array<[string, string, string]> {
	if (index === 0 && workday === 1) return [['Offsite', rep.hours.start, rep.hours.end]];
	const day: Array<[string, string, string]> = [
		['Team stand-up', '09:00', '09:30'],
		['Lunch', '12:00', '13:00'],
	];
	if (workday % 2 === index % 2) day.push(['Customer call', '14:00', '15:00']);
	return day;
}

function block(
	rep: Rep,
	summary: string,
	start: DateTime,
	end: DateTime,
	now: number,
): StoredEvent {
	const stamp = new Date(now).toISOString();
	const id = `seed${rep.hubspotOwnerId}${start.toFormat('yyyyMMddHHmm')}`;
	return {
		resource: {
			kind: 'calendar#event',
			etag: '"1"',
			id,
			status: 'confirmed',
			created: stamp,
			updated: stamp,
			summary,
			creator: { email: rep.email, self: true },
			organizer: { email: rep.email, self: true },
			start: { dateTime: start.toISO({ suppressMilliseconds: true }), timeZone: rep.timezone },
			end: { dateTime: end.toISO({ suppressMilliseconds: true }), timeZone: rep.timezone },
			iCalUID: `${id}@google.com`,
			eventType: 'default',
		},
		start: start.toMillis(),
		end: end.toMillis(),
	};
}

function at(day: DateTime, time: string): DateTime {
	const [hour = 0, minute = 0] = time.split(':').map(Number);
	return day.set({ hour, minute });
}
