import { memoryStore } from '../../../lib/runtime/store/memory';
import { keptAnswers, type Question } from '../../../lib/vendors/lookups/kept-answers';
import { clock } from '../waterfall/clock';

const question: Question<string> = {
	name: 'verify:zerobounce:dana@northwind.com',
	read: (value) => (typeof value === 'string' ? value : undefined),
	final: (answer) => answer !== 'unknown',
};

function scene() {
	const time = clock();
	const store = memoryStore(time.now);
	const onTrouble = (error: unknown) => {
		throw error;
	};
	const worker = () =>
		keptAnswers({
			store: () => store,
			maxAgeMs: 3_600_000,
			now: time.now,
			sleep: time.sleep,
			onTrouble,
		});
	let asked = 0;
	const ask = (answer: string) => async () => {
		asked += 1;
		await time.sleep(1_000);
		return answer;
	};
	return { time, worker, ask, asked: () => asked };
}

describe('an answer that two workers want at once', () => {
	it('is asked for once', async () => {
		const { time, worker, ask, asked } = scene();
		const both = [worker(), worker()].map((one) => one.find(question, ask('valid')));
		const ends = await time.run(Promise.all(both));
		expect(asked()).toBe(1);
		expect(ends).toMatchObject([
			{ answer: 'valid', cached: false },
			{ answer: 'valid', cached: true },
		]);
	});

	it('is asked for again by the second where the first one fails or does not know', async () => {
		const { time, worker, ask, asked } = scene();
		const failing = async () => {
			await ask('')();
			throw new Error('down');
		};
		const first = worker().find(question, failing);
		const second = worker().find(question, ask('unknown'));
		const third = worker().find(question, ask('valid'));
		await expect(time.run(first)).rejects.toThrow('down');
		const ends = await time.run(Promise.all([second, third]));
		expect(ends.map(({ answer }) => answer)).toContain('valid');
		expect(asked()).toBeGreaterThanOrEqual(2);
	});

	it('is not waited for for ever when the worker that asks has died', async () => {
		const { time, worker, ask, asked } = scene();
		void worker().find(question, async () => await new Promise<string>(() => undefined));
		await time.pass(10);
		expect(await time.run(worker().find(question, ask('valid')))).toMatchObject({
			answer: 'valid',
		});
		expect(asked()).toBe(1);
	});
});
