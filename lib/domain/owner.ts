import { DateTime } from 'luxon';
import { z } from 'zod';
import { PipelineError } from './errors';
import { maskValue } from './mask';
import { checkWorkingHours, type WorkingHours } from './working-hours';

/** Somebody who can be given a lead. */
export interface Owner {
	/** The user's own key for this person, where the list has one. */
	readonly id?: string;
	readonly name: string;
	/** Lower case; the owner's identity within the list. */
	readonly email: string;
	/** Empty when unknown, as are `slackId` and the rest of the text fields. */
	readonly crmOwnerId: string;
	readonly calendarId: string;
	readonly slackId: string;
	readonly hours: WorkingHours;
	/** False takes the owner out of every pool. */
	readonly active: boolean;
	/** Epoch ms before which the owner gets no lead in turn. */
	readonly awayUntil?: number;
}

const DAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const TRUE = new Set(['', 'true', 'yes', '1', 'active']);
const FALSE = new Set(['false', 'no', '0', 'inactive']);

const blankless = (value: unknown) => (value === null || value === '' ? undefined : value);
const text = z.preprocess(
	(value) => (typeof value === 'number' ? String(value) : (blankless(value) ?? '')),
	z.string().trim(),
);
const email = z.preprocess(
	(value) => (typeof value === 'string' ? value.trim().toLowerCase() : value),
	z.email('is not an email address'),
);
const clock = (standard: string) =>
	z.preprocess((value) => blankless(value) ?? standard, z.string().trim());

/** `[1, 2]`, `"1,2"` or `"Mon, Tue"`. */
const days = z.preprocess(
	(value) => weekdays(blankless(value) ?? [1, 2, 3, 4, 5]),
	z.array(z.number('has a weekday that is neither 1 to 7 nor Mon to Sun')),
);
const active = z.preprocess(
	(value) => (typeof value === 'boolean' ? value : asFlag(value)),
	z.boolean('is neither true nor false'),
);

/** One row as the node's form or a table gives it; a column the row lacks takes its default. */
const Row = z.object({
	id: text,
	name: text,
	email,
	crmOwnerId: text,
	calendarId: text,
	slackId: text,
	timezone: z.preprocess((value) => blankless(value) ?? '', z.string().trim()),
	days,
	start: clock('09:00'),
	end: clock('17:00'),
	active,
	awayUntil: text,
});

/**
 * The owners of a list, in its order. Accepts the rows themselves or their JSON text. Throws
 * `CONFIG_INVALID` naming the owner and the field.
 */
export function readOwners(source: unknown): Owner[] {
	const rows = typeof source === 'string' ? parseJson(source) : source;
	if (!Array.isArray(rows)) {
		throw invalid(
			`'Owners' is ${maskValue(rows)}, not a list. Give an array with one entry an owner`,
		);
	}
	if (rows.length === 0) throw invalid("'Owners' is empty. Add at least one owner");
	const owners = rows.map(readOwner);
	const doubled = owners.find(({ email: mine }, index) =>
		owners.slice(0, index).some((other) => other.email === mine),
	);
	if (doubled) throw invalid(`'Owners' names ${doubled.name} twice (${maskValue(doubled.email)})`);
	return owners;
}

/** By email, CRM owner id or own id; an empty key is nobody's. */
export function ownerBy(owners: readonly Owner[], key: string): Owner | undefined {
	const wanted = key.trim();
	if (!wanted) return undefined;
	return (
		owners.find(({ email: address }) => address === wanted.toLowerCase()) ??
		owners.find(({ crmOwnerId, id }) => crmOwnerId === wanted || id === wanted)
	);
}

function readOwner(row: unknown, index: number): Owner {
	const whose = nameOf(row, index);
	const parsed = Row.safeParse(row);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		const field = String(issue?.path[0] ?? 'row');
		const value = maskValue(valueAt(row, field));
		throw invalid(`${whose}: '${field}' is ${value}: ${issue?.message ?? 'not valid'}`);
	}
	const { id, name, timezone, days: weekly, start, end, awayUntil, ...rest } = parsed.data;
	const hours = checkWorkingHours({ timezone, days: weekly, start, end }, whose);
	return {
		...rest,
		...(id && { id }),
		name: name || rest.email,
		calendarId: rest.calendarId || rest.email,
		hours,
		...(awayUntil && { awayUntil: readAwayUntil(awayUntil, timezone, whose) }),
	};
}

/** A date without an offset is meant on the owner's own wall. */
function readAwayUntil(value: string, timezone: string, whose: string): number {
	const moment = DateTime.fromISO(value, { zone: timezone });
	if (moment.isValid) return moment.toMillis();
	throw invalid(`${whose}: 'awayUntil' is "${value}", not a date. Use one such as 2026-12-01`);
}

function weekdays(value: unknown): unknown {
	const list = typeof value === 'string' ? value.split(/[\s,;]+/).filter(Boolean) : value;
	return Array.isArray(list) ? list.map(weekday) : list;
}

function weekday(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	const position = DAY_NAMES.indexOf(value.trim().slice(0, 3).toLowerCase());
	return position >= 0 ? position + 1 : Number(value);
}

function asFlag(value: unknown): unknown {
	const word = String(blankless(value) ?? '').toLowerCase();
	if (TRUE.has(word)) return true;
	return FALSE.has(word) ? false : value;
}

function nameOf(row: unknown, index: number): string {
	const name = valueAt(row, 'name');
	return typeof name === 'string' && name ? `Owner '${name}'` : `Owner ${index + 1}`;
}

const valueAt = (row: unknown, field: string): unknown =>
	typeof row === 'object' && row !== null ? Reflect.get(row, field) : undefined;

function parseJson(source: string): unknown {
	try {
		return JSON.parse(source);
	} catch {
		throw invalid(`'Owners' is not JSON: ${maskValue(source)}`);
	}
}

const invalid = (message: string) => new PipelineError('CONFIG_INVALID', message);
