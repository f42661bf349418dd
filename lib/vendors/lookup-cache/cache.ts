import type { FieldPath } from '../../domain/enrichment-fields';
import { isPipelineError } from '../../domain/errors';
import { sleep as realSleep, type Sleep } from '../../runtime/policies/sleep';
import type { Entry, Held, Store } from '../../runtime/store/port';
import type { Lookup } from '../enrichment/port';
import { jobs, type Jobs } from './jobs';
import { readKept, type Kept } from './kept';
import { takeTurn } from './turn';

export interface Asked {
	readonly wanted: readonly FieldPath[];
	/** The person it is about, for erasure; undefined for a company. */
	readonly subject: string | undefined;
	/** Epoch ms: answers of then or before do not count, however young the cache would have them. */
	readonly notBefore?: number;
	/** Epoch ms until which it makes sense to wait for another worker's answer. */
	readonly deadlineAt?: number;
}

export interface LookupCache extends Jobs {
	/** Reads the answers for a whole batch of leads in one round trip. */
	prepare(keys: readonly string[]): Promise<void>;
	/** The answer kept for this key, as far as this process knows. */
	peek(key: string, asked: Pick<Asked, 'wanted' | 'notBefore'>): Kept | undefined;
	/**
	 * The answer kept for this key, or the one that `ask` gets. Two callers at once cost one call, also
	 * in two workers, and share its failure.
	 */
	find(
		key: string,
		asked: Asked,
		ask: () => Promise<Lookup>,
	): Promise<Kept & { readonly cached: boolean }>;
	/** Keeps an answer that came along with another. */
	keep(key: string, answer: Kept, subject: string | undefined): void;
	/** Waits until everything that was learnt is written. */
	flush(): Promise<void>;
}

export interface CacheOptions {
	/** Opened at first use; what it throws goes to `onTrouble`. */
	readonly store: () => Store | Promise<Store>;
	/** How old an answer may be. 0: nothing is read or written. */
	readonly maxAgeMs: number;
	readonly now: () => number;
	readonly sleep?: Sleep;
	/** Told when the store cannot be reached: then every provider is simply asked. */
	readonly onTrouble: (error: unknown) => void;
}

const WAIT_MS = 60_000;

/** Remembers who is known and who is not, so that a lead is not paid for twice. */
export function lookupCache(options: CacheOptions): LookupCache {
	const { store, maxAgeMs, now, onTrouble, sleep = realSleep } = options;
	const kept = new Map<string, Kept | undefined>();
	const asking = new Map<string, Promise<unknown>>();
	const learnt: Entry[] = [];
	const ended: Held[] = [];
	let writing: Promise<void> | undefined;

	const prepare = async (keys: readonly string[]) => {
		const unknown = [...new Set(keys)].filter((key) => !kept.has(key));
		if (maxAgeMs <= 0 || unknown.length === 0) return;
		try {
			const values = await (await store()).get(unknown);
			unknown.forEach((key, index) => {
				// What was learnt while the store was read is newer than what it held.
				if (!kept.has(key)) kept.set(key, readKept(values[index]));
			});
		} catch (error) {
			onTrouble(error);
		}
	};

	const peek: LookupCache['peek'] = (key, { wanted, notBefore = -Infinity }) => {
		const found = kept.get(key);
		const usable =
			found &&
			now() - found.at < maxAgeMs &&
			found.at > notBefore &&
			wanted.every((path) => found.wanted.includes(path));
		return usable ? found : undefined;
	};

	/** One write for all that is learnt while the write before is under way. */
	const write = async () => {
		while (learnt.length > 0 || ended.length > 0) {
			const [entries, held] = [learnt.splice(0), ended.splice(0)];
			try {
				const to = await store();
				if (entries.length > 0) await to.set(entries);
				if (held.length > 0) await to.release(held);
			} catch (error) {
				onTrouble(error);
			}
		}
	};

	const startWriting = () => {
		writing ??= write().then(() => {
			writing = undefined;
			// Learnt after the last look.
			if (learnt.length > 0 || ended.length > 0) startWriting();
		});
	};

	const keep: LookupCache['keep'] = (key, answer, subject) => {
		if (maxAgeMs <= 0) return;
		kept.set(key, answer);
		const expiresAt = answer.at + maxAgeMs;
		learnt.push({ key, value: JSON.stringify(answer), expiresAt, ...(subject && { subject }) });
		startWriting();
	};

	const turn = async (key: string, asked: Asked): Promise<Held | undefined> => {
		if (maxAgeMs <= 0) return undefined;
		try {
			const deadlineAt = asked.deadlineAt ?? now() + WAIT_MS;
			return await takeTurn({ store, now, sleep }, { key, deadlineAt }, (value) => {
				const found = readKept(value);
				if (found) kept.set(key, found);
				return peek(key, asked) !== undefined;
			});
		} catch (error) {
			onTrouble(error);
			return undefined;
		}
	};

	const question = async (key: string, asked: Asked, ask: () => Promise<Lookup>) => {
		const held = await turn(key, asked);
		try {
			const found = peek(key, asked);
			if (found) return { ...found, cached: true };
			const lookup = await ask();
			const open = lookup.unanswered ?? [];
			const answered = asked.wanted.filter((path) => !open.includes(path));
			const answer = { lookup, at: now(), wanted: answered };
			keep(key, answer, asked.subject);
			return { ...answer, cached: false };
		} finally {
			if (held) {
				ended.push(held);
				startWriting();
			}
		}
	};

	return {
		...jobs({ store, now, onTrouble }),
		prepare,
		peek,
		keep,
		async find(key, asked, ask) {
			await prepare([key]);
			for (;;) {
				const found = peek(key, asked);
				if (found) return { ...found, cached: true };
				const peer = asking.get(key);
				if (!peer) break;
				await peer.catch((error: unknown) => {
					if (!isPipelineError(error) || OWN.has(error.code)) return;
					throw error;
				});
			}
			const answer = question(key, asked, ask);
			asking.set(key, answer);
			return await answer.finally(() => asking.delete(key));
		},
		async flush() {
			while (writing) await writing;
		},
	};
}

/** Failures of one caller, not of the provider: the next one may ask. */
const OWN: ReadonlySet<string> = new Set(['TIMEOUT', 'BUDGET_EXHAUSTED', 'CANCELLED']);
