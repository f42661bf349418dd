import { isRecord } from './form';

/** JSON with the keys of every object in order: equal values give equal text. */
export const stableJson = (value: unknown): string =>
	JSON.stringify(value, (_, found: unknown) =>
		isRecord(found)
			? Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)))
			: found,
	) ?? '';

/** A total order over values, for choices that must not depend on which came first. */
export function compareJson(one: unknown, other: unknown): number {
	const [a, b] = [stableJson(one), stableJson(other)];
	return a < b ? -1 : a > b ? 1 : 0;
}
