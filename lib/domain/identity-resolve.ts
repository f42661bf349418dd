import {
	confidenceOf,
	evidenceOf,
	hint,
	merged,
	shared,
	type Candidate,
	type Decision,
	type Evidence,
} from './identity-decision';
import { areNamesakes, areParted, join, whyApart, whyNotFit, withKey } from './identity-join';
import { keep, stranger, type Resolving } from './identity-keep';
import { keysOf, refusal, ruleOf, type IdentityKey, type Refused } from './identity-key';
import type { Entity } from './identity-map';
import type { PersonRecord } from './identity-person';
import { isNamed, type IdentityRules } from './identity-rules';
import { supported } from './identity-support';

/** What is known so far about whom a record is of. */
export interface Found {
	readonly person: Entity;
	/** Whether the map had this person before. */
	readonly stored: boolean;
	readonly evidence: readonly Evidence[];
	readonly joined: readonly string[];
}

/**
 * Whom a record is of. Keys are taken strongest first: the strongest decides, every weaker one joins it
 * or is refused with the reason. While no limit is reached, the people that a set of records makes do
 * not depend on the order in which they come. Changes go into the draft, and take effect with it.
 * `known`: whose the record is by somebody's word, before its keys are looked at.
 */
export function resolve(record: PersonRecord, resolving: Resolving, known?: Entity): Decision {
	const { draft, rules } = resolving;
	const keys = keysOf(record, rules);
	const refused = [...keys.refused];
	const clashes: Candidate[] = [];
	let found: Found | undefined = known && { person: known, stored: true, evidence: [], joined: [] };
	for (const key of keys.identify) {
		const step = take(key, found, resolving);
		if (step.refused) refused.push(step.refused);
		if (step.clash) clashes.push(step.clash);
		clashes.push(...(step.hints ?? []));
		found = step.found;
	}
	const verdict = found
		? identified(found, { ...keys, refused }, clashes, resolving)
		: supported({ ...keys, refused }, clashes, resolving);
	const person = verdict.entityId === undefined ? undefined : draft.root(verdict.entityId);
	return { ...verdict, ids: person?.keys.flatMap(({ id }) => id ?? []) ?? [] };
}

interface Step {
	readonly found: Found | undefined;
	readonly refused?: Refused;
	readonly clash?: Candidate;
	readonly hints?: readonly Candidate[];
}

/** One identifying key: it finds the person, adds to the person, makes two people one, or is refused. */
function take(key: IdentityKey, found: Found | undefined, resolving: Resolving): Step {
	const [owner, ...others] = resolving.draft.owners(key.hash);
	if (others.length > 0 && isNamed(key.kind)) return ambiguous(key, found, resolving);
	if (!found) {
		const nothing = { evidence: [], joined: [] };
		if (owner)
			return { found: { ...nothing, person: owner, stored: true, evidence: [evidenceOf(key)] } };
		return { found: { ...nothing, person: stranger(key, resolving), stored: false } };
	}
	if (!owner) return add(key, found, resolving.rules);
	const evidence = [...found.evidence, evidenceOf(key)];
	if (owner.id === found.person.id)
		return { found: { ...found, person: withKey(found.person, key), evidence } };
	const reason = whyNotOne(found, owner, key, resolving.rules);
	if (!reason) return { found: unite({ ...found, evidence }, owner, key, resolving) };
	const refused = refusal(key, `the person it belongs to ${reason}`, owner.id);
	// Two people of one name: from now on the name alone leads to neither.
	const after = isNamed(key.kind) ? { ...found, person: withKey(found.person, key) } : found;
	if (areParted(found.person, owner)) return { found: after, refused };
	const { weight: confidence } = evidenceOf(key);
	const clash = { entityId: owner.id, confidence, evidence: [evidenceOf(key)] };
	return { found: after, refused, clash: { ...clash, reason: refused.reason } };
}

/** Several people have the name: it says nothing, and is a hint where nothing else is known. */
function ambiguous(key: IdentityKey, found: Found | undefined, { draft }: Resolving): Step {
	const owners = draft.owners(key.hash);
	if (found && owners.some(({ id }) => id === found.person.id)) return { found };
	const refused = refusal(key, `${owners.length} people have it`);
	return { found, refused, ...(!found?.stored && { hints: owners.map((one) => hint(one, key)) }) };
}

function add(
	key: IdentityKey,
	found: Found,
	rules: IdentityRules,
): Step & { readonly found: Found } {
	const reason = whyNotFit(found.person, [key], rules);
	return reason
		? { found, refused: refusal(key, `the person ${reason}`) }
		: { found: { ...found, person: withKey(found.person, key) } };
}

function whyNotOne(
	{ person, stored }: Found,
	owner: Entity,
	key: IdentityKey,
	rules: IdentityRules,
) {
	if (areNamesakes(person, owner, key)) return 'has another address at this company';
	const bothKnown = stored && !isAlone(person, rules) && !isAlone(owner, rules);
	if (bothKnown && rules.whenPeopleMeet === 'review') return 'may be somebody else';
	return whyApart(person, owner, rules);
}

/** Nothing that identifies is known of this person yet. */
export const isAlone = ({ keys }: Entity, rules: IdentityRules) =>
	keys.every(({ kind }) => ruleOf(rules, kind).use !== 'identify');

function unite(found: Found, owner: Entity, key: IdentityKey, { draft }: Resolving): Found {
	const { person, stored, joined } = found;
	if (!stored) {
		const taken = person.keys.filter(({ hash }) => owner.keys.every((one) => one.hash !== hash));
		const known = { ...owner, keys: [...owner.keys, ...taken] };
		return { ...found, person: withKey(known, key), stored: true };
	}
	draft.putEntity(person);
	const one = join(draft, person, owner);
	const gone = one.id === owner.id ? person.id : owner.id;
	return { ...found, person: withKey(one, key), joined: [...joined, gone] };
}

type Keys = ReturnType<typeof keysOf>;

/** The person is known: supporting keys bring in those of whom nothing else is, and give hints. */
function identified(
	first: Found,
	{ identify, support, refused: before }: Keys,
	clashes: readonly Candidate[],
	resolving: Resolving,
): Omit<Decision, 'ids'> {
	const { draft, rules } = resolving;
	const refused = [...before];
	const hints: Candidate[] = [];
	let found = first;
	for (const key of support) {
		const owners = draft.owners(key.hash);
		if (owners.length > ruleOf(rules, key.kind).people) {
			refused.push(shared(key, rules));
			continue;
		}
		for (const owner of owners.filter(({ id }) => id !== found.person.id)) {
			const evidence = [...found.evidence, evidenceOf(key)];
			if (isAlone(owner, rules) && !whyApart(found.person, owner, rules))
				found = unite({ ...found, evidence }, owner, key, resolving);
			else if (!first.stored && !areParted(found.person, owner)) hints.push(hint(owner, key));
		}
		const step = add(key, found, rules);
		if (step.refused) refused.push(step.refused);
		found = step.found;
	}
	keep(found.person, [...identify, ...support], resolving);
	const candidates = merged([...clashes, ...hints]);
	const { person, stored, evidence, joined } = found;
	return {
		outcome: candidates.length > 0 ? 'review' : stored ? 'matched' : 'new',
		entityId: person.id,
		confidence: stored ? confidenceOf(evidence) : 1,
		evidence,
		refused,
		candidates,
		joined,
	};
}
