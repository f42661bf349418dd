import { IANAZone } from 'luxon';
import type { VendorReply } from '../port';
import { isObject, textOf, unknownKeys, type Json } from '../request';
import type { Calendar } from './calendars';
import { refusal } from './errors';
import { instant, written } from './time';

const MAX_RANGE_MS = 92 * 24 * 60 * 60 * 1_000;
const MAX_CALENDARS = 50;

/** https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query */
export function freeBusy(calendars: CalendarLookup, body: Json): VendorReply {
	const known = [
		'timeMin',
		'timeMax',
		'timeZone',
		'groupExpansionMax',
		'calendarExpansionMax',
		'items',
	];
	const unknown = unknownKeys(body, known);
	if (unknown.length > 0) return badField(unknown[0] ?? '');
	const from = instant(body['timeMin']);
	const to = instant(body['timeMax']);
	if (from === undefined) return refusal(400, 'badRequest', 'Invalid value for: timeMin');
	if (to === undefined) return refusal(400, 'badRequest', 'Invalid value for: timeMax');
	if (to <= from) return refusal(400, 'timeRangeEmpty', 'The specified time range is empty.');
	if (to - from > MAX_RANGE_MS) {
		return refusal(400, 'timeRangeTooLong', 'The requested time range is too long.');
	}
	const zone = textOf(body['timeZone']) ?? 'UTC';
	if (!IANAZone.isValidZone(zone)) return refusal(400, 'invalid', `Invalid time zone: ${zone}`);
	const ids = itemIds(body['items']);
	if (!ids) return refusal(400, 'required', 'Required: items');

	return {
		status: 200,
		body: {
			kind: 'calendar#freeBusy',
			timeMin: written(from, 'UTC'),
			timeMax: written(to, 'UTC'),
			calendars: Object.fromEntries(
				ids.map((id, index) => {
					if (index >= MAX_CALENDARS) return [id, failed('tooManyCalendarsRequested')];
					const calendar = calendars(id);
					return [id, calendar ? { busy: busy(calendar, from, to, zone) } : failed('notFound')];
				}),
			),
		},
	};
}

export type CalendarLookup = (id: string) => Calendar | undefined;

export function badField(name: string): VendorReply {
	const message = `Invalid JSON payload received. Unknown name "${name}": Cannot find field.`;
	return refusal(400, 'badRequest', message);
}

function itemIds(items: unknown): string[] | undefined {
	if (!Array.isArray(items) || items.length === 0) return undefined;
	const ids = items.map((item) => (isObject(item) ? textOf(item['id']) : undefined));
	return ids.every((id) => id !== undefined) ? ids : undefined;
}

function failed(reason: string) {
	return { errors: [{ domain: 'global', reason }], busy: [] };
}

/** Merged, clipped to the range, in order. */
function busy(calendar: Calendar, from: number, to: number, zone: string) {
	const spans = [...calendar.events.values()]
		.filter(
			({ resource }) =>
				resource.status !== 'cancelled' && resource['transparency'] !== 'transparent',
		)
		.filter(({ start, end }) => start < to && end > from)
		.map(({ start, end }) => ({ start: Math.max(start, from), end: Math.min(end, to) }))
		.sort((a, b) => a.start - b.start);
	const merged: Array<{ start: number; end: number }> = [];
	for (const span of spans) {
		const last = merged.at(-1);
		if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
		else merged.push({ ...span });
	}
	return merged.map(({ start, end }) => ({ start: written(start, zone), end: written(end, zone) }));
}
