import type { Entries, Entry, Limits, Transaction } from './port';
import { checkCost, WINDOW_SLOTS } from './rate';
import { hide, inChunks, numbers, truths, whole, type RedisSpace } from './redis-space';
import { COMMIT, COMPARE_AND_SET, INCREMENT, SET, TAKE } from './redis-entry-scripts';

export function redisEntries({ run, read, remove, keyOf, now }: RedisSpace): Entries & Limits {
	const entryKey = (key: string) => keyOf('entry', key);

	return {
		increment: async (key, by, expiresAt) =>
			Number(await run(INCREMENT, [entryKey(key)], [by, whole(expiresAt)])),
		get: async (keys) => {
			const rows = keys.length === 0 ? [] : await read(keys.map(entryKey));
			return rows.map((row) => liveValue(row, now()));
		},
		set: async (entries) => {
			await inChunks(entries, async (chunk) => {
				await run(
					SET,
					chunk.map(({ key }) => entryKey(key)),
					chunk.flatMap(argsOf),
				);
				return [];
			});
		},
		delete: async (keys) => {
			if (keys.length > 0) await remove(keys.map(entryKey));
		},
		compareAndSet: async (expected, entry) => {
			const condition = expected === undefined ? [0, ''] : [1, expected];
			const args = [...condition, ...argsOf(entry)];
			return (await run(COMPARE_AND_SET, [entryKey(entry.key)], args)) === 1;
		},
		commit: (transactions) =>
			inChunks(transactions, async (chunk) => {
				const keys = chunk.flatMap((changes) => changes.map(({ key }) => entryKey(key)));
				return truths(await run(COMMIT, keys, chunk.flatMap(commitArgs)));
			}),
		take: async (key, limit, cost = 1) => {
			checkCost(key, limit, cost);
			const pace = limit.kind === 'bucket' ? limit.refillPerSecond : limit.windowMs;
			const args = [limit.kind, limit.capacity, pace, cost, WINDOW_SLOTS];
			const answer = numbers(await run(TAKE, [keyOf('limit', key)], args));
			const [allowed = 0, remaining = 0, retryAfterMs = 0] = answer;
			return { allowed: allowed === 1, remaining, retryAfterMs };
		},
	};
}

const argsOf = ({ expiresAt, subject, value }: Omit<Entry, 'key'>) => [
	whole(expiresAt),
	hide(subject),
	value,
];

const commitArgs = (changes: Transaction) => [
	changes.length,
	...changes.flatMap(({ expected, entry }) => [
		...(expected === undefined ? [0, ''] : [1, expected]),
		...(entry ? [1, ...argsOf(entry)] : [0, 0, '', '']),
	]),
];

const ROW = /^(\d+)\|[^|]*\|(.*)$/s;

function liveValue(row: string | null, now: number): string | undefined {
	const [, expiresAt, value] = ROW.exec(row ?? '') ?? [];
	return Number(expiresAt) > now ? value : undefined;
}
