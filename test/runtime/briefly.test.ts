import { briefly } from '../../lib/runtime/briefly';

it('makes once what many ask for at a time, and again after it', async () => {
	let at = 0;
	let made = 0;
	const memo = briefly<number>({ now: () => at, keepMs: 10 });
	const make = async () => await Promise.resolve((made += 1));
	expect(await Promise.all([memo('a', make), memo('a', make), memo('b', make)])).toEqual([1, 1, 2]);
	at = 9;
	expect(await memo('a', make)).toBe(1);
	at = 10;
	expect(await memo('a', make)).toBe(3);
});

it('keeps no failure', async () => {
	const memo = briefly<number>({ now: () => 0, keepMs: 10 });
	await expect(memo('a', async () => await Promise.reject(new Error('away')))).rejects.toThrow();
	expect(await memo('a', async () => await Promise.resolve(1))).toBe(1);
});
