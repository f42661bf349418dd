import { DateTime } from 'luxon';

const SECONDS_END = 100_000_000_000;

/**
 * A moment as senders write it: ISO 8601 (without an offset it is UTC), or epoch seconds or
 * milliseconds. ISO 8601 in UTC; undefined when it is none, or not of the years 2000 to 9999.
 */
export function parseInstant(value: unknown): string | undefined {
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string' || text.trim() === '') return undefined;
	if (!/^\d{4}-\d{2}-\d{2}|^\d{9,13}$/.test(text.trim())) return undefined;
	const number = /^\d{9,13}$/.test(text.trim()) ? Number(text) : undefined;
	const moment =
		number === undefined
			? DateTime.fromISO(text.trim().replace(' ', 'T'), { zone: 'utc' })
			: DateTime.fromMillis(number < SECONDS_END ? number * 1000 : number, { zone: 'utc' });
	const isOurs = moment.isValid && moment.year >= 2000 && moment.year <= 9999;
	return isOurs ? moment.toISO() : undefined;
}
