import type { StoreWorld } from './store-limits.contract';

/** Claims that say whose they are. */
export function holdersContract({ store, clock, pass }: StoreWorld) {
	describe('claims of a holder', () => {
		const request = (key: string) => ({
			key,
			leaseUntil: clock() + 1000,
			expiresAt: clock() + 10_000,
		});
		const claimFor = async (holder: string, ...keys: string[]) =>
			await store().claim(keys.map((key) => ({ ...request(key), holder })));
		const claim = async (key: string) => (await store().claim([request(key)]))[0];
		const held = (key: string, answer: Awaited<ReturnType<typeof claim>>) => ({
			key,
			token: answer?.state === 'new' ? answer.token : 'no token',
		});

		it('tell who has it', async () => {
			await claimFor('execution 1|@%', 'a');
			const [answer] = await claimFor('2', 'a');
			expect(answer).toMatchObject({ state: 'in-progress', holder: 'execution 1|@%' });
			await claim('b');
			expect((await claimFor('2', 'b'))[0]).toHaveProperty('holder', undefined);
		});

		it('are given back as far as they are open, and nothing else', async () => {
			const [a] = await claimFor('1', 'a', 'b', 'c', 'a');
			await claimFor('1', 'd');
			await claimFor('11', 'e');
			await claim('f');
			const done = { ...held('a', a), result: 'done', expiresAt: clock() + 5000 };
			expect(await store().complete([done])).toEqual([true]);
			expect(await store().releaseAll(['1', 'nobody', '1'])).toEqual([3, 0, 0]);
			expect(await claim('a')).toMatchObject({ state: 'done', result: 'done' });
			expect(await claim('b')).toMatchObject({ state: 'new', takeovers: 0 });
			expect(await claim('d')).toMatchObject({ state: 'new', takeovers: 0 });
			expect(await claim('e')).toMatchObject({ state: 'in-progress', holder: '11' });
			expect(await claim('f')).toMatchObject({ state: 'in-progress' });
		});

		it('are found when renewed, and not when expired or passed to another', async () => {
			const [, b] = await claimFor('1', 'a', 'b');
			const longer = { ...held('b', b), leaseUntil: clock() + 8000 };
			expect(await store().renew([longer])).toEqual([true]);
			pass(1000);
			expect((await claimFor('2', 'a'))[0]).toMatchObject({ state: 'new', takeovers: 1 });
			pass(6000);
			expect(await store().releaseAll(['1'])).toEqual([1]);
			expect(await claimFor('3', 'a', 'b')).toMatchObject([
				{ state: 'new', takeovers: 2 },
				{ state: 'new', takeovers: 0 },
			]);
			pass(10_000);
			expect(await store().releaseAll(['3'])).toEqual([0]);
		});
	});
}
