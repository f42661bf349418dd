import { createHash } from 'node:crypto';
import type { RedisArgument, RedisConnection } from './redis-connection';
import type { Script } from './redis-script';

/** What the verbs work with. */
export interface RedisSpace extends Pick<RedisConnection, 'read' | 'remove'> {
	readonly now: () => number;
	readonly keyOf: (kind: string, name: string) => string;
	/** Clock and prefix come first among the arguments. */
	readonly run: (
		script: Script,
		keys: readonly string[],
		args: readonly RedisArgument[],
	) => Promise<unknown>;
}

export const spaceOf = (
	connection: RedisConnection,
	now: () => number,
	prefix: string,
): RedisSpace => ({
	now,
	keyOf: (kind, name) => `${prefix}${kind}:${name}`,
	run: (script, keys, args) => connection.run(script, keys, [now(), prefix, ...args]),
	read: connection.read,
	remove: connection.remove,
});

/** A subject as it stands in key names, which show up in monitors and slow logs. */
export const hide = (subject: string | undefined) =>
	subject === undefined ? '' : createHash('sha256').update(subject).digest('hex');

/** A script of so many items holds Redis for about two milliseconds. */
const CHUNK = 1000;

/** Cuts a batch into scripts; they leave together, in order, and their answers come back together. */
export async function inChunks<Item, Answer>(
	items: readonly Item[],
	work: (chunk: readonly Item[]) => Promise<Answer[]>,
): Promise<Answer[]> {
	const chunks = Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, index) =>
		work(items.slice(index * CHUNK, (index + 1) * CHUNK)),
	);
	return (await Promise.all(chunks)).flat();
}

/** Rows hold whole milliseconds, and `minutes * 60_000` may not be one. */
export const whole = (ms: number) => Math.trunc(ms);

export const list = (answer: unknown): unknown[] => (Array.isArray(answer) ? answer : []);
export const numbers = (answer: unknown): number[] => list(answer).map(Number);
export const truths = (answer: unknown): boolean[] => list(answer).map((one) => one === 1);
