import fc from 'fast-check';
import { PipelineError } from '../../../lib/domain/errors';
import { inBatches } from '../../../lib/vendors/crm/hubspot/batch';

/** Runs `count` inputs with a vendor that takes `ms(size)` for a batch; gives the sizes of the batches. */
async function sizesOf(count: number, ms: (size: number, turn: number) => number) {
	let clock = 0;
	const sizes: number[] = [];
	const inputs = Array.from({ length: count }, (_, index) => index);
	const answers = await inBatches(
		inputs,
		async (batch) => {
			clock += ms(batch.length, sizes.push(batch.length));
			return batch.map((input) => input * 2);
		},
		{ now: () => clock },
	);
	expect(answers).toEqual(inputs.map((input) => input * 2));
	return sizes;
}

it('sends 100 at once to an account that is quick', async () => {
	expect(await sizesOf(250, () => 200)).toEqual([100, 100, 50]);
});

it('halves for an account that labours, and grows again when it is quick', async () => {
	expect(await sizesOf(400, (_, turn) => (turn <= 2 ? 9_000 : 500))).toEqual([
		100, 50, 25, 45, 65, 85, 30,
	]);
});

it('answers every input once and in order, whatever the account bears', async () => {
	await fc.assert(
		fc.asyncProperty(fc.nat(500), fc.array(fc.nat(20_000)), async (count, moods) => {
			const sizes = await sizesOf(count, (_, turn) => moods[turn] ?? 100);
			return sizes.every((size) => size <= 100) && sizes.slice(0, -1).every((size) => size >= 10);
		}),
	);
});

it('does not go on asking an account that cannot be asked', async () => {
	const asked: number[] = [];
	const down = new PipelineError('UPSTREAM_UNAVAILABLE', 'down');
	const answers = await inBatches(
		Array.from({ length: 250 }, () => 1),
		async (batch) => {
			asked.push(batch.length);
			throw down;
		},
	);
	expect(asked).toEqual([100]);
	expect(answers).toHaveLength(250);
	expect(answers.every((answer) => answer === down)).toBe(true);
});
