import { DateTime, IANAZone } from 'luxon';
import { PipelineError } from './errors';

/** When an owner works, every week, by the clock on the owner's wall. */
export interface WorkingHours {
	/** IANA zone, e.g. `Europe/Berlin`. */
	readonly timezone: string;
	/** ISO weekdays: 1 is Monday, 7 is Sunday. */
	readonly days: readonly number[];
	/** `HH:mm`, from `00:00` to `23:59`. */
	readonly start: string;
	/** `HH:mm`, later than `start`; `24:00` is the end of the day. */
	readonly end: string;
}

/** Half-open [start, end), epoch ms. */
export interface Interval {
	readonly start: number;
	readonly end: number;
}

const MINUTE_MS = 60_000;
const CLOCK = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;

/** Throws `CONFIG_INVALID` naming the zone, day or time that cannot work. `whose` begins the message. */
export function checkWorkingHours(hours: WorkingHours, whose: string): WorkingHours {
	const wrong = (message: string) => new PipelineError('CONFIG_INVALID', `${whose}: ${message}`);
	if (!IANAZone.isValidZone(hours.timezone)) {
		throw wrong(`'${hours.timezone}' is not an IANA time zone. Use one such as Europe/Berlin`);
	}
	if (hours.days.length === 0) throw wrong('no working day is set. Choose at least one');
	const badDay = hours.days.find((day) => !Number.isInteger(day) || day < 1 || day > 7);
	if (badDay !== undefined) throw wrong(`'${badDay}' is not a weekday. Use 1 (Monday) to 7`);
	for (const time of [hours.start, hours.end]) {
		if (!CLOCK.test(time)) throw wrong(`'${time}' is not a time of day. Use HH:mm, e.g. 09:00`);
	}
	if (minuteOfDay(hours.end) <= minuteOfDay(hours.start)) {
		throw wrong(`the working day ends at ${hours.end}, which is not after ${hours.start}`);
	}
	return hours;
}

/**
 * The time worked within [from, to), in order and merged where days touch. An instant is worked when the
 * owner's wall clock shows a time in [start, end) of a working day: an hour that spring skips
 * counts nothing and an hour that autumn repeats counts twice.
 */
export function workingIntervals(from: number, to: number, hours: WorkingHours): Interval[] {
	const merged: Interval[] = [];
	for (const { start, end } of daysWorked(from, hours)) {
		if (start >= to) break;
		const clipped = { start: Math.max(start, from), end: Math.min(end, to) };
		const last = merged.at(-1);
		if (last && last.end === clipped.start)
			merged[merged.length - 1] = { ...last, end: clipped.end };
		else merged.push(clipped);
	}
	return merged;
}

/**
 * The moment when the owner has worked `minutes` since `from`. With 0 minutes: `from` itself, or the
 * start of the next working day. A deadline at closing time stays there.
 */
export function addWorkingTime(from: number, minutes: number, hours: WorkingHours): number {
	if (!(minutes >= 0 && minutes <= 525_600)) {
		throw new PipelineError(
			'CONFIG_INVALID',
			`${minutes} working minutes cannot be added. Use 0 to 525600`,
		);
	}
	let left = minutes * MINUTE_MS;
	for (const { start, end } of daysWorked(from, hours)) {
		const begin = Math.max(start, from);
		if (left <= end - begin) return begin + left;
		left -= end - begin;
	}
	throw new PipelineError('CONFIG_INVALID', `Nobody works in ${hours.timezone} within three years`);
}

export const isWorkingAt = (at: number, hours: WorkingHours): boolean =>
	addWorkingTime(at, 0, hours) === at;

/** `Mon 23 Nov 2026, 10:00 (Europe/Berlin)`. */
export const localTime = (at: number, timezone: string): string =>
	DateTime.fromMillis(at, { zone: timezone, locale: 'en-US' }).toFormat(
		`ccc d LLL yyyy, HH:mm '(${timezone})'`,
	);

/** Every stretch of work that ends after `from`, for up to three years. */
function* daysWorked(from: number, hours: WorkingHours): Generator<Interval> {
	const first = DateTime.fromMillis(from, { zone: hours.timezone }).startOf('day');
	for (let offset = 0; offset < 1100; offset += 1) {
		const day = first.plus({ days: offset });
		if (!hours.days.includes(day.weekday)) continue;
		for (const interval of workOn(day, hours)) if (interval.end > from) yield interval;
	}
}

/** One day's work. The wall clock runs evenly between changes of offset, so each such part is clipped alone. */
function workOn(day: DateTime, hours: WorkingHours): Interval[] {
	const midnight = Date.UTC(day.year, day.month - 1, day.day);
	return evenParts(day)
		.map(({ start, end, offset }) => ({
			start: Math.max(start, midnight + (minuteOfDay(hours.start) - offset) * MINUTE_MS),
			end: Math.min(end, midnight + (minuteOfDay(hours.end) - offset) * MINUTE_MS),
		}))
		.filter(({ start, end }) => start < end);
}

/** The local day cut where the zone's offset (in minutes) changes. */
function evenParts(day: DateTime): Array<Interval & { readonly offset: number }> {
	const start = day.startOf('day').toMillis();
	const end = day.plus({ days: 1 }).startOf('day').toMillis();
	const offsetAt = (at: number) => DateTime.fromMillis(at, { zone: day.zone }).offset;
	const offset = offsetAt(start);
	const later = offsetAt(end - 1);
	if (offset === later) return [{ start, end, offset }];
	let [before, after] = [start, end - 1];
	while (after - before > 1) {
		const middle = Math.floor((before + after) / 2);
		if (offsetAt(middle) === offset) before = middle;
		else after = middle;
	}
	return [
		{ start, end: after, offset },
		{ start: after, end, offset: later },
	];
}

const minuteOfDay = (clock: string): number =>
	Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
