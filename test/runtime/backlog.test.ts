import { openWork, queueLength } from '../../lib/runtime/backlog';

it('counts work from its beginning to its first end', () => {
	const work = openWork();
	const [one, two] = [work.begin('a'), work.begin('a')];
	work.begin('b');
	expect([work.count('a'), work.count('b'), work.count('c')]).toEqual([2, 1, 0]);
	one();
	one();
	expect(work.count('a')).toBe(1);
	two();
	expect(work.count('a')).toBe(0);
});

describe('the length of a queue', () => {
	let at = 0;
	let asked = 0;
	let broken = false;
	const redis = {
		length: async () => {
			asked += 1;
			if (broken) throw new Error('away');
			return await Promise.resolve(asked);
		},
	};
	beforeEach(() => {
		[at, asked, broken] = [1000, 0, false];
	});

	it('is asked once in half a second', async () => {
		const { read } = queueLength(() => at);
		expect([await read(redis, 'q'), await read(redis, 'q')]).toEqual([1, 1]);
		expect(await read(redis, 'other')).toBe(2);
		at += 501;
		expect(await read(redis, 'q')).toBe(3);
	});

	it('is not asked again for ten seconds where it could not be had', async () => {
		const { read } = queueLength(() => at);
		broken = true;
		await expect(read(redis, 'q')).rejects.toThrow('away');
		broken = false;
		at += 9_000;
		await expect(read(redis, 'q')).rejects.toThrow('away');
		expect(asked).toBe(1);
		at += 1_001;
		expect(await read(redis, 'q')).toBe(2);
	});
});
