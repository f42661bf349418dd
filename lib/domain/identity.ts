import { compareCandidates } from './identity-candidates';
import { merged, type Candidate, type Decision } from './identity-decision';
import { areParted } from './identity-join';
import type { Resolving } from './identity-keep';
import { keysOf } from './identity-key';
import { keyRowName } from './identity-map';
import type { PersonRecord } from './identity-person';
import { resolve } from './identity-resolve';
import type { IdentityRules } from './identity-rules';
import { blocksOf, compareProfiles, profileOf } from './identity-similar';

/** A record, and those that were found for it elsewhere. */
export interface Question {
	readonly record: PersonRecord;
	readonly candidates: readonly PersonRecord[];
}

/** The rows that the answer is made of; what they lead to has to be read too. */
export function rowsFor({ record, candidates }: Question, rules: IdentityRules): readonly string[] {
	const known = compareCandidates(record, candidates, rules).record;
	const { identify, support } = keysOf(known, rules);
	return [
		...identify.map(({ hash }) => hash),
		...support.map(({ hash }) => hash),
		...blocks(record, rules),
	].map(keyRowName);
}

/**
 * In which order the questions of one batch are taken, so that it does not depend on theirs: who brings
 * the strongest key first, so that what a limit refuses is the weaker one.
 */
export function takeOrder(questions: readonly Question[], rules: IdentityRules): readonly number[] {
	const ranks = questions.map((question, place) => {
		const { record } = compareCandidates(question.record, question.candidates, rules);
		const { identify, support } = keysOf(record, rules);
		const kinds = rules.keys.map(({ kind }) => kind);
		const strength = Math.min(99, ...identify.map(({ kind }) => kinds.indexOf(kind)));
		const hashes = [...identify, ...support].map(({ hash }) => hash).join();
		return { place, strength, hashes };
	});
	const inOrder = ranks.sort(
		(a, b) => a.strength - b.strength || (a.hashes < b.hashes ? -1 : a.hashes > b.hashes ? 1 : 0),
	);
	return inOrder.map(({ place }) => place);
}

const blocks = (record: PersonRecord, { similarFrom }: IdentityRules): readonly string[] => {
	const profile = similarFrom === undefined ? undefined : profileOf(record);
	return profile ? blocksOf(profile) : [];
};

/** Whom a record is of, by the entity map and by the candidates that came with it. */
export function identify({ record, candidates }: Question, resolving: Resolving): Decision {
	const { rules } = resolving;
	const compared = compareCandidates(record, candidates, rules);
	const decision = resolve(compared.record, resolving);
	const isNew = decision.outcome === 'new' || (decision.outcome === 'review' && !decision.entityId);
	const similar = isNew ? similarTo(record, decision, resolving) : [];
	if (isNew && decision.entityId) rememberProfile(record, decision.entityId, resolving);
	if (isNew && compared.evidence.length > 0) {
		const confidence = Math.max(...compared.evidence.map(({ weight }) => weight));
		return { ...decision, outcome: 'matched', evidence: compared.evidence, confidence };
	}
	if (!isNew && decision.outcome === 'matched') return decision;
	const open = merged([...decision.candidates, ...compared.open, ...similar]);
	return { ...decision, outcome: open.length > 0 ? 'review' : decision.outcome, candidates: open };
}

/** A block that more people are in says too little: nobody reads a list that long. */
const BLOCK_PEOPLE = 50;
const SHOWN = 5;

/** People of the map with a similar name and company. */
function similarTo(
	record: PersonRecord,
	{ entityId }: Decision,
	resolving: Resolving,
): Candidate[] {
	const { draft, rules } = resolving;
	const profile = profileOf(record);
	const from = rules.similarFrom;
	if (from === undefined || !profile) return [];
	const own = entityId === undefined ? undefined : draft.root(entityId);
	const found = blocksOf(profile).flatMap((block) => draft.owners(block));
	const people = new Map(found.map((person) => [person.id, person]));
	return [...people.values()]
		.filter((person) => person.id !== own?.id && !(own && areParted(own, person)))
		.flatMap((person) => {
			const likeness = person.profile && compareProfiles(profile, person.profile, from);
			return likeness ? [{ entityId: person.id, ...likeness }] : [];
		})
		.sort((a, b) => b.confidence - a.confidence)
		.slice(0, SHOWN);
}

function rememberProfile(record: PersonRecord, entityId: string, resolving: Resolving) {
	const { draft, rules, now, keepMs } = resolving;
	const profile = rules.similarFrom === undefined ? undefined : profileOf(record);
	const person = draft.root(entityId);
	if (!profile || !person) return;
	draft.putEntity({ ...person, profile });
	for (const block of blocksOf(profile)) {
		const owners = draft.keyRow(block)?.owners ?? [];
		if (owners.length >= BLOCK_PEOPLE || owners.includes(person.id)) continue;
		draft.putKey(block, { owners: [...owners, person.id], until: now + keepMs });
	}
}
