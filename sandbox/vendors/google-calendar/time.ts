import { DateTime, IANAZone } from 'luxon';
import type { VendorReply } from '../port';
import { isObject, textOf } from '../request';
import { refusal } from './errors';

type Moment = { ok: true; at: number } | { ok: false; reply: VendorReply };

/** An RFC 3339 time with offset, as the query and freeBusy want it. */
export function instant(value: unknown): number | undefined {
	if (typeof value !== 'string') return undefined;
	if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value)) return undefined;
	const parsed = DateTime.fromISO(value);
	return parsed.isValid ? parsed.toMillis() : undefined;
}

/** An event's `start` or `end`: a date, or a local or absolute time with an optional zone. */
export function eventTime(value: unknown, edge: 'start' | 'end', fallbackZone: string): Moment {
	const bad = (reason: string, message: string): Moment => ({
		ok: false,
		reply: refusal(400, reason, message),
	});
	if (!isObject(value)) return bad('required', `Missing ${edge} time.`);
	const zone = textOf(value['timeZone']);
	if (value['timeZone'] !== undefined && (!zone || !IANAZone.isValidZone(zone))) {
		return bad('invalid', `Invalid time zone definition for ${edge} time.`);
	}
	const date = textOf(value['date']);
	const dateTime = textOf(value['dateTime']);
	if (!date === !dateTime) return bad('invalid', `Invalid ${edge} time.`);
	if (date && !/^\d{4}-\d\d-\d\d$/.test(date))
		return bad('invalid', 'Invalid value for: Invalid format');
	if (dateTime && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(dateTime)) {
		return bad('badRequest', `Bad Request: "${dateTime}" is not an RFC 3339 time.`);
	}
	const absolute = /(Z|[+-]\d\d:\d\d)$/.test(dateTime ?? '');
	if (dateTime && !absolute && !zone) {
		return bad('required', `Missing time zone definition for ${edge} time.`);
	}
	const parsed = DateTime.fromISO(date ?? dateTime ?? '', { zone: zone ?? fallbackZone });
	return parsed.isValid
		? { ok: true, at: parsed.toMillis() }
		: bad('invalid', `Invalid ${edge} time.`);
}

/** In the zone asked for, the way Google writes it: `2026-01-05T09:00:00-05:00` or `…Z`. */
export function written(at: number, zone: string): string {
	return DateTime.fromMillis(at, { zone }).toISO({ suppressMilliseconds: true }) ?? '';
}
