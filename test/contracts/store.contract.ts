import type { Claim, Store } from '../../lib/runtime/store/port';
import { holdersContract } from './store-holders.contract';
import { limitsContract } from './store-limits.contract';
import { listsContract } from './store-lists.contract';

type Open = (now: () => number) => Store | Promise<Store>;

/** What every engine must do. A new engine passes this file or it is not a store. */
export function storeContract(name: string, open: Open) {
	describe(`store: ${name}`, () => {
		const START = Date.UTC(2026, 0, 1);
		let clock = START;
		let store: Store;
		beforeEach(async () => {
			clock = START;
			store = await open(() => clock);
		});
		afterEach(() => store.close());

		const request = (key: string) => ({ key, leaseUntil: clock + 1000, expiresAt: clock + 10_000 });
		const claim = async (key: string) => {
			const [answer] = await store.claim([request(key)]);
			return answer as Claim;
		};
		const token = (answer: Claim) => (answer.state === 'new' ? answer.token : 'no token');
		const complete = async (key: string, by: Claim, result: string) =>
			(await store.complete([{ key, token: token(by), result, expiresAt: clock + 5000 }]))[0];
		const release = async (key: string, by: Claim) =>
			(await store.release([{ key, token: token(by) }]))[0];
		const renew = async (key: string, by: Claim, leaseUntil: number) =>
			(await store.renew([{ key, token: token(by), leaseUntil }]))[0];

		describe('claims', () => {
			it('lets exactly one of many claimants win', async () => {
				const answers = await Promise.all(Array.from({ length: 50 }, () => claim('event:1')));
				expect(answers.filter(({ state }) => state === 'new')).toHaveLength(1);
				expect(answers.filter(({ state }) => state === 'in-progress')).toHaveLength(49);
			});

			it('finds duplicates inside one batch: the first wins, in order', async () => {
				const answers = await store.claim(['a', 'b', 'a'].map(request));
				expect(answers.map(({ state }) => state)).toEqual(['new', 'new', 'in-progress']);
			});

			it('answers in order for a batch of thousands', async () => {
				await store.claim([request('k:1500')]);
				const keys = Array.from({ length: 2500 }, (_, index) => `k:${index}`);
				const answers = await store.claim(keys.map(request));
				const held = keys.filter((_, index) => answers[index]?.state === 'in-progress');
				expect([answers.length, held]).toEqual([2500, ['k:1500']]);
			});

			it('replays the result to later claimants until it expires', async () => {
				const first = await claim('event:1');
				clock += 10;
				expect(await complete('event:1', first, '{"id":"a|b|é\n"}')).toBe(true);
				expect(await claim('event:1')).toEqual({
					state: 'done',
					claimedAt: START,
					completedAt: START + 10,
					result: '{"id":"a|b|é\n"}',
				});
				clock += 5000;
				expect(await claim('event:1')).toMatchObject({ state: 'new', takeovers: 0 });
			});

			it("passes a dead holder's claim on at the end of its lease, and refuses the old token", async () => {
				const dead = await claim('event:1');
				clock += 999;
				expect(await claim('event:1')).toEqual({
					state: 'in-progress',
					claimedAt: START,
					leaseUntil: START + 1000,
				});
				clock += 1;
				const heir = await claim('event:1');
				expect(heir).toMatchObject({ state: 'new', takeovers: 1 });
				expect(await complete('event:1', dead, 'late')).toBe(false);
				expect(await renew('event:1', dead, clock + 9000)).toBe(false);
				expect(await release('event:1', dead)).toBe(false);
				expect(await complete('event:1', heir, 'mine')).toBe(true);
				clock += 1000;
				expect(await claim('event:1')).toMatchObject({ state: 'done', result: 'mine' });
			});

			it('lets a late holder finish when nobody has taken over', async () => {
				const late = await claim('event:1');
				clock += 2000;
				expect(await complete('event:1', late, 'late but first')).toBe(true);
			});

			it('renews a lease, and remembers the claim as long', async () => {
				const held = await claim('event:1');
				expect(await renew('event:1', held, clock + 20_000)).toBe(true);
				clock += 19_999;
				expect(await claim('event:1')).toMatchObject({ state: 'in-progress' });
				expect(await renew('event:1', held, clock + 500)).toBe(true);
				expect(await renew('nobody', held, clock + 500)).toBe(false);
				clock += 500;
				expect(await claim('event:1')).toMatchObject({ state: 'new', takeovers: 0 });
			});

			it('is new again after a release, and cannot be released once done', async () => {
				const first = await claim('event:1');
				expect(await release('event:1', first)).toBe(true);
				const second = await claim('event:1');
				expect(second).toMatchObject({ state: 'new', takeovers: 0 });
				await complete('event:1', second, 'done');
				expect(await release('event:1', second)).toBe(false);
				expect(await renew('event:1', second, clock + 500)).toBe(false);
				expect(await complete('event:1', second, 'twice')).toBe(false);
				expect(await claim('event:1')).toMatchObject({ state: 'done', result: 'done' });
			});

			it('finishes a batch with an answer for each', async () => {
				const [a, b] = await store.claim(['a', 'b'].map(request));
				const ended = [
					{ key: 'a', token: token(a as Claim), result: '1', expiresAt: clock + 100 },
					{ key: 'b', token: 'not mine', result: '2', expiresAt: clock + 100 },
				];
				expect(await store.complete(ended)).toEqual([true, false]);
				const held = { key: 'b', token: token(b as Claim) };
				expect(await store.release([{ ...held, token: 'not mine' }, held, held])).toEqual([
					false,
					true,
					false,
				]);
			});
		});

		describe('entries', () => {
			it('loses no increment under concurrency, and starts again after its end', async () => {
				const end = clock + 1000;
				const totals = await Promise.all(
					Array.from({ length: 50 }, () => store.increment('turn', 1, end)),
				);
				expect(new Set(totals).size).toBe(50);
				expect(Math.max(...totals)).toBe(50);
				expect(await store.increment('turn', -20, end + 5000)).toBe(30);
				expect(await store.get(['turn'])).toEqual(['30']);
				clock += 1000;
				expect(await store.increment('turn', 1, clock + 1000)).toBe(1);
			});

			it('keeps values in the order asked, until they expire', async () => {
				await store.set([
					{ key: 'a', value: '1', expiresAt: clock + 10 },
					{ key: 'b', value: 'ü\u0000"|\n', expiresAt: clock + 20 },
				]);
				expect(await store.get(['b', 'nobody', 'a'])).toEqual(['ü\u0000"|\n', undefined, '1']);
				clock += 10;
				expect(await store.get(['a', 'b'])).toEqual([undefined, 'ü\u0000"|\n']);
				await store.delete(['b']);
				expect(await store.get(['b'])).toEqual([undefined]);
			});

			it('sets what is still as expected, and only one of many', async () => {
				const entry = (value: string) => ({ key: 'a', value, expiresAt: clock + 100 });
				const all = await Promise.all(
					Array.from({ length: 20 }, (_, index) =>
						store.compareAndSet(undefined, entry(`${index}`)),
					),
				);
				expect(all.filter(Boolean)).toHaveLength(1);
				const [value] = await store.get(['a']);
				expect(await store.compareAndSet('other', entry('x'))).toBe(false);
				expect(await store.compareAndSet(value, entry('next'))).toBe(true);
				expect(await store.get(['a'])).toEqual(['next']);
				clock += 100;
				expect(await store.compareAndSet('next', entry('late'))).toBe(false);
				expect(await store.compareAndSet(undefined, entry('first'))).toBe(true);
			});
		});

		describe('transactions', () => {
			const put = (key: string, expected: string | undefined, value: string) => ({
				key,
				expected,
				entry: { value, expiresAt: clock + 100 },
			});

			it('are written whole or not at all, one after the other', async () => {
				const answers = await store.commit([
					[put('a', undefined, '1'), put('b', undefined, '2')],
					[put('c', undefined, '3'), put('a', undefined, 'too late')],
					[put('a', '1', 'x|ü\n'), { key: 'b', expected: '2' }],
					[{ key: 'a', expected: '1' }],
				]);
				expect(answers).toEqual([true, false, true, false]);
				expect(await store.get(['a', 'b', 'c'])).toEqual(['x|ü\n', undefined, undefined]);
				clock += 100;
				expect(await store.commit([[put('a', 'x|ü\n', 'gone')], []])).toEqual([false, true]);
				expect(await store.commit([[put('a', undefined, 'new')]])).toEqual([true]);
			});

			it('let one of many who want overlapping keys win, and answer thousands in order', async () => {
				const all = await Promise.all(
					Array.from({ length: 20 }, (_, index) =>
						store.commit([
							[put(`own:${index}`, undefined, '1'), put('all', undefined, `${index}`)],
						]),
					),
				);
				expect(all.flat().filter(Boolean)).toHaveLength(1);
				const [winner] = await store.get(['all']);
				const own = await store.get(all.map((_, index) => `own:${index}`));
				expect(own.flatMap((value, index) => (value ? [`${index}`] : []))).toEqual([winner]);
				const many = Array.from({ length: 2500 }, (_, index) => [
					put(`k:${index % 2000}`, undefined, '1'),
				]);
				expect((await store.commit(many)).filter(Boolean)).toHaveLength(2000);
			});

			it('belong to whom they name, and are erased with them', async () => {
				const entry = { value: '1', expiresAt: clock + 100, subject: 'ada' };
				await store.commit([[{ key: 'a', expected: undefined, entry }]]);
				expect(await store.erase('ada')).toMatchObject({ entries: 1 });
				expect(await store.get(['a'])).toEqual([undefined]);
			});
		});

		const world = { store: () => store, clock: () => clock, pass: (ms: number) => (clock += ms) };
		listsContract(world, START);
		limitsContract(world);
		holdersContract(world);

		it('erases everything of one person, and says how much', async () => {
			const about = (subject: string) => ({ expiresAt: clock + 10_000, subject });
			for (const subject of ['ada', 'bob']) {
				await store.claim([
					{ key: `${subject}:1`, leaseUntil: clock + 10, ...about(subject) },
					{ key: `${subject}:2`, leaseUntil: clock + 10, ...about(subject) },
				]);
				await store.set([{ key: subject, value: 'x', ...about(subject) }]);
				await store.append([
					{ key: 'w', at: 1, value: subject, ...about(subject) },
					{ key: 'w', at: 2, value: subject, ...about(subject) },
				]);
				await store.park([
					{ queue: 'q', id: subject, dueAt: clock, value: 'x', ...about(subject) },
				]);
			}
			await store.set([{ key: 'short', value: 'x', expiresAt: clock + 10, subject: 'ada' }]);
			await store.set([{ key: 'passed on', value: 'x', ...about('ada') }]);
			await store.set([{ key: 'passed on', value: 'x', ...about('bob') }]);
			clock += 10;
			expect(await store.erase('ada')).toEqual({
				claims: 2,
				entries: 1,
				windowItems: 2,
				parked: 1,
			});
			expect(await store.erase('ada')).toEqual({
				claims: 0,
				entries: 0,
				windowItems: 0,
				parked: 0,
			});
			expect(await store.get(['ada', 'bob', 'passed on'])).toEqual([undefined, 'x', 'x']);
			expect((await store.drain(['w'])).flat()).toHaveLength(2);
			expect((await store.list('q', 9)).map(({ id }) => id)).toEqual(['bob']);
			expect(await claim('ada:1')).toMatchObject({ state: 'new', takeovers: 0 });
			expect(await claim('bob:1')).toMatchObject({ state: 'new', takeovers: 1 });
		});

		it('finds a completed and a renewed claim when it erases', async () => {
			const long = { leaseUntil: clock + 10, expiresAt: clock + 20, subject: 'ada' };
			const [a, b] = await store.claim([
				{ key: 'a', ...long },
				{ key: 'b', ...long },
			]);
			await complete('a', a!, 'kept longer than it was claimed');
			await renew('b', b!, clock + 5000);
			clock += 4000;
			expect(await store.erase('ada')).toMatchObject({ claims: 2 });
		});

		it('takes empty batches', async () => {
			expect(await store.claim([])).toEqual([]);
			expect(await store.renew([])).toEqual([]);
			expect(await store.complete([])).toEqual([]);
			expect(await store.release([])).toEqual([]);
			expect(await store.releaseAll([])).toEqual([]);
			expect(await store.get([])).toEqual([]);
			await store.set([]);
			await store.delete([]);
			expect(await store.append([])).toEqual([]);
			expect(await store.commit([])).toEqual([]);
			expect(await store.drain([])).toEqual([]);
			expect(await store.park([])).toEqual([]);
			expect(await store.acknowledge('q', [])).toEqual([]);
		});
	});
}
