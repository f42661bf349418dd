import { REFUSALS, type RefusalReason } from '../domain/signature/refusals';
import type { DeliveryTotals } from '../domain/webhook-health';
import type { Parking } from '../runtime/store/port';
import { tally, type Tally, type TallyStore } from '../runtime/tally';
import type { Outcome } from './verify-delivery';

/** What became of one delivery. */
export interface DeliveryCount {
	/** A name for the sender, e.g. the id of its scheme. */
	readonly source: string;
	readonly outcome: 'accepted' | 'challenge' | RefusalReason;
	/** From the event to its arrival. */
	readonly lagMs?: number;
	readonly secretIndex?: number;
	/** Epoch ms. */
	readonly now: number;
}

export interface CountQuery {
	/** Default: all that have been counted. */
	readonly sources?: readonly string[];
	/** Epoch ms; the whole UTC hour that it lies in counts. */
	readonly since: number;
	readonly now: number;
}

type ReadStore = TallyStore & Pick<Parking, 'list'>;

const HOUR_MS = 3_600_000;
/** Counts by the hour, and times of what was last seen. */
export const KEEP_HOURS = 8 * 24;
const KEEP_LAST_MS = 90 * 24 * HOUR_MS;
const SOURCES = 'delivery-sources:v1';
const MOST_SOURCES = 500;

const REASONS = Object.keys(REFUSALS).filter((name): name is RefusalReason => name in REFUSALS);
const LAGS = [
	['upTo1s', 1_000],
	['upTo3s', 3_000],
	['upTo10s', 10_000],
	['more', Infinity],
] as const;
const SUMS = ['accepted', 'challenge', 'older-secret', ...LAGS.map(([name]) => name), ...REASONS];
const LASTS = ['accepted', 'refused', 'older-secret'] as const;

/** One for each store of this process. */
const tallies = new WeakMap<TallyStore, Tally>();

const tallyOf = (store: TallyStore): Tally => {
	const known = tallies.get(store) ?? tally(store);
	tallies.set(store, known);
	return known;
};

/** Counts without waiting for the store, and without ever failing: no lead is lost for a number. */
export function countDelivery(store: TallyStore, count: DeliveryCount): void {
	const { source, outcome, lagMs, secretIndex = 0, now } = count;
	const into = tallyOf(store);
	const hour = Math.floor(now / HOUR_MS);
	const until = (hour + 1 + KEEP_HOURS) * HOUR_MS;
	const add = (name: string) => into.add(hourKey(source, hour, name), 1, until);
	const seen = (name: (typeof LASTS)[number]) =>
		into.raise(lastKey(source, name), now, now + KEEP_LAST_MS);

	into.enlist(SOURCES, source, now + KEEP_LAST_MS);
	add(outcome);
	if (outcome === 'accepted') seen('accepted');
	else if (outcome !== 'challenge') seen('refused');
	if (outcome === 'accepted' && secretIndex > 0) {
		add('older-secret');
		seen('older-secret');
	}
	if (outcome === 'accepted' && lagMs !== undefined) {
		add(LAGS.find(([, most]) => lagMs <= most)?.[0] ?? 'more');
		into.raise(hourKey(source, hour, 'max-lag'), Math.max(0, Math.round(lagMs)), until);
	}
}

/** Writes what this process has counted and not written yet. False: the store is away. */
export const flushCounts = async (store: TallyStore): Promise<boolean> =>
	await tallyOf(store).flush();

/** The count of an outcome of `verifyDelivery`. */
export function countOf({ kind, verification }: Outcome): Omit<DeliveryCount, 'source' | 'now'> {
	const { reason = 'MISMATCH', lagMs, secretIndex } = verification;
	if (kind === 'refused') return { outcome: reason };
	return {
		outcome: kind === 'challenge' ? 'challenge' : 'accepted',
		...(lagMs !== undefined && { lagMs }),
		...(secretIndex !== undefined && { secretIndex }),
	};
}

/** The sums of all processes since then, with what this one has not written yet. Throws `STORE_UNAVAILABLE`. */
export async function readCounts(store: ReadStore, query: CountQuery): Promise<DeliveryTotals[]> {
	await flushCounts(store);
	const sources = query.sources ?? (await knownSources(store));
	return await Promise.all(sources.map(async (source) => await totalsOf(store, source, query)));
}

async function knownSources(store: ReadStore): Promise<string[]> {
	const listed = await store.list(SOURCES, MOST_SOURCES);
	return listed.map(({ id }) => id).sort();
}

async function totalsOf(
	store: ReadStore,
	source: string,
	{ since, now }: CountQuery,
): Promise<DeliveryTotals> {
	const hours = hoursBetween(since, now);
	const sumOf = await sums(store, source, hours);
	const [lastAcceptedAt, lastRefusedAt, lastOlderSecretAt] = (
		await store.get(LASTS.map((name) => lastKey(source, name)))
	).map(whole);
	const peaks = await store.get(hours.map((hour) => hourKey(source, hour, 'max-lag')));
	const refused = REASONS.map((reason) => [reason, sumOf(reason)] as const).filter(
		([, n]) => n > 0,
	);
	const lags = LAGS.map(([name]) => [name, sumOf(name)] as const);
	const maxMs = Math.max(...peaks.map((text) => whole(text) ?? -1), -1);
	return {
		source,
		accepted: sumOf('accepted'),
		challenges: sumOf('challenge'),
		refused: refused.reduce((all, [, n]) => all + n, 0),
		refusedBy: Object.fromEntries(refused),
		acceptedWithOlderSecret: sumOf('older-secret'),
		lag: { ...LAG_NONE, ...Object.fromEntries(lags), ...(maxMs >= 0 && { maxMs }) },
		...(lastAcceptedAt !== undefined && { lastAcceptedAt }),
		...(lastRefusedAt !== undefined && { lastRefusedAt }),
		...(lastOlderSecretAt !== undefined && { lastOlderSecretAt }),
	};
}

const LAG_NONE = { upTo1s: 0, upTo3s: 0, upTo10s: 0, more: 0 };

async function sums(store: ReadStore, source: string, hours: readonly number[]) {
	const keys = SUMS.map((name) => hours.map((hour) => hourKey(source, hour, name)));
	const values = await store.get(keys.flat());
	return (name: string) => {
		const at = SUMS.indexOf(name) * hours.length;
		return values.slice(at, at + hours.length).reduce((all, text) => all + (whole(text) ?? 0), 0);
	};
}

function hoursBetween(since: number, now: number): number[] {
	const last = Math.floor(now / HOUR_MS);
	const first = Math.max(Math.floor(since / HOUR_MS), last - KEEP_HOURS);
	return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

const hourKey = (source: string, hour: number, name: string) =>
	`deliveries:v1:${encodeURIComponent(source)}:${new Date(hour * HOUR_MS).toISOString().slice(0, 13)}:${name}`;

const lastKey = (source: string, name: string) =>
	`deliveries:v1:${encodeURIComponent(source)}:last:${name}`;

const whole = (text: string | undefined) => (text === undefined ? undefined : Number(text));
