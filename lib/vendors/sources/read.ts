import { cleanText, isRecord } from '../../domain/form';

export type Payload = Readonly<Record<string, unknown>>;

/** A part of a payload, or an empty one where there is none. */
export const part = (value: unknown): Payload => (isRecord(value) ? value : {});

/** The records of a list; one record alone is a list of one. */
export const list = (value: unknown): readonly Payload[] =>
	(Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter(isRecord);

/** True for a record, and for a list of nothing but records, that all pass the test. */
export const all = (payload: unknown, test: (record: Payload) => boolean): boolean =>
	Array.isArray(payload)
		? payload.length > 0 && payload.every((one) => isRecord(one) && test(one))
		: isRecord(payload) && test(payload);

/** Text or a number, as text; undefined where there is nothing to read. */
export const text = cleanText;

/** The first that holds something. */
export const first = (...values: readonly unknown[]): unknown =>
	values.find((value) => value !== undefined && value !== null && value !== '');

/** Without what is empty, so that `custom` shows only what was said. */
export const present = (values: Payload): Payload =>
	Object.fromEntries(
		Object.entries(values).filter(([, value]) => first(value) !== undefined && !isEmpty(value)),
	);

const isEmpty = (value: unknown) =>
	(Array.isArray(value) && value.length === 0) ||
	(isRecord(value) && Object.keys(value).length === 0);

export const without = (values: Payload, names: readonly string[]): Payload =>
	Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

/** The id of an event whose sender gives it none: what of it stays the same on every retry. */
export const eventKeyOf = (...parts: readonly unknown[]): string =>
	parts
		.map(text)
		.filter((one) => one !== undefined)
		.join(':');

/** The `utm_*` parameters of a URL, with or without its host. */
export function utmOf(url: unknown): Payload {
	const query = text(url)?.split('#')[0]?.split('?')[1];
	if (!query) return {};
	return Object.fromEntries(
		[...new URLSearchParams(query)].filter(([name]) => /^utm_[a-z]+$/.test(name)),
	);
}
