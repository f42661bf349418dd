import type { VendorReply } from '../port';
import { isObject, unknownKeys, type Json } from '../request';
import type { Calendar } from './calendars';
import { refusal } from './errors';
import { badField } from './free-busy';
import { eventTime } from './time';

const writable = [
	...['id', 'summary', 'description', 'location', 'start', 'end', 'attendees', 'conferenceData'],
	...[
		'reminders',
		'visibility',
		'transparency',
		'colorId',
		'extendedProperties',
		'source',
		'status',
	],
	...['guestsCanModify', 'guestsCanInviteOthers', 'guestsCanSeeOtherGuests', 'anyoneCanAddSelf'],
	...['recurrence', 'iCalUID', 'sequence', 'eventType', 'attachments', 'eventLabelId', 'kind'],
];

/** What is wrong with the event or the query, in Google's words. */
export function problemIn(body: Json, query: URLSearchParams): VendorReply | undefined {
	const unknown = unknownKeys(body, writable);
	if (unknown.length > 0) return badField(unknown[0] ?? '');
	const updates = query.get('sendUpdates');
	if (updates !== null && !['all', 'externalOnly', 'none'].includes(updates)) {
		return refusal(400, 'invalidParameter', `Invalid value '${updates}' for: sendUpdates`);
	}
	for (const key of ['summary', 'description', 'location']) {
		if (body[key] !== undefined && typeof body[key] !== 'string') {
			return refusal(400, 'invalid', `Invalid value for: ${key}`);
		}
	}
	const attendees = body['attendees'];
	if (attendees === undefined) return undefined;
	if (!Array.isArray(attendees)) return refusal(400, 'invalid', 'Invalid value for: attendees');
	const valid = attendees.every(
		(guest) => isObject(guest) && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(String(guest['email'])),
	);
	return valid ? undefined : refusal(400, 'invalid', 'Invalid attendee email.');
}

/** When the event is, epoch ms. */
export function placeInTime(
	calendar: Calendar,
	body: Json,
): { start: number; end: number } | { reply: VendorReply } {
	const start = eventTime(body['start'], 'start', calendar.timezone);
	if (!start.ok) return start;
	const end = eventTime(body['end'], 'end', calendar.timezone);
	if (!end.ok) return end;
	if (end.at <= start.at) {
		return { reply: refusal(400, 'timeRangeEmpty', 'The specified time range is empty.') };
	}
	return { start: start.at, end: end.at };
}
