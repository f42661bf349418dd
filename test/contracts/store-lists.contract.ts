import type { StoreWorld } from './store-limits.contract';

/** Windows and queues. */
export function listsContract({ store, clock, pass }: StoreWorld, START: number) {
	describe('windows', () => {
		const item = (key: string, at: number, value: string, expiresAt = clock() + 1000) => ({
			key,
			at,
			value,
			expiresAt,
		});

		it('drains each entity once, in the order of the events', async () => {
			expect(await store().append([item('lead:1', 30, 'c'), item('lead:1', 10, 'a|1')])).toEqual([
				1, 2,
			]);
			expect(
				await store().append([
					item('lead:2', 5, 'x'),
					item('lead:1', 10, 'b'),
					item('lead:1', 9, '0'),
				]),
			).toEqual([1, 3, 4]);
			expect(await store().drain(['lead:1', 'nobody'])).toEqual([
				[
					{ at: 9, value: '0' },
					{ at: 10, value: 'a|1' },
					{ at: 10, value: 'b' },
					{ at: 30, value: 'c' },
				],
				[],
			]);
			expect(await store().drain(['lead:1', 'lead:2'])).toEqual([[], [{ at: 5, value: 'x' }]]);
		});

		it('gives every item to exactly one of many drains', async () => {
			await store().append(Array.from({ length: 100 }, (_, at) => item('lead:1', at, `${at}`)));
			const drains = await Promise.all(Array.from({ length: 10 }, () => store().drain(['lead:1'])));
			expect(drains.flat(2)).toHaveLength(100);
		});

		it('forgets an item at its end, and not its window', async () => {
			await store().append([item('lead:1', 1, 'short', clock() + 10), item('lead:1', 2, 'long')]);
			pass(10);
			expect(await store().append([item('lead:1', 3, 'new')])).toEqual([2]);
			expect((await store().drain(['lead:1'])).flat().map(({ value }) => value)).toEqual([
				'long',
				'new',
			]);
		});
	});

	describe('parking', () => {
		const parked = (id: string, dueAt: number, value = id) => ({
			queue: 'later',
			id,
			dueAt,
			value,
			expiresAt: START + 100_000,
		});
		const take = (limit = 10) => store().takeDue('later', { limit, leaseUntil: clock() + 1000 });

		it('gives what is due, longest due first, to one taker', async () => {
			expect(
				await store().park([
					parked('c', START + 30),
					parked('a', START + 10),
					parked('b', START + 20, 'x|y\n'),
				]),
			).toEqual([true, true, true]);
			expect(await take()).toEqual([]);
			pass(20);
			expect(await store().count('later')).toEqual({ total: 3, due: 2 });
			const taken = await take();
			expect(taken).toEqual([
				{ id: 'a', value: 'a', dueAt: START + 10, ...leased(1) },
				{ id: 'b', value: 'x|y\n', dueAt: START + 20, ...leased(1) },
			]);
			expect(await take()).toEqual([]);
			expect(await store().acknowledge('later', taken)).toEqual([true, true]);
			expect(await store().acknowledge('later', taken)).toEqual([false, false]);
			expect(await store().count('later')).toEqual({ total: 1, due: 0 });
		});

		const leased = (attempts: number) => ({
			availableAt: clock() + 1000,
			attempts,
			token: expect.any(String) as string,
		});

		it('gives it again when its lease has ended, and refuses the old token', async () => {
			await store().park([parked('a', START)]);
			const [dead] = await take();
			pass(1000);
			const [heir] = await take();
			expect(heir).toMatchObject({ id: 'a', attempts: 2 });
			expect(await store().acknowledge('later', [dead!])).toEqual([false]);
			expect(await store().acknowledge('later', [heir!])).toEqual([true]);
		});

		it('takes as many as asked, and gives nothing twice to takers at once', async () => {
			await store().park(Array.from({ length: 60 }, (_, index) => parked(`${index}`, START)));
			const taken = await Promise.all(Array.from({ length: 10 }, () => take(5)));
			expect(taken.map(({ length }) => length)).toEqual(Array(10).fill(5));
			expect(new Set(taken.flat().map(({ id }) => id)).size).toBe(50);
		});

		it('replaces an id, ends its lease, and keeps the count of its attempts', async () => {
			await store().park([parked('a', START)]);
			const [taken] = await take();
			expect(await store().park([parked('a', START + 50, 'again')])).toEqual([false]);
			expect(await store().acknowledge('later', [taken!])).toEqual([false]);
			expect(await store().list('later', 10)).toEqual([
				{ id: 'a', value: 'again', dueAt: START + 50, availableAt: START + 50, attempts: 1 },
			]);
		});

		it('lists without taking, next one first, and keeps queues apart', async () => {
			await store().park([
				parked('b', START + 2),
				parked('a', START + 1),
				{ ...parked('z', START), queue: 'other' },
			]);
			expect((await store().list('later', 1)).map(({ id }) => id)).toEqual(['a']);
			expect((await store().list('later', 9)).map(({ id }) => id)).toEqual(['a', 'b']);
			expect(await store().count('nothing')).toEqual({ total: 0, due: 0 });
		});

		it('forgets what nobody took by its end', async () => {
			await store().park([{ ...parked('a', START), expiresAt: START + 10 }, parked('b', START)]);
			pass(10);
			expect(await store().count('later')).toEqual({ total: 1, due: 1 });
			expect((await take()).map(({ id }) => id)).toEqual(['b']);
			expect(await store().park([parked('a', START)])).toEqual([true]);
		});
	});
}
