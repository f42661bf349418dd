import type { Held } from '../store/port';
import type { Mirror } from './circuit-mirror';
import { admission } from './circuit-state';

/** Longer than any call: a prober that died gives way after it. Ms. */
const TURN_MS = 60_000;

/** Circuits that this process probes. Across processes the store's claim says the same. */
const probing = new Set<string>();

/** The right to probe an open circuit, or undefined: another call has it, or has just used it. */
export async function takeTurn(
	mirror: Mirror,
): Promise<{ readonly end: () => Promise<void> } | undefined> {
	const { key, now } = mirror;
	if (probing.has(key)) return undefined;
	probing.add(key);
	await mirror.sync();
	const held = admission(mirror.state(), now()) === 'wait' ? 'taken' : await claim(mirror);
	if (held === 'taken') {
		probing.delete(key);
		return undefined;
	}
	return {
		async end() {
			probing.delete(key);
			// A release that fails costs one lease: the next prober waits for its end.
			if (held) await release(mirror, held).catch(() => undefined);
		},
	};
}

/** Undefined: the store is away, and this process alone decides. */
async function claim({ key, now, store }: Mirror): Promise<Held | 'taken' | undefined> {
	const until = now() + TURN_MS;
	const request = { key: `circuit:${key}:probe`, leaseUntil: until, expiresAt: until };
	try {
		const [claimed] = (await (await store())?.claim([request])) ?? [];
		if (!claimed) return undefined;
		return claimed.state === 'new' ? { key: request.key, token: claimed.token } : 'taken';
	} catch {
		return undefined;
	}
}

async function release({ store }: Mirror, held: Held) {
	await (await store())?.release([held]);
}
