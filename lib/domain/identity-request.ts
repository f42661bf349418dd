import { keysOf } from './identity-key';
import { peopleOf, type Somebody } from './identity-link';
import type { Entity, MapDraft } from './identity-map';
import { isAlone } from './identity-resolve';
import type { IdentityRules } from './identity-rules';
import { subjectOf } from './subject';

/** Whom a request to be forgotten is about. */
export interface Requested {
	readonly people: readonly Entity[];
	/** Have the number too, and are not who asks: nothing of theirs is erased. */
	readonly others: readonly Entity[];
	/** Of the addresses and numbers of the request that are nobody else's. */
	readonly subjects: readonly string[];
}

/**
 * An address or an id says who it is. A number beside it does not: a colleague may have the same, so
 * that it leads only to those of whom nothing else is known.
 */
export function requestedPeople(
	somebody: Somebody,
	draft: MapDraft,
	rules: IdentityRules,
): Requested {
	const { ids, emails, phones } = somebody.record;
	const { identify, support } = keysOf(somebody.record, rules);
	const named = somebody.entityId === undefined ? undefined : draft.root(somebody.entityId);
	const found = peopleOf(somebody, draft, rules);
	const sure = new Set(identify.flatMap(({ hash }) => draft.owners(hash)).map(({ id }) => id));
	const saysWho = emails.length > 0 || ids.length > 0;
	const isMeant = (one: Entity) =>
		one.id === named?.id || sure.has(one.id) || !saysWho || isAlone(one, rules);
	const people = found.filter(isMeant);
	const own = new Set(people.map(({ id }) => id));
	const sharing = support
		.flatMap(({ hash }) => draft.owners(hash))
		.filter(({ id }) => !own.has(id));
	const others = [...new Map(sharing.map((one) => [one.id, one])).values()];
	const isOwn = (phone: string) => {
		const key = support.find(({ subject }) => subject === subjectOf(phone));
		if (!key) return !saysWho;
		return draft.owners(key.hash).every(({ id }) => own.has(id));
	};
	return { people, others, subjects: [...emails, ...phones.filter(isOwn)].map(subjectOf) };
}
