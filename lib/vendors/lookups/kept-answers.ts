import { createHash } from 'node:crypto';
import { z } from 'zod';
import { sleep as realSleep, type Sleep } from '../../runtime/policies/sleep';
import type { Store } from '../../runtime/store/port';
import { takeTurn } from '../lookup-cache/turn';

export interface Question<T> {
	/** Which provider is asked what, e.g. `verify:zerobounce:dana@example.com`. Only its hash is kept. */
	readonly name: string;
	/** The person it is about, for erasure. */
	readonly subject?: string | undefined;
	/** Reads a kept answer; undefined where it cannot be read. */
	read(value: unknown): T | undefined;
	/** Whether this answer is worth remembering. */
	final(answer: T): boolean;
}

export interface KeptAnswers {
	/** The answer kept for a question, or the one that `ask` gets; two callers at once cost one call, also in two workers. */
	find<T>(
		question: Question<T>,
		ask: () => Promise<T>,
	): Promise<{ readonly answer: T; readonly at: number; readonly cached: boolean }>;
}

export interface KeptAnswersOptions {
	readonly store: () => Store | Promise<Store>;
	/** How old an answer may be. 0: nothing is read or written. */
	readonly maxAgeMs: number;
	readonly now: () => number;
	readonly sleep?: Sleep;
	/** Told when the store cannot be reached: then the provider is simply asked. */
	readonly onTrouble: (error: unknown) => void;
}

/** As long as a call may take: whoever has waited so long for another worker asks for themselves. */
const WAIT_MS = 30_000;

/** Remembers what was paid for, so that it is not paid for twice. */
export function keptAnswers(options: KeptAnswersOptions): KeptAnswers {
	const { store, maxAgeMs, now, onTrouble, sleep = realSleep } = options;
	const asking = new Map<string, Promise<unknown>>();

	/** What the store is used for; without it the provider is simply asked. */
	const attempt = async <T>(work: (store: Store) => Promise<T>): Promise<T | undefined> => {
		if (maxAgeMs <= 0) return undefined;
		try {
			return await work(await store());
		} catch (error) {
			onTrouble(error);
			return undefined;
		}
	};

	const readKept = <T>(text: string | undefined, { read }: Question<T>) => {
		const kept = Kept.safeParse(fromJson(text)).data;
		const answer = kept && now() - kept.at < maxAgeMs ? read(kept.answer) : undefined;
		return kept && answer !== undefined ? { answer, at: kept.at } : undefined;
	};

	const recall = async <T>(key: string, question: Question<T>) =>
		await attempt(async (from) => readKept((await from.get([key]))[0], question));

	const keep = async <T>(key: string, answer: T, { subject }: Question<T>) =>
		await attempt(async (to) => {
			const value = JSON.stringify({ at: now(), answer });
			const expiresAt = now() + maxAgeMs;
			await to.set([{ key, value, expiresAt, ...(subject && { subject }) }]);
		});

	/** Undefined: another worker has brought the answer meanwhile, or has not for too long. */
	const turn = async <T>(key: string, question: Question<T>) =>
		await attempt(async (opened) => {
			const whose = { store: () => opened, now, sleep };
			const deadlineAt = now() + WAIT_MS;
			const answered = (text: string | undefined) => readKept(text, question) !== undefined;
			return await takeTurn(whose, { key, deadlineAt }, answered);
		});

	const asked = async <T>(key: string, question: Question<T>, ask: () => Promise<T>) => {
		const before = await recall(key, question);
		if (before) return { ...before, cached: true };
		const held = await turn(key, question);
		try {
			const kept = held ? undefined : await recall(key, question);
			if (kept) return { ...kept, cached: true };
			const answer = await ask();
			if (question.final(answer)) await keep(key, answer, question);
			return { answer, at: now(), cached: false };
		} finally {
			if (held) await attempt(async (from) => await from.release([held]));
		}
	};

	return {
		async find(question, ask) {
			const key = `answer:v1:${createHash('sha256').update(question.name).digest('hex')}`;
			// Who comes second waits, and then finds the answer kept; a failure is the first one's own.
			for (let peer = asking.get(key); peer; peer = asking.get(key)) {
				await peer.catch(() => undefined);
			}
			const work = asked(key, question, ask);
			asking.set(key, work);
			return await work.finally(() => asking.delete(key));
		},
	};
}

const Kept = z.object({ at: z.number(), answer: z.unknown() });

function fromJson(text: string | undefined): unknown {
	try {
		return text === undefined ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}
