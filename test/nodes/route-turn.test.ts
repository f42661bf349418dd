import { assign } from '../../lib/domain/assignment';
import { readOwners } from '../../lib/domain/owner';
import { plan } from '../../lib/domain/route';
import { memoryStore } from '../../lib/runtime/store/memory';
import { nextTurn, settle, type Memory } from '../../nodes/Route/turn';

const DAY_MS = 86_400_000;
const start = Date.parse('2026-11-23T09:00Z');
const rows = ['ada', 'bob', 'cleo'].map((name) => ({
	name,
	email: `${name}@example.com`,
	timezone: 'UTC',
}));

function setUp(list: object[] = rows) {
	const clock = { now: start };
	const now = () => clock.now;
	const store = memoryStore(now);
	const owners = readOwners(list);
	const drawFrom =
		(pools: Parameters<typeof plan>[0]['pools'], fallback = '') =>
		async () => {
			const planned = plan({
				owners,
				pools,
				fallback,
				existing: '',
				preferWorkingNow: true,
				now: clock.now,
			});
			return assign(
				planned,
				planned.kind === 'turn' ? await nextTurn(store, 'w', planned.pool, now()) : 0,
			);
		};
	const memory = (more: Partial<Memory> = {}): Memory => ({
		store,
		scope: 'route:v1:w:n',
		leadKey: 'maria@acme.example',
		event: 'e1',
		rememberMs: 30 * DAY_MS,
		now,
		sleep: async (ms) => {
			clock.now += ms;
		},
		...more,
	});
	return { clock, store, owners, memory, drawFrom };
}
const all = [{ name: 'All', matched: true, members: [] }];

test('turns drawn at once are all different', async () => {
	const { store } = setUp();
	const turns = await Promise.all(
		Array.from({ length: 50 }, () => nextTurn(store, 'w', 'All', start)),
	);
	expect(new Set(turns).size).toBe(50);
	expect(await nextTurn(store, 'w', 'Other', start)).toBe(1);
	expect(await nextTurn(store, 'other', 'All', start)).toBe(1);
});

test('a repeat gets the same owner, the same deadline, and takes no turn', async () => {
	const { clock, store, owners, memory, drawFrom } = setUp();
	const first = await settle(memory(), owners, drawFrom(all));
	clock.now += 60_000;
	const again = await settle(memory(), owners, drawFrom(all));
	expect(again).toMatchObject({ repeated: true, assignedAt: start });
	expect(again.assignment).toMatchObject({ owner: first.assignment.owner, turn: 1, pool: 'All' });
	expect(again.assignment.candidates).toEqual(first.assignment.candidates);
	expect(await nextTurn(store, 'w', 'All', clock.now)).toBe(2);
});

test('another event of the lead: the same owner with a deadline of its own', async () => {
	const { clock, owners, memory, drawFrom } = setUp();
	await settle(memory(), owners, drawFrom(all));
	clock.now += 29 * DAY_MS;
	const later = await settle(memory({ event: 'e2' }), owners, drawFrom(all));
	expect(later).toMatchObject({ repeated: true, assignedAt: clock.now });
	expect(later.assignment.owner.name).toBe('ada');
});

test('after the days are over the lead takes a turn again', async () => {
	const { clock, owners, memory, drawFrom } = setUp();
	await settle(memory(), owners, drawFrom(all));
	clock.now += 31 * DAY_MS;
	const later = await settle(memory(), owners, drawFrom(all));
	expect(later).toMatchObject({ repeated: false, assignment: { turn: 2, owner: { name: 'bob' } } });
});

test('the same lead twice at once: one draws, the other gets the answer', async () => {
	const { owners, memory, drawFrom } = setUp();
	const both = await Promise.all([
		settle(memory(), owners, drawFrom(all)),
		settle(memory(), owners, drawFrom(all)),
	]);
	expect(both.map(({ assignment }) => assignment.owner.name)).toEqual(['ada', 'ada']);
	expect(both.map(({ repeated }) => repeated)).toEqual([false, true]);
});

test('an execution that died is taken over when its lease ends', async () => {
	const { store, owners, memory, drawFrom } = setUp();
	const dead = memory({ store: { ...store, complete: async () => await new Promise(() => {}) } });
	void settle(dead, owners, drawFrom(all));
	await Promise.resolve();
	const next = await settle(memory(), owners, drawFrom(all));
	expect(next).toMatchObject({ repeated: false, assignment: { turn: 2 } });
});

test('an owner who was switched off since is replaced, once for all repeats', async () => {
	const { store, memory, owners, drawFrom } = setUp();
	await settle(memory(), owners, drawFrom(all));
	const left = setUp([{ ...rows[0], active: false }, rows[1] ?? {}, rows[2] ?? {}]);
	const repeats = await Promise.all(
		[1, 2, 3].map(() => settle(memory(), left.owners, left.drawFrom(all))),
	);
	const names = repeats.map(({ assignment }) => assignment.owner.name);
	expect(new Set(names).size).toBe(1);
	expect(names[0]).not.toBe('ada');
	expect(repeats.filter(({ repeated }) => !repeated)).toHaveLength(1);
	expect(await nextTurn(store, 'w', 'All', start)).toBe(2);
});

test('a fallback is not remembered', async () => {
	const { owners, memory, drawFrom } = setUp();
	const nobody = [{ name: 'All', matched: false, members: [] }];
	const fallen = await settle(memory(), owners, drawFrom(nobody, 'cleo@example.com'));
	expect(fallen.assignment).toMatchObject({ outcome: 'fallback', owner: { name: 'cleo' } });
	const fixed = await settle(memory(), owners, drawFrom(all));
	expect(fixed).toMatchObject({ repeated: false, assignment: { outcome: 'assigned', turn: 1 } });
});

test('a failed draw gives the lead back', async () => {
	const { owners, memory, drawFrom } = setUp();
	const nobody = [{ name: 'All', matched: false, members: [] }];
	await expect(settle(memory(), owners, drawFrom(nobody))).rejects.toMatchObject({
		code: 'CONFIG_INVALID',
	});
	expect((await settle(memory(), owners, drawFrom(all))).repeated).toBe(false);
});

test('a lead that nothing identifies takes a turn each time', async () => {
	const { owners, memory, drawFrom } = setUp();
	const nameless = () => settle(memory({ leadKey: '' }), owners, drawFrom(all));
	const names = [await nameless(), await nameless()].map(({ assignment }) => assignment.owner.name);
	expect(names).toEqual(['ada', 'bob']);
});
