import { SILENCE_MS, type Beat } from '../policies/heartbeat';
import { poll, type PollOptions } from '../policies/poll';
import type { Store } from './port';
import { lineFor, type Joined, type Line, type Standing } from './turns';

export interface Turn {
	readonly key: string;
	readonly line: Line;
	/** The fencing number. */
	readonly number: number;
	/** Whether whoever takes it had it before: it is not ours to give back early. */
	readonly again: boolean;
}

export interface Wanted extends Pick<PollOptions, 'signal' | 'sleep' | 'random'> {
	readonly keys: readonly string[];
	/** Of the keys that are of one person (`subjectOf`). */
	readonly subjects?: ReadonlyMap<string, string>;
	/** Who takes them. */
	readonly id: string;
	/** Epoch ms: as long it may wait. */
	readonly until: number;
	readonly now?: () => number;
}

/**
 * The turns of these entities, as far as they can be had in time. One after the other in the order of
 * their keys: whoever holds one waits only for later ones, so no two wait for each other.
 */
export async function takeTurns(store: Store, wanted: Wanted): Promise<Map<string, Turn>> {
	const { keys, subjects, id, now = Date.now } = wanted;
	const turns = new Map<string, Turn>();
	try {
		for (const key of [...new Set(keys)].sort()) {
			const line = lineFor(store, { key, id, subject: subjects?.get(key) }, now);
			const standing = await waitIn(line, {
				...wanted,
				now,
				meanwhile: () => keepOnly(turns, now() + SILENCE_MS),
			});
			if (standing) turns.set(key, { key, line, ...standing });
			else await line.leave();
		}
		return turns;
	} catch (error) {
		// What cannot be given back now ends with its lease.
		await endTurns(ownTurns(turns.values())).catch(() => undefined);
		throw error;
	}
}

/** Keeps what is held already alive; what was lost is not held. */
async function keepOnly(turns: Map<string, Turn>, until: number) {
	await Promise.all(
		[...turns.values()].map(async ({ key, line }) => {
			if (!(await line.stay(until))) turns.delete(key);
		}),
	);
}

/** Those that were not had before. */
export const ownTurns = (turns: Iterable<Turn>) => [...turns].filter(({ again }) => !again);

export const endTurns = async (turns: readonly Turn[]) =>
	void (await Promise.all(turns.map(({ line }) => line.leave())));

/** Keeps the turns while this process lives; one that was lost is not taken back. */
export function turnsBeat(turns: readonly Turn[], until: number, now = Date.now): Beat {
	let held = turns;
	return {
		until,
		async renew() {
			const lease = Math.min(until, now() + SILENCE_MS);
			const kept = await Promise.all(held.map(({ line }) => line.stay(lease)));
			held = held.filter((_, index) => kept[index]);
			return held.length > 0;
		},
	};
}

interface Waiting extends PollOptions {
	readonly now: () => number;
	/** What else has to be said as often as that one is alive. */
	readonly meanwhile: () => Promise<void>;
}

/** The turn, or undefined when it did not come in time. */
async function waitIn(line: Line, options: Waiting): Promise<Joined | undefined> {
	const { now, meanwhile } = options;
	const join = async () => {
		saidAt = now();
		await meanwhile();
		return await line.join(saidAt + SILENCE_MS);
	};
	let saidAt = now();
	const first = await line.join(saidAt + SILENCE_MS);
	let standing: Standing = first;
	const look = async () => {
		if (standing.ahead === 0) return { ...standing, again: first.again };
		const seen = await line.look();
		// Who has the turn says so, and finds out whether it was taken for dead meanwhile.
		if (seen && seen.ahead > 0 && now() - saidAt < SILENCE_MS / 3) return undefined;
		standing = await join();
		return standing.ahead === 0 ? { ...standing, again: first.again } : undefined;
	};
	return await poll(look, { firstMs: 20, ...options });
}
