import type { Claim, Store } from '../../lib/runtime/store/port';

/** What every engine must do. A new engine passes this file or it is not a store. */
export function storeContract(name: string, open: (now: () => number) => Store) {
	describe(`store: ${name}`, () => {
		let clock = 0;
		let store: Store;
		beforeEach(() => {
			clock = Date.UTC(2026, 0, 1);
			store = open(() => clock);
		});
		afterEach(() => store.close());

		const request = (key: string) => ({ key, leaseUntil: clock + 1000, expiresAt: clock + 10_000 });
		const claim = async (key: string) => {
			const [answer] = await store.claim([request(key)]);
			return answer as Claim;
		};
		const token = (answer: Claim) => (answer.state === 'new' ? answer.token : 'no token');

		it('lets exactly one of many claimants win', async () => {
			const answers = await Promise.all(Array.from({ length: 50 }, () => claim('event:1')));
			expect(answers.filter(({ state }) => state === 'new')).toHaveLength(1);
			expect(answers.filter(({ state }) => state === 'in-progress')).toHaveLength(49);
		});

		it('finds duplicates inside one batch: the first wins, in order', async () => {
			const answers = await store.claim(['a', 'b', 'a'].map(request));
			expect(answers.map(({ state }) => state)).toEqual(['new', 'new', 'in-progress']);
		});

		it('replays the result to later claimants until it expires', async () => {
			const first = await claim('event:1');
			expect(await store.complete('event:1', token(first), '{"id":7}', clock + 5000)).toBe(true);
			expect(await claim('event:1')).toMatchObject({ state: 'done', result: '{"id":7}' });
			clock += 5000;
			expect(await claim('event:1')).toMatchObject({ state: 'new', takeovers: 0 });
		});

		it("passes a dead holder's claim on at the end of its lease, and refuses the old token", async () => {
			const dead = await claim('event:1');
			clock += 999;
			expect(await claim('event:1')).toMatchObject({ state: 'in-progress' });
			clock += 1;
			const heir = await claim('event:1');
			expect(heir).toMatchObject({ state: 'new', takeovers: 1 });
			expect(await store.complete('event:1', token(dead), 'late', clock + 5000)).toBe(false);
			expect(await store.release('event:1', token(dead))).toBe(false);
			expect(await store.complete('event:1', token(heir), 'mine', clock + 5000)).toBe(true);
		});

		it('is new again after a release, and cannot be released once done', async () => {
			const first = await claim('event:1');
			expect(await store.release('event:1', token(first))).toBe(true);
			const second = await claim('event:1');
			expect(second.state).toBe('new');
			await store.complete('event:1', token(second), 'done', clock + 5000);
			expect(await store.release('event:1', token(second))).toBe(false);
			expect(await store.complete('event:1', token(second), 'twice', clock + 5000)).toBe(false);
			expect(await claim('event:1')).toMatchObject({ state: 'done', result: 'done' });
		});

		it('loses no increment under concurrency, and starts again after its end', async () => {
			const end = clock + 1000;
			const totals = await Promise.all(
				Array.from({ length: 50 }, () => store.increment('turn', 1, end)),
			);
			expect(new Set(totals).size).toBe(50);
			expect(Math.max(...totals)).toBe(50);
			clock += 1000;
			expect(await store.increment('turn', 1, clock + 1000)).toBe(1);
		});

		it('keeps values in the order asked, until they expire', async () => {
			await store.set([
				{ key: 'a', value: '1', expiresAt: clock + 10 },
				{ key: 'b', value: 'ü\u0000"', expiresAt: clock + 20 },
			]);
			expect(await store.get(['b', 'nobody', 'a'])).toEqual(['ü\u0000"', undefined, '1']);
			clock += 10;
			expect(await store.get(['a', 'b'])).toEqual([undefined, 'ü\u0000"']);
			await store.delete(['b']);
			expect(await store.get(['b'])).toEqual([undefined]);
		});

		it('takes an empty batch', async () => {
			expect(await store.claim([])).toEqual([]);
			expect(await store.get([])).toEqual([]);
		});
	});
}
