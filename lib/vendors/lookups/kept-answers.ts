import { createHash } from 'node:crypto';
import type { Store } from '../../runtime/store/port';

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
	/** The answer kept for a question, or the one that `ask` gets; two callers at once cost one call. */
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
	/** Told when the store cannot be reached: then the provider is simply asked. */
	readonly onTrouble: (error: unknown) => void;
}

/** Remembers what was paid for, so that it is not paid for twice. */
export function keptAnswers(options: KeptAnswersOptions): KeptAnswers {
	const { store, maxAgeMs, now, onTrouble } = options;
	const asking = new Map<string, Promise<unknown>>();

	const recall = async <T>(key: string, { read }: Question<T>) => {
		if (maxAgeMs <= 0) return undefined;
		try {
			const [text] = await (await store()).get([key]);
			const kept: unknown = text === undefined ? undefined : JSON.parse(text);
			if (typeof kept !== 'object' || kept === null) return undefined;
			if (!('at' in kept && 'answer' in kept) || typeof kept.at !== 'number') return undefined;
			const answer = now() - kept.at < maxAgeMs ? read(kept.answer) : undefined;
			return answer === undefined ? undefined : { answer, at: kept.at };
		} catch (error) {
			onTrouble(error);
			return undefined;
		}
	};

	const keep = async <T>(key: string, answer: T, { subject }: Question<T>) => {
		try {
			const value = JSON.stringify({ at: now(), answer });
			const expiresAt = now() + maxAgeMs;
			await (await store()).set([{ key, value, expiresAt, ...(subject && { subject }) }]);
		} catch (error) {
			onTrouble(error);
		}
	};

	return {
		async find(question, ask) {
			const key = `answer:v1:${createHash('sha256').update(question.name).digest('hex')}`;
			// Who comes second waits, and then finds the answer kept; a failure is the first one's own.
			for (let peer = asking.get(key); peer; peer = asking.get(key)) {
				await peer.catch(() => undefined);
			}
			const work = (async () => {
				const kept = await recall(key, question);
				if (kept) return { ...kept, cached: true };
				const answer = await ask();
				if (maxAgeMs > 0 && question.final(answer)) await keep(key, answer, question);
				return { answer, at: now(), cached: false };
			})();
			asking.set(key, work);
			return await work.finally(() => asking.delete(key));
		},
	};
}
