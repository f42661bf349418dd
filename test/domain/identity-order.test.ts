import fc from 'fast-check';
import type { PersonRecord } from '../../lib/domain/identity-person';
import { DEFAULT_RULES, type IdentityRules } from '../../lib/domain/identity-rules';
import { mapWorld, record } from '../identity/map-world';

/** Records over few values, so that they meet. */
const among = (...values: string[]) => fc.subarray(values, { maxLength: 2 });
const anyRecord = (idSystems: readonly string[]): fc.Arbitrary<PersonRecord> =>
	fc
		.record({
			ids: fc.array(
				fc.record({ system: fc.constantFrom(...idSystems), id: fc.constantFrom('1', '2', '3') }),
				{ maxLength: 2 },
			),
			emails: among('ada@acme.de', 'bob@acme.de', 'cyd@acme.de', 'dan@acme.de'),
			phones: among('+4930901820411', '+4930901820412', '+4930901820413'),
			name: fc.constantFrom(undefined, 'Ada Doe', 'Bob Roe'),
		})
		.map((one) => ({ ...one, domain: one.name && 'parent-of-acme.de' }));
const shuffled = (idSystems: readonly string[]) =>
	fc
		.array(anyRecord(idSystems), { minLength: 1, maxLength: 9 })
		.chain((records) =>
			fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })),
		);

/** Which of these keys belong together in the end, asked one by one. */
async function peopleOf(world: ReturnType<typeof mapWorld>) {
	const probes = [
		...['ada', 'bob', 'cyd', 'dan'].map((name) => record({ emails: [`${name}@acme.de`] })),
		...['1', '2', '3'].map((id) => record({ ids: [{ system: 'hubspot', id }] })),
	];
	const found = await Promise.all(
		probes.map(async (probe) => {
			const before = await world.resolve(probe);
			return before.outcome === 'new' ? 'nobody' : before.entityId;
		}),
	);
	return found.map((id) => (id === 'nobody' ? -1 : found.indexOf(id)));
}

const unlimited: IdentityRules = {
	...DEFAULT_RULES,
	keys: DEFAULT_RULES.keys.map((rule) => ({
		...rule,
		perPerson: 99,
		...(rule.use === 'support' && { people: 99 }),
	})),
};

describe('the order of the records', () => {
	it('does not matter, one by one or in batches, while no limit is reached', async () => {
		await fc.assert(
			fc.asyncProperty(
				shuffled(['hubspot']),
				fc.integer({ min: 1, max: 5 }),
				async ([one, other], size) => {
					const [single, batched] = [mapWorld(unlimited), mapWorld(unlimited)];
					for (const each of one) await single.resolve(each);
					for (let from = 0; from < other.length; from += size)
						await batched.resolveAll(other.slice(from, from + size));
					expect(await peopleOf(batched)).toEqual(await peopleOf(single));
				},
			),
			{ numRuns: 200 },
		);
	});

	it('never brings two people together beyond a limit', async () => {
		await fc.assert(
			fc.asyncProperty(shuffled(['hubspot']), async ([, records]) => {
				const world = mapWorld();
				for (const each of records) {
					const { ids } = await world.resolve(each);
					expect(new Set(ids.map(({ id }) => id)).size).toBeLessThanOrEqual(1);
				}
			}),
			{ numRuns: 200 },
		);
	});

	it('does not matter at all within one batch, limits or not', async () => {
		await fc.assert(
			fc.asyncProperty(shuffled(['hubspot']), async ([one, other]) => {
				const [first, second] = [mapWorld(), mapWorld()];
				await first.resolveAll(one);
				await second.resolveAll(other);
				expect(await peopleOf(second)).toEqual(await peopleOf(first));
			}),
			{ numRuns: 200 },
		);
	});
});
