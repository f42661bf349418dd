import { enrich } from '../../../lib/vendors/waterfall';
import { lead } from '../../leads';
import { found, nobody, order, TITLE, world } from '../waterfall/world';

const HOUR_MS = 3_600_000;

describe('an answer that is kept', () => {
	it.each([
		['nobody', nobody],
		['a hit', found({ 'person.title': 'CEO' })],
	])('is used until it is too old, also within one execution: %s', async (_, answer) => {
		const w = world();
		const one = w.provider('one', { answer: () => answer });
		const worker = w.worker({ cacheMs: HOUR_MS });
		const ask = async () =>
			await w.time.run(enrich(lead(), order([one], { wanted: TITLE }), worker));
		await ask();
		await w.time.pass(HOUR_MS - 200);
		expect((await ask()).enrichment).toMatchObject({ cached: true, credits: 0 });
		expect(w.calls).toHaveLength(1);
		await w.time.pass(200);
		expect((await ask()).enrichment.cached).toBe(false);
		expect(w.calls).toHaveLength(2);
	});

	it('is as old as the answer, not as its reading: another worker asks again just as soon', async () => {
		const w = world();
		const one = w.provider('one', { answer: () => nobody });
		const ask = async () => {
			const worker = w.worker({ cacheMs: HOUR_MS });
			await w.time.run(enrich(lead(), order([one], { wanted: TITLE }), worker));
			await worker.flush();
		};
		await ask();
		await w.time.pass(HOUR_MS / 2);
		await ask();
		await w.time.pass(HOUR_MS / 2);
		await ask();
		expect(w.calls).toHaveLength(2);
	});
});
