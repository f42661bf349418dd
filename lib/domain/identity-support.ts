import { hint, merged, shared, type Candidate, type Decision } from './identity-decision';
import { keep, stranger, type Resolving } from './identity-keep';
import { ruleOf, type PersonKeys } from './identity-key';

/**
 * Nothing in the record identifies: a supporting key does where it leads to one person, and else a
 * human decides. Such a record adds nothing to a person that is known otherwise: what it says may be
 * somebody else's tomorrow.
 */
export function supported(
	{ support, refused: before }: PersonKeys,
	clashes: readonly Candidate[],
	resolving: Resolving,
): Omit<Decision, 'ids'> {
	const { draft, rules } = resolving;
	const refused = [...before];
	const hints = [...clashes];
	const usable = support.filter((key) => {
		const owners = draft.owners(key.hash);
		const isShared = owners.length > ruleOf(rules, key.kind).people;
		if (isShared) refused.push(shared(key, rules));
		else hints.push(...owners.map((owner) => hint(owner, key)));
		return !isShared;
	});
	const candidates = merged(hints);
	const nobody = { confidence: 0, evidence: [], refused, candidates, joined: [] };
	const [only, ...others] = candidates;
	const [anchor] = usable;
	if (!anchor || others.length > 0) return { ...nobody, outcome: 'review' };
	if (!only) {
		const person = stranger(anchor, resolving);
		keep(person, [anchor], resolving);
		return { ...nobody, outcome: 'new', entityId: person.id, confidence: 1 };
	}
	const { entityId, evidence, confidence } = only;
	const person = entityId === undefined ? undefined : draft.root(entityId);
	if (person) keep(person, usable, resolving);
	return {
		...nobody,
		outcome: 'matched',
		...(entityId && { entityId }),
		evidence,
		confidence,
		candidates: [],
	};
}
