import { confidenceOf, evidenceOf, type Candidate, type Evidence } from './identity-decision';
import { keysOf, type IdentityKey } from './identity-key';
import type { PersonRecord } from './identity-person';
import type { IdentityRules } from './identity-rules';
import { compareProfiles, profileOf } from './identity-similar';

export interface Compared {
	/** The record, with what the candidates that are the same person add. */
	readonly record: PersonRecord;
	/** Why they are. */
	readonly evidence: readonly Evidence[];
	/** Those about whom a human decides. */
	readonly open: readonly Candidate[];
}

/**
 * Compares a record with those that were found elsewhere. Who has an identifying key of it is the same
 * person; of two such with different ids in one system none is taken, for one of them is a duplicate.
 */
export function compareCandidates(
	record: PersonRecord,
	candidates: readonly PersonRecord[],
	rules: IdentityRules,
): Compared {
	if (candidates.length === 0) return { record, evidence: [], open: [] };
	const own = keysOf(record, rules);
	const pairs = candidates.map((candidate) => {
		const theirs = keysOf(candidate, rules);
		const same = common(own.identify, theirs.identify);
		return {
			candidate,
			ids: idsOf(theirs.identify),
			same,
			hints: common(own.support, theirs.support),
		};
	});
	const same = pairs.filter((pair) => pair.same.length > 0);
	const ids = new Map(same.flatMap((pair) => pair.ids).map(({ hash, group }) => [hash, group]));
	const doubled = new Set(ids.values()).size < ids.size;
	if (doubled) {
		const reason = 'has this too, and so has another record of the same system';
		return {
			record,
			evidence: [],
			open: same.map((pair) => open(pair.candidate, pair.same, reason)),
		};
	}
	const reason = 'has this too, and nothing that identifies is the same';
	const rest = pairs.filter((pair) => pair.same.length === 0);
	return {
		record: same.reduce((all, { candidate }) => union(all, candidate), record),
		evidence: same.flatMap((pair) => pair.same.map(evidenceOf)),
		open: rest.flatMap(({ candidate, hints }) =>
			hints.length > 0 ? [open(candidate, hints, reason)] : similar(record, candidate, rules),
		),
	};
}

const common = (own: readonly IdentityKey[], theirs: readonly IdentityKey[]) =>
	own.filter(({ hash }) => theirs.some((key) => key.hash === hash));

const idsOf = (keys: readonly IdentityKey[]) => keys.filter(({ kind }) => kind === 'id');

function open(candidate: PersonRecord, keys: readonly IdentityKey[], reason: string): Candidate {
	const evidence = keys.map(evidenceOf);
	return { ...named(candidate), evidence, confidence: confidenceOf(evidence), reason };
}

function similar(record: PersonRecord, candidate: PersonRecord, { similarFrom }: IdentityRules) {
	const [one, other] = [profileOf(record), profileOf(candidate)];
	if (similarFrom === undefined || !one || !other) return [];
	const likeness = compareProfiles(one, other, similarFrom);
	return likeness ? [{ ...named(candidate), ...likeness }] : [];
}

const named = ({ ids: [id] }: PersonRecord) => (id ? { record: id } : {});

const union = (one: PersonRecord, other: PersonRecord): PersonRecord => ({
	...one,
	ids: [...one.ids, ...other.ids],
	emails: [...one.emails, ...other.emails],
	phones: [...one.phones, ...other.phones],
});
