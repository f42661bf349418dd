/** Something that is held only as long as its holder says so again and again. */
export interface Beat {
	/** Epoch ms after which it is no longer kept alive. */
	readonly until: number;
	/** False: nothing is left to keep. What it throws is taken for a store that is away: it is tried again. */
	renew(): Promise<boolean>;
}

export interface Heart {
	/** Keeps it alive while this process lives; the function that is given back ends that. */
	keep(beat: Beat): () => void;
	/** How many are kept. */
	size(): number;
}

export interface HeartOptions {
	readonly everyMs: number;
	readonly now?: () => number;
	/** Starts a timer and gives the function that stops it. */
	readonly every?: (ms: number, tick: () => void) => () => void;
}

/** One timer for all, running only while there is something to keep. */
export function heart({ everyMs, now = Date.now, every = interval }: HeartOptions): Heart {
	const beats = new Set<Beat>();
	const busy = new Set<Beat>();
	let stop: (() => void) | undefined;

	const drop = (beat: Beat) => {
		beats.delete(beat);
		if (beats.size > 0) return;
		stop?.();
		stop = undefined;
	};

	const renew = async (beat: Beat) => {
		if (busy.has(beat)) return;
		if (now() >= beat.until) return drop(beat);
		busy.add(beat);
		const alive = await beat.renew().catch(() => true);
		busy.delete(beat);
		if (!alive) drop(beat);
	};

	return {
		keep(beat) {
			beats.add(beat);
			stop ??= every(everyMs, () => [...beats].forEach((one) => void renew(one)));
			return () => drop(beat);
		},
		size: () => beats.size,
	};
}

/** Keeps no process alive. */
function interval(ms: number, tick: () => void) {
	const timer = setInterval(tick, ms).unref();
	return () => clearInterval(timer);
}

/** How long a holder may be silent before it is taken for dead. */
export const SILENCE_MS = 60_000;

/** The heart of this process: a worker that is killed falls silent, and what it held is free within a minute. */
export const processHeart = heart({ everyMs: SILENCE_MS / 3 });
