import { refusal, ruleOf, type IdentityKey, type Refused } from './identity-key';
import type { Entity } from './identity-map';
import { WEIGHTS, type IdentityRules, type KeyKind } from './identity-rules';
import type { RecordId } from './identity-values';

/** Something that speaks for two records being of one person. */
export interface Evidence {
	readonly key: KeyKind | 'name' | 'company';
	/** Masked. */
	readonly value: string;
	/** 0 to 1: how much it says. */
	readonly weight: number;
}

/** Somebody who may be the same person, for a human to decide. */
export interface Candidate {
	/** In the entity map; or else `record`. */
	readonly entityId?: string;
	/** A candidate that came with the item. */
	readonly record?: RecordId;
	/** 0 to 1; for ranking, not a probability. */
	readonly confidence: number;
	readonly evidence: readonly Evidence[];
	readonly reason: string;
}

export interface Decision {
	/** `review`: a human decides about `candidates`; until then the record is a person of its own. */
	readonly outcome: 'matched' | 'new' | 'review';
	/** Absent when nothing in the record identifies one person. */
	readonly entityId?: string;
	readonly confidence: number;
	readonly evidence: readonly Evidence[];
	/** Keys that were not used, and why. */
	readonly refused: readonly Refused[];
	readonly candidates: readonly Candidate[];
	/** People who turned out to be this one: their ids still find it. */
	readonly joined: readonly string[];
	/** All ids that are known of the person. */
	readonly ids: readonly RecordId[];
}

export const evidenceOf = ({ kind, masked }: { kind: KeyKind; masked: string }): Evidence => ({
	key: kind,
	value: masked,
	weight: WEIGHTS[kind],
});

/** Independent hints add up, and never to certainty. */
export function confidenceOf(evidence: readonly Evidence[]): number {
	const doubt = evidence.reduce((rest, { weight }) => rest * (1 - weight), 1);
	return Math.round((1 - doubt) * 1000) / 1000;
}

/** One candidate a person, the likeliest first. */
export function merged(candidates: readonly Candidate[]): Candidate[] {
	const byPerson = new Map<string, Candidate>();
	for (const one of candidates) {
		const key = JSON.stringify([one.entityId, one.record]);
		const known = byPerson.get(key);
		const evidence = [...(known?.evidence ?? []), ...one.evidence];
		byPerson.set(key, { ...(known ?? one), evidence, confidence: confidenceOf(evidence) });
	}
	return [...byPerson.values()].sort((a, b) => b.confidence - a.confidence);
}

export const shared = (key: IdentityKey, rules: IdentityRules): Refused =>
	refusal(key, `more than ${ruleOf(rules, key.kind).people} people have it`);

/** Somebody who has a supporting key too. */
export function hint({ id }: Entity, key: IdentityKey): Candidate {
	const evidence = evidenceOf(key);
	const reason = 'has this too, and nothing that identifies is the same';
	return { entityId: id, evidence: [evidence], confidence: evidence.weight, reason };
}
