import { keysOf } from '../../lib/domain/identity-key';
import type { IdentityRules } from '../../lib/domain/identity-rules';
import type { LabelledRecord } from './labelled-set';

/** Pairs of records: those of one person, those that were put together, and those that are both. */
export interface Measured {
	readonly precision: number;
	/** Of the pairs of one person that exact and normalised keys link, directly or through a third record. */
	readonly recall: number;
	/** Of all pairs of one person. */
	readonly recallOfAll: number;
	readonly truePairs: number;
	/** Pairs of one person that no key links: nobody could find them without guessing. */
	readonly unlinkedPairs: number;
	readonly wrongPairs: number;
}

export function measure(
	set: readonly LabelledRecord[],
	entityIds: readonly (string | undefined)[],
	rules: IdentityRules,
): Measured {
	const linked = linkedGroups(set, rules);
	const pairs = (nameOf: (index: number) => string | undefined) =>
		pairsIn(set.map((_, at) => nameOf(at)));
	const truePairs = pairs((at) => `${set[at]!.person}`);
	const linkedPairs = pairs((at) => `${linked[at]}`);
	const together = pairs((at) => entityIds[at]);
	const both = (name: string, at: number) => entityIds[at] && `${name} ${entityIds[at]}`;
	const found = pairs((at) => both(`${set[at]!.person}`, at));
	return {
		precision: found / together,
		recall: pairs((at) => both(`${linked[at]}`, at)) / linkedPairs,
		recallOfAll: found / truePairs,
		truePairs,
		unlinkedPairs: truePairs - linkedPairs,
		wrongPairs: together - found,
	};
}

/** Pairs of records with the same name. */
function pairsIn(names: ReadonlyArray<string | undefined>): number {
	const sizes = new Map<string, number>();
	for (const name of names) if (name) sizes.set(name, (sizes.get(name) ?? 0) + 1);
	return [...sizes.values()].reduce((all, size) => all + (size * (size - 1)) / 2, 0);
}

/**
 * Which records of one person hang together by any key at all: an id, a mailbox, a phone (also a
 * shared one), a name in a company. The labels keep a key from linking two people.
 */
function linkedGroups(set: readonly LabelledRecord[], rules: IdentityRules): readonly number[] {
	const group = set.map((_, index) => index);
	const root = (index: number): number => (group[index] === index ? index : root(group[index]!));
	const first = new Map<string, number>();
	set.forEach(({ person, record }, index) => {
		const { identify, support } = keysOf(record, rules);
		for (const { hash } of [...identify, ...support]) {
			const place = `${person} ${hash}`;
			const other = first.get(place);
			if (other === undefined) first.set(place, index);
			else group[root(index)] = root(other);
		}
	});
	return group.map((_, index) => root(index));
}
