import type { RedisConnection } from './store/redis-connection';

/** Work under way in this process, by key. */
export interface OpenWork {
	count(key: string): number;
	/** Returns the way to end it; ending twice ends it once. */
	begin(key: string): () => void;
}

export function openWork(): OpenWork {
	const counts = new Map<string, number>();
	const count = (key: string) => counts.get(key) ?? 0;
	return {
		count,
		begin(key) {
			counts.set(key, count(key) + 1);
			let ended = false;
			return () => {
				if (ended) return;
				ended = true;
				if (count(key) > 1) counts.set(key, count(key) - 1);
				else counts.delete(key);
			};
		},
	};
}

export interface QueueLength {
	/** Jobs that wait. Throws `STORE_UNAVAILABLE`, once: then not again for a while. */
	read(redis: Pick<RedisConnection, 'length'>, key: string): Promise<number>;
}

/** So long an answer is good enough: a queue does not empty in half a second. */
const FRESH_MS = 500;
const LEAVE_ALONE_MS = 10_000;

interface Look {
	readonly until: number;
	readonly length: Promise<number>;
}

/** `length` of a Redis list, asked at most twice a second, whoever wants to know. */
export function queueLength(now: () => number): QueueLength {
	const looks = new WeakMap<object, Map<string, Look>>();
	return {
		read(redis, key) {
			const known = looks.get(redis) ?? new Map<string, Look>();
			looks.set(redis, known);
			const kept = known.get(key);
			if (kept && kept.until > now()) return kept.length;
			const length = redis.length(key);
			known.set(key, { until: now() + FRESH_MS, length });
			length.catch(() => known.set(key, { until: now() + LEAVE_ALONE_MS, length }));
			return length;
		},
	};
}
