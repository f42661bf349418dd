import { isRecord } from '../../lib/domain/form';
import type { Store } from '../../lib/runtime/store/port';

/** What is counted, by source and day (UTC). The names are API: workflows read them. */
export const COUNTED = [
	'new',
	'duplicate',
	'in-progress',
	'late',
	'merged',
	'merge-corrected',
] as const;

export type Counted = (typeof COUNTED)[number];

export interface Count {
	readonly event: Counted;
	/** Who sent it, e.g. `hubspot`. */
	readonly source: string;
	/** Epoch ms; default: now. */
	readonly at?: number;
}

export type DayCounts = { readonly day: string; readonly source: string } & Readonly<
	Record<Counted, number>
>;

const DAY_MS = 86_400_000;
const KEPT_MS = 120 * DAY_MS;
/** A sender names its system itself: more of them in a day are one. */
const SOURCES_A_DAY = 100;
const OTHER = 'other';

/** Counts `by` events of a source. Rejects with `STORE_UNAVAILABLE`. */
export async function count(store: Store, { event, source, at }: Count, by = 1): Promise<void> {
	const day = dayOf(at ?? Date.now());
	const expiresAt = Date.parse(day) + KEPT_MS;
	const name = await known(store, { day, source: nameOf(source), expiresAt });
	await store.increment(keyOf(day, event, name), by, expiresAt);
}

/** The same for many, with one step for each event and source. */
export async function countAll(store: Store, counts: readonly Count[]): Promise<void> {
	const sums = new Map<string, { readonly one: Count; by: number }>();
	for (const one of counts) {
		const key = JSON.stringify([one.event, one.source]);
		const sum = sums.get(key);
		if (sum) sum.by += 1;
		else sums.set(key, { one, by: 1 });
	}
	await Promise.all([...sums.values()].map(({ one, by }) => count(store, one, by)));
}

/** What was counted in the last `days` days, newest first; one entry for each source of a day. */
export async function readCounts(store: Store, days: number, at: number): Promise<DayCounts[]> {
	const asked = Array.from({ length: days }, (_, ago) => dayOf(at - ago * DAY_MS));
	const lists = await store.get(asked.map(sourcesKeyOf));
	const rows = asked.flatMap((day, index) =>
		namesIn(lists[index])
			.sort()
			.map((source) => ({ day, source })),
	);
	const keys = rows.flatMap(({ day, source }) => COUNTED.map((event) => keyOf(day, event, source)));
	const values = keys.length === 0 ? [] : await store.get(keys);
	return rows.map((row, index) => {
		const valueOf = (event: Counted) =>
			Number(values[index * COUNTED.length + COUNTED.indexOf(event)] ?? 0);
		return {
			...row,
			new: valueOf('new'),
			duplicate: valueOf('duplicate'),
			'in-progress': valueOf('in-progress'),
			late: valueOf('late'),
			merged: valueOf('merged'),
			'merge-corrected': valueOf('merge-corrected'),
		};
	});
}

/** The sender of an item, as Lead Normalize or the Webhook Verifier found it. */
export function sourceOf(json: Readonly<Record<string, unknown>>): string {
	const { lead, verification } = json;
	const source = isRecord(lead) && isRecord(lead['source']) ? lead['source'] : {};
	const scheme = isRecord(verification) ? verification['scheme'] : undefined;
	const name = source['system'] ?? scheme;
	return typeof name === 'string' && name !== '' ? name : 'unknown';
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const keyOf = (day: string, event: Counted, source: string) => `count:v1:${day}:${event}:${source}`;
const sourcesKeyOf = (day: string) => `count:v1:${day}:sources`;

const nameOf = (source: string) => source.trim().toLowerCase().slice(0, 60) || 'unknown';

interface Sighting {
	readonly day: string;
	readonly source: string;
	readonly expiresAt: number;
}

/** Puts the source on the day's list, so that it is found again; the name that it is counted under. */
async function known(store: Store, { day, source, expiresAt }: Sighting): Promise<string> {
	const key = sourcesKeyOf(day);
	for (;;) {
		const [list] = await store.get([key]);
		const names = namesIn(list);
		if (names.includes(source)) return source;
		const name = names.length < SOURCES_A_DAY ? source : OTHER;
		if (names.includes(name)) return name;
		const value = JSON.stringify([...names, name]);
		if (await store.compareAndSet(list, { key, value, expiresAt })) return name;
	}
}

function namesIn(list: string | undefined): string[] {
	const names: unknown = list === undefined ? [] : JSON.parse(list);
	return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}
