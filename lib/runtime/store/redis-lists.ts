import { randomUUID } from 'node:crypto';
import type { Drained, Parked, Parking, Windows } from './port';
import { hide, inChunks, list, numbers, truths, whole, type RedisSpace } from './redis-space';
import {
	ACKNOWLEDGE,
	APPEND,
	COUNT,
	DRAIN,
	LIST_PARKED,
	PARK,
	TAKE_DUE,
} from './redis-list-scripts';

/** An ordered list is three keys: the order, when each member expires, and the rows. */
const listKeys = (keyOf: RedisSpace['keyOf'], kind: 'window' | 'parked', name: string) => [
	keyOf(`${kind}-order`, name),
	keyOf(`${kind}-expiry`, name),
	keyOf(kind, name),
];

export function redisWindows({ run, keyOf }: RedisSpace): Windows {
	const keysOf = (key: string) => listKeys(keyOf, 'window', key);
	return {
		append: (requests) =>
			inChunks(requests, async (chunk) => {
				const keys = [keyOf('sequence', 'window'), ...chunk.flatMap(({ key }) => keysOf(key))];
				const args = chunk.flatMap(({ key, at, expiresAt, subject, value }) => [
					key,
					whole(at),
					whole(expiresAt),
					hide(subject),
					value,
				]);
				return numbers(await run(APPEND, keys, args));
			}),
		drain: (keys) =>
			inChunks(keys, async (chunk) =>
				list(await run(DRAIN, chunk.flatMap(keysOf), [])).map((rows) => list(rows).map(drainedOf)),
			),
	};
}

export function redisParking({ run, keyOf }: RedisSpace): Parking {
	const keysOf = (queue: string) => listKeys(keyOf, 'parked', queue);
	return {
		park: (items) =>
			inChunks(items, async (chunk) => {
				const args = chunk.flatMap(({ queue, id, dueAt, expiresAt, subject, value }) => [
					queue,
					id,
					whole(dueAt),
					whole(expiresAt),
					hide(subject),
					value,
				]);
				return truths(
					await run(
						PARK,
						chunk.flatMap(({ queue }) => keysOf(queue)),
						args,
					),
				);
			}),
		takeDue: async (queue, { limit, leaseUntil }) => {
			const token = randomUUID();
			const taken = list(await run(TAKE_DUE, keysOf(queue), [limit, whole(leaseUntil), token]));
			return taken.map(list).map(([id, row]) => {
				const before = parkedOf(id, row, leaseUntil);
				return { ...before, token, attempts: before.attempts + 1 };
			});
		},
		acknowledge: (queue, taken) =>
			inChunks(taken, async (chunk) =>
				truths(
					await run(
						ACKNOWLEDGE,
						keysOf(queue),
						chunk.flatMap(({ id, token }) => [id, token]),
					),
				),
			),
		count: async (queue) => {
			const [total = 0, due = 0] = numbers(await run(COUNT, keysOf(queue), []));
			return { total, due };
		},
		list: async (queue, limit) =>
			list(await run(LIST_PARKED, keysOf(queue), [limit]))
				.map(list)
				.map(([id, row, availableAt]) => parkedOf(id, row, Number(availableAt))),
	};
}

const WINDOW_ROW = /^\d+\|[^|]*\|(-?\d+)\|(.*)$/s;
const PARKED_ROW = /^\d+\|[^|]*\|(\d+)\|[^|]*\|(\d+)\|(.*)$/s;

function drainedOf(row: unknown): Drained {
	const [, at, value = ''] = WINDOW_ROW.exec(String(row)) ?? [];
	return { at: Number(at), value };
}

function parkedOf(id: unknown, row: unknown, availableAt: number): Parked {
	const [, dueAt, attempts, value = ''] = PARKED_ROW.exec(String(row)) ?? [];
	return { id: String(id), value, dueAt: Number(dueAt), availableAt, attempts: Number(attempts) };
}
