import type { Entries, Parking } from './store/port';

/** Counters that many calls add to and few read. Nothing here waits for the store, and nothing rejects. */
export interface Tally {
	/** Adds to a counter; `expiresAt` (epoch ms) is that of its first addition. */
	add(key: string, by: number, expiresAt: number): void;
	/** Keeps the highest of all values, whichever process saw it. */
	raise(key: string, value: number, expiresAt: number): void;
	/** Puts a name on a list that all processes share, until `expiresAt`. */
	enlist(list: string, name: string, expiresAt: number): void;
	/** Writes what is waiting. False: the store is away, and what was not written waits on. */
	flush(): Promise<boolean>;
	/** What waits to be written, and how much was given up because too much did. */
	waiting(): { readonly keys: number; readonly dropped: number };
}

export type TallyStore = Pick<Entries, 'increment' | 'get' | 'compareAndSet'> &
	Pick<Parking, 'park'>;

export interface Buffering {
	/** Runs the work once, later. Default: a timer that keeps no process alive. */
	readonly schedule?: (work: () => void, delayMs: number) => void;
	/** The least time between two writes. Default 1,000. */
	readonly everyMs?: number;
	/** How long a store that is away is left alone. Default 10,000. */
	readonly retryMs?: number;
	/** How many different keys may wait; what comes beyond them is dropped. Default 5,000. */
	readonly maxKeys?: number;
}

interface Note {
	readonly kind: 'sum' | 'peak' | 'name';
	/** Of the counter; of a name, the list. */
	readonly key: string;
	readonly name: string;
	readonly amount: number;
	readonly expiresAt: number;
}

const unrefTimer = (work: () => void, delayMs: number) => void setTimeout(work, delayMs).unref();

/**
 * Adds up in memory and writes at most once in `everyMs`, the first at once: where little happens, nothing waits
 * when the process ends. What does wait then is lost, and what a store wrote without being able to say so is
 * written twice: these are counts, not money.
 */
export function tally(
	store: TallyStore,
	{ schedule = unrefTimer, everyMs = 1_000, retryMs = 10_000, maxKeys = 5_000 }: Buffering = {},
): Tally {
	const notes = new Map<string, Note>();
	let dropped = 0;
	let planned = false;
	let writing = Promise.resolve(true);

	/** Planned until nothing has come for a whole rest: whoever counts meanwhile waits for its end. */
	const plan = (delayMs: number) => {
		planned = true;
		schedule(() => void writeAndRest(), delayMs);
	};

	const writeAndRest = async () => {
		if (notes.size > 0) plan((await flush()) ? everyMs : retryMs);
		else planned = false;
	};

	const put = (note: Note) => {
		const id = JSON.stringify([note.kind, note.key, note.name]);
		const before = notes.get(id);
		if (before || notes.size < maxKeys) notes.set(id, merged(before, note));
		else dropped += 1;
	};

	const take = (note: Note) => {
		put(note);
		if (!planned) plan(0);
	};

	/** Taken out first, so that what is added meanwhile starts anew; put back where it could not be written. */
	const writeAll = async () => {
		const taken = [...notes.values()];
		notes.clear();
		const results = await Promise.allSettled(taken.map((note) => write(store, note)));
		const failed = taken.filter((_, index) => results[index]?.status === 'rejected');
		failed.forEach(put);
		if (failed.length > 0 && !planned) plan(retryMs);
		return failed.length === 0;
	};

	const flush = async () => await (writing = writing.then(writeAll));

	return {
		add: (key, amount, expiresAt) => take({ kind: 'sum', key, name: '', amount, expiresAt }),
		raise: (key, amount, expiresAt) => take({ kind: 'peak', key, name: '', amount, expiresAt }),
		enlist: (key, name, expiresAt) => take({ kind: 'name', key, name, amount: 0, expiresAt }),
		flush,
		waiting: () => ({ keys: notes.size, dropped }),
	};
}

function merged(before: Note | undefined, note: Note): Note {
	if (!before) return note;
	switch (note.kind) {
		case 'sum':
			return { ...before, amount: before.amount + note.amount };
		case 'peak':
			return before.amount >= note.amount ? before : note;
		case 'name':
			return before.expiresAt >= note.expiresAt ? before : note;
	}
}

async function write(store: TallyStore, note: Note): Promise<void> {
	const { kind, key, name, amount, expiresAt } = note;
	if (kind === 'sum') await store.increment(key, amount, expiresAt);
	else if (kind === 'peak') await raiseTo(store, note);
	// What a list holds is due when it is forgotten: never.
	else await store.park([{ queue: key, id: name, value: '', dueAt: expiresAt, expiresAt }]);
}

/** Until nobody changes it in between: whoever does has raised it. */
async function raiseTo(store: TallyStore, { key, amount, expiresAt }: Note) {
	for (;;) {
		const [before] = await store.get([key]);
		if (before !== undefined && Number(before) >= amount) return;
		if (await store.compareAndSet(before, { key, value: String(amount), expiresAt })) return;
	}
}
