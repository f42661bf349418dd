import type { Store } from '../store/port';
import { CLOSED, CircuitState, type CircuitPolicy, type Tally } from './circuit-state';

/** How old the picture of the other workers may get, and how long a store that failed is left alone. Ms. */
const FRESH_MS = 1_000;
const AWAY_MS = 5_000;
/** The window is counted in so many pieces. */
const PIECES = 6;
const NONE: Tally = { ok: 0, failed: 0 };

export interface MirrorOptions {
	/** Names the circuit in the store: vendor and credential. */
	readonly key: string;
	readonly policy: CircuitPolicy;
	/** Undefined or throwing: this process counts for itself. */
	readonly store: () => Promise<Store | undefined>;
	readonly now: () => number;
}

export type Mirror = ReturnType<typeof circuitMirror>;

/**
 * What this process knows of a circuit that all workers share. Calls are counted here and brought to
 * the store about once a second, never while a call waits; what the others counted comes back with it.
 * While the store is away the own counts decide alone.
 */
export function circuitMirror({ key, policy, store, now }: MirrorOptions) {
	const pieceMs = policy.windowMs / PIECES;
	const shared = new Map<number, Tally>();
	const pending = new Map<number, Tally>();
	let state = CLOSED;
	let raw: string | undefined;
	let syncedAt = -Infinity;
	let running: Promise<void> | undefined;
	let flaw = false;
	/** Own changes of the state: on their way to the store, and arrived. */
	const changes = { begun: 0, ended: 0 };

	const stateKey = `circuit:${key}`;
	const keyOf = (piece: number, kind: keyof Tally) => `${stateKey}:${state.since}:${piece}:${kind}`;
	const pieces = () => {
		const last = Math.floor(now() / pieceMs);
		return Array.from({ length: PIECES }, (_, back) => last - back);
	};
	const forgetAfter = () => now() + 2 * policy.windowMs;

	const enter = (next: CircuitState, text: string | undefined) => {
		if (next.since !== state.since) {
			shared.clear();
			pending.clear();
		}
		state = next;
		raw = text;
	};

	const read = async (from: Store) => {
		const [before, { since }] = [changes.ended, state];
		const wanted = pieces();
		const keys = wanted.flatMap((piece) => [keyOf(piece, 'ok'), keyOf(piece, 'failed')]);
		const [text, ...counts] = await from.get([stateKey, ...keys]);
		// Changed here while the store was asked: what it said is older.
		if (changes.begun !== before || changes.ended !== before) return;
		if (text !== raw) enter(parseState(text), text);
		// The counts that were read belong to a state that has ended: the next time reads the right ones.
		if (state.since !== since) return;
		shared.clear();
		wanted.forEach((piece, place) => {
			const [ok, failed] = [Number(counts[2 * place] ?? 0), Number(counts[2 * place + 1] ?? 0)];
			if (ok + failed > 0) shared.set(piece, { ok, failed });
		});
	};

	/** What is counted while it is written stays pending for the next time: nothing is counted twice. */
	const write = async (to: Store) => {
		const { since } = state;
		for (const [piece, tally] of [...pending]) {
			for (const kind of ['ok', 'failed'] as const) {
				if (tally[kind] === 0) continue;
				const total = await to.increment(keyOf(piece, kind), tally[kind], forgetAfter());
				// What was counted belongs to a state that has ended meanwhile.
				if (state.since !== since) return;
				const rest = pending.get(piece) ?? NONE;
				pending.set(piece, { ...rest, [kind]: rest[kind] - tally[kind] });
				shared.set(piece, { ...(shared.get(piece) ?? NONE), [kind]: total });
			}
		}
	};

	const attempt = async (work: (store: Store) => Promise<void>) => {
		try {
			const opened = await store();
			if (opened) await work(opened);
			flaw = opened === undefined;
		} catch {
			flaw = true;
		}
		syncedAt = now();
	};

	const sync = async () => {
		running ??= attempt(async (opened) => {
			await write(opened);
			await read(opened);
		}).finally(() => (running = undefined));
		await running;
	};

	return {
		key,
		policy,
		now,
		store,
		state: () => state,
		sync,
		/** Waits for the store only the first time; later the picture is refreshed beside the call. */
		async refresh() {
			if (syncedAt === -Infinity) await sync();
			else if (now() - syncedAt >= (flaw ? AWAY_MS : FRESH_MS)) void sync();
		},
		count(kind: keyof Tally) {
			const piece = Math.floor(now() / pieceMs);
			const before = pending.get(piece) ?? NONE;
			pending.set(piece, { ...before, [kind]: before[kind] + 1 });
			for (const old of pending.keys()) if (old <= piece - PIECES) pending.delete(old);
		},
		tally(): Tally {
			const rows = pieces().flatMap((piece) => [shared.get(piece), pending.get(piece)]);
			const sum = (kind: keyof Tally) => rows.reduce((total, row) => total + (row?.[kind] ?? 0), 0);
			return { ok: sum('ok'), failed: sum('failed') };
		},
		/** Nobody else's change is overwritten: who comes second takes over what the first decided. */
		async change(next: CircuitState) {
			const expected = raw;
			const value = JSON.stringify(next);
			changes.begun += 1;
			enter(next, value);
			let won = true;
			await attempt(async (opened) => {
				const expiresAt = now() + 2 * policy.maxOpenMs;
				won = await opened.compareAndSet(expected, { key: stateKey, value, expiresAt });
			});
			changes.ended += 1;
			if (!won) await attempt(read);
		},
	};
}

function parseState(text: string | undefined): CircuitState {
	if (text === undefined) return CLOSED;
	return CircuitState.parse(JSON.parse(text));
}
