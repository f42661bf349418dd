import { PipelineError } from '../../lib/domain/errors';
import { sourceLimit } from '../../lib/runtime/source-limit';
import { memoryStore } from '../../lib/runtime/store/memory';
import type { Limits } from '../../lib/runtime/store/port';

const limit = { kind: 'window', capacity: 2, windowMs: 60_000 } as const;
let at = 0;
const now = () => at;
beforeEach(() => (at = 1_000_000));

/** The store of two processes, and how often it was asked. */
function watched(store: Limits, broken = { now: false }) {
	const asked: string[] = [];
	const take: Limits['take'] = async (key, ...rest) => {
		asked.push(key);
		if (broken.now) throw new PipelineError('STORE_UNAVAILABLE', 'away');
		return await store.take(key, ...rest);
	};
	return { take, asked, broken };
}

it('counts all processes together', async () => {
	const store = watched(memoryStore(now));
	const [one, two] = [sourceLimit({ now }), sourceLimit({ now })];
	const permits = [
		await one.take(store, 'a', limit),
		await two.take(store, 'a', limit),
		await one.take(store, 'a', limit),
		await two.take(store, 'b', limit),
	];
	expect(permits.map(({ allowed }) => allowed)).toEqual([true, true, false, true]);
});

it('asks no store about what this process alone has seen too much of', async () => {
	const store = watched(memoryStore(now));
	const { take } = sourceLimit({ now });
	for (let n = 0; n < 10; n += 1) await take(store, 'a', limit);
	expect(store.asked).toHaveLength(2);
	expect((await take(store, 'a', limit)).retryAfterMs).toBeGreaterThan(0);
	at += 64_000;
	expect((await take(store, 'a', limit)).allowed).toBe(true);
});

it('counts alone while the store is away, and leaves it alone for a while', async () => {
	const store = watched(memoryStore(now), { now: true });
	const { take } = sourceLimit({ now });
	const allowed = [];
	for (const key of ['a', 'a', 'a', 'b']) allowed.push((await take(store, key, limit)).allowed);
	expect(allowed).toEqual([true, true, false, true]);
	expect(store.asked).toHaveLength(1);
	store.broken.now = false;
	at += 10_001;
	await take(store, 'c', limit);
	expect(store.asked).toEqual(['a', 'c']);
});

it('remembers so many sources and no more, the latest ones', async () => {
	const store = watched(memoryStore(now), { now: true });
	const { take } = sourceLimit({ now, maxSources: 3 });
	await take(store, 'a', limit);
	await take(store, 'a', limit);
	for (const key of ['b', 'c']) await take(store, key, limit);
	expect((await take(store, 'a', limit)).allowed).toBe(false);
	for (const key of ['d', 'e', 'f']) await take(store, key, limit);
	expect((await take(store, 'a', limit)).allowed).toBe(true);
});
