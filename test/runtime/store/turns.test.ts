import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { memoryStore } from '../../../lib/runtime/store/memory';
import type { Store } from '../../../lib/runtime/store/port';
import { sqliteStore } from '../../../lib/runtime/store/sqlite';
import { endTurns, takeTurns, turnsBeat } from '../../../lib/runtime/store/take-turns';
import { lineFor } from '../../../lib/runtime/store/turns';
import { fakeClock } from '../policies/clock';

const MINUTE = 60_000;

describe.each<[string, (now: () => number) => Store]>([
	['memory', memoryStore],
	[
		'sqlite',
		(now) => sqliteStore({ path: ':memory:', open: () => new DatabaseSync(':memory:'), now }),
	],
])('a line in %s', (_name, open) => {
	const clock = fakeClock();
	let store: Store;
	beforeEach(() => (store = open(clock.now)));
	afterEach(() => store.close());
	const line = (id: string) => lineFor(store, { key: 'turn:ada', id }, clock.now);
	const soon = () => clock.now() + MINUTE;

	it('is first come, first served, with numbers that grow', async () => {
		expect(await line('a').join(soon())).toMatchObject({ ahead: 0, number: 1 });
		expect(await line('b').join(soon())).toMatchObject({ ahead: 1, number: 2 });
		expect(await line('c').join(soon())).toMatchObject({ ahead: 2, number: 3 });
		expect(await line('b').join(soon())).toMatchObject({ ahead: 1, number: 2 });
		expect(await line('b').leave()).toBe(true);
		expect(await line('c').look()).toEqual({ ahead: 1, number: 3 });
		expect(await line('a').leave()).toBe(true);
		expect(await line('a').leave()).toBe(false);
		expect(await line('c').look()).toEqual({ ahead: 0, number: 3 });
		expect(await line('b').join(soon())).toMatchObject({ ahead: 1, number: 4 });
	});

	it('passes the turn of the dead on, and does not give it back to them', async () => {
		await line('a').join(soon());
		await line('b').join(soon() + 1);
		clock.pass(MINUTE - 1);
		expect(await line('b').look()).toMatchObject({ ahead: 1 });
		clock.pass(1);
		expect(await line('b').look()).toMatchObject({ ahead: 0 });
		expect(await line('a').stay(soon())).toBeUndefined();
		expect(await line('a').look()).toBeUndefined();
		expect(await line('a').join(soon())).toMatchObject({ ahead: 1, number: 3 });
	});

	it('is kept alive by its beat, which ends when the turn is lost or given back', async () => {
		const turns = await takeTurns(store, {
			keys: ['k1', 'k2'],
			id: 'a',
			until: 0,
			now: clock.now,
		});
		const held = [...turns.values()];
		const beat = turnsBeat(held, clock.now() + 10 * MINUTE, clock.now);
		for (let tick = 0; tick < 5; tick += 1) {
			clock.pass(MINUTE - 1);
			expect(await beat.renew()).toBe(true);
		}
		const late = { keys: ['k1'], id: 'b', until: 0, now: clock.now };
		expect((await takeTurns(store, late)).size).toBe(0);
		await endTurns(held);
		expect(await beat.renew()).toBe(false);
		expect((await takeTurns(store, late)).size).toBe(1);
	});

	it('keeps the turns that it has while it waits for the next one', async () => {
		const other = lineFor(store, { key: 'z', id: 'other' }, clock.now);
		await other.join(soon());
		const from = clock.now();
		const sleep = async (ms: number) => {
			clock.pass(ms);
			if (clock.now() - from > 4 * MINUTE) await other.leave();
			else await other.stay(soon());
		};
		const wanted = { keys: ['z', 'x'], id: 'a', until: from + 5 * MINUTE, now: clock.now, sleep };
		const turns = await takeTurns(store, wanted);
		expect([...turns.values()].map(({ key, number }) => [key, number])).toEqual([
			['x', 1],
			['z', 2],
		]);
		const late = { keys: ['x'], id: 'b', until: 0, now: clock.now };
		expect((await takeTurns(store, late)).size).toBe(0);
	});

	it('waits no longer than it may, and then is not in the way', async () => {
		await line('a').join(soon() + MINUTE);
		const turns = await takeTurns(store, {
			...{ keys: ['turn:ada'], id: 'b', random: () => 0.5 },
			...{ until: clock.now() + 5000, now: clock.now, sleep: clock.sleep },
		});
		expect(turns.size).toBe(0);
		expect(Math.max(...clock.waited)).toBeLessThanOrEqual(1000);
		expect(await line('b').look()).toBeUndefined();
	});
});

it('lets one in at a time, in turn, and all in the end, whoever dies and however they meet', async () => {
	const actor = fc.record({
		keys: fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1, maxLength: 3 }),
		dies: fc.boolean(),
		staysMs: fc.integer({ min: 1, max: 40_000 }),
	});
	const everybody: number[] = [];
	const actors = fc.array(actor, { minLength: 2, maxLength: 5 });
	await fc.assert(
		fc.asyncProperty(actors, fc.scheduler(), async (all, scheduler) => {
			const clock = fakeClock();
			const engine = memoryStore(clock.now);
			const store: Store = {
				...engine,
				get: scheduler.scheduleFunction(engine.get),
				compareAndSet: scheduler.scheduleFunction(engine.compareAndSet),
			};
			const sleep = scheduler.scheduleFunction(clock.sleep);
			/** Who is inside, and until when it is trusted to be alive. */
			const inside = new Map<string, { id: string; until: number }>();
			const numbers = new Map<string, number>();
			let entered = 0;

			const live = async ({ keys, dies, staysMs }: (typeof all)[number], index: number) => {
				const id = `${index}`;
				const until = clock.now() + 1e9;
				const turns = await takeTurns(store, { keys, id, until, now: clock.now, sleep });
				// As the heartbeat does: who says that it is alive, and is heard, has a minute.
				const from = clock.now();
				const lines = [...turns.values()].map(({ line }) => line);
				const heard = await Promise.all(lines.map((line) => line.stay(from + MINUTE)));
				const isAlive = turns.size === keys.length && heard.every(Boolean);
				if (!isAlive || clock.now() >= from + MINUTE) return;
				for (const { key, number } of turns.values()) {
					const other = inside.get(key);
					if (other && other.until > clock.now())
						throw new Error(`${id} met ${other.id} in ${key}`);
					expect(number).toBeGreaterThan(numbers.get(key) ?? 0);
					numbers.set(key, number);
					inside.set(key, { id, until: from + MINUTE });
				}
				entered += 1;
				if (dies) return;
				await sleep(staysMs);
				for (const key of turns.keys()) if (inside.get(key)?.id === id) inside.delete(key);
				await endTurns([...turns.values()]);
			};
			await scheduler.waitFor(Promise.all(all.map(live)));
			everybody.push(entered / all.length);
		}),
		{ numRuns: 150, verbose: 0 },
	);
	// In hardly any of these worlds is somebody so slow that it is taken for dead.
	expect(everybody.filter((share) => share === 1).length).toBeGreaterThan(everybody.length / 2);
}, 60_000);
