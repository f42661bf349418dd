import { DEFAULT_RULES } from '../../lib/domain/identity-rules';
import { labelledSet } from './labelled-set';
import { mapWorld } from './map-world';
import { measure } from './measure';

const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

/** Every record, one after the other, as events come; then asked again, when all is known. */
async function resolveSet(seed: number, similarFrom?: number) {
	const { people, records } = labelledSet(seed);
	const rules = { ...DEFAULT_RULES, ...(similarFrom !== undefined && { similarFrom }) };
	const world = mapWorld(rules);
	const all = records.map(({ record }) => record);
	const first = await world.resolveAll(all);
	const again = await world.resolveAll(all);
	return { people, records, rules, first, ids: again.map(({ entityId }) => entityId) };
}

it.each([1, 20, 300])('finds people again, and no strangers (seed %i)', async (seed) => {
	const { people, records, rules, first, ids } = await resolveSet(seed);
	const measured = measure(records, ids, rules);
	const { precision, recall, recallOfAll, truePairs, unlinkedPairs, wrongPairs } = measured;
	const share = (outcome: string) =>
		percent(first.filter((one) => one.outcome === outcome).length / first.length);
	process.stdout.write(
		[
			`seed ${seed}: ${people} people, ${records.length} records, ${truePairs} pairs of one person`,
			`  precision ${percent(precision)} (${wrongPairs} wrong pairs), recall ${percent(recall)} of the pairs that any key links`,
			`  ${unlinkedPairs} pairs share no key, nor one with a third record; with those the recall is ${percent(recallOfAll)}`,
			`  matched ${share('matched')}, new ${share('new')}, for a human ${share('review')}`,
			'',
		].join('\n'),
	);
	expect(people).toBeGreaterThanOrEqual(1000);
	expect(precision).toBeGreaterThanOrEqual(0.99);
	expect(recall).toBeGreaterThanOrEqual(0.95);
});

it('puts nobody together whom names alone suggest', async () => {
	const [exact, similar] = [await resolveSet(1), await resolveSet(1, 0.85)];
	const partition = (ids: readonly (string | undefined)[]) =>
		ids.map((id) => id && ids.indexOf(id));
	expect(partition(similar.ids)).toEqual(partition(exact.ids));
	expect(similar.first.filter(({ outcome }) => outcome === 'review').length).toBeGreaterThan(
		exact.first.filter(({ outcome }) => outcome === 'review').length,
	);
});

it('is the same set for the same seed, with every kind of damage', () => {
	const { records } = labelledSet(7);
	expect(labelledSet(7).records).toEqual(records);
	const damage = new Set(records.flatMap((one) => one.damage));
	expect([...damage].sort()).toEqual(
		[
			'capitals',
			'gmail dots',
			'job change',
			'nickname',
			'no accents',
			'no address',
			'no name',
			'plus-tag',
			'private address',
			'shared phone',
			'swapped names',
			'typo in the address',
			'typo in the name',
		].sort(),
	);
});
