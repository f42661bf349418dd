import { identify, rowsFor, takeOrder } from '../../lib/domain/identity';
import type { Decision } from '../../lib/domain/identity-decision';
import type { PersonRecord } from '../../lib/domain/identity-person';
import { DEFAULT_RULES, type IdentityRules } from '../../lib/domain/identity-rules';
import { askEntityMap } from '../../lib/runtime/entity-map';
import { memoryStore } from '../../lib/runtime/store/memory';
import type { Store } from '../../lib/runtime/store/port';

export const START = Date.UTC(2026, 0, 1);
export const KEEP_MS = 730 * 86_400_000;

/** A person as a test writes one down: `hubspot 151`, `ada@acme.example`, `+4930…`. */
export const record = (parts: Partial<PersonRecord> = {}): PersonRecord => ({
	ids: [],
	emails: [],
	phones: [],
	...parts,
});

/** An entity map in a store, and a clock. */
export function mapWorld(rules: IdentityRules = DEFAULT_RULES, engine?: Store) {
	let clock = START;
	let count = 0;
	const store = engine ?? memoryStore(() => clock);
	const options = { store, name: 'main', pause: async () => undefined };
	const resolving = () => ({
		rules,
		now: clock,
		keepMs: KEEP_MS,
		newId: () => `e${++count}`,
	});
	const question = (one: PersonRecord, candidates: readonly PersonRecord[] = []) => {
		const asked = { record: one, candidates };
		return {
			rows: rowsFor(asked, rules),
			decide: (draft: Parameters<typeof identify>[1]['draft']) =>
				identify(asked, { ...resolving(), draft }),
		};
	};
	return {
		store,
		options,
		rules,
		now: () => clock,
		pass: (ms: number) => (clock += ms),
		/** A batch, as the node takes it. */
		resolveAll: async (records: readonly PersonRecord[]): Promise<Decision[]> => {
			const order = takeOrder(
				records.map((one) => ({ record: one, candidates: [] })),
				rules,
			);
			const decisions = await askEntityMap(
				order.map((place) => question(records[place]!)),
				options,
			);
			return records.map((_, place) => decisions[order.indexOf(place)]!);
		},
		resolve: async (
			one: PersonRecord,
			candidates: readonly PersonRecord[] = [],
		): Promise<Decision> => {
			const [decision] = await askEntityMap([question(one, candidates)], options);
			return decision!;
		},
	};
}
