import type { Decision } from './identity-decision';
import type { Resolving } from './identity-keep';
import { keysOf, type Refused } from './identity-key';
import { entityRowName, keyRowName, type Entity, type MapDraft } from './identity-map';
import type { PersonRecord } from './identity-person';
import { resolve } from './identity-resolve';
import type { IdentityRules } from './identity-rules';
import type { RecordId } from './identity-values';

/** Somebody, by any id: of the map, of a system, by address or by number. */
export interface Somebody {
	readonly entityId?: string | undefined;
	readonly record: PersonRecord;
}

/** The rows that lead to somebody. */
export function rowsOfSomebody({ entityId, record }: Somebody, rules: IdentityRules) {
	const { identify, support } = keysOf(record, rules);
	const keys = [...identify, ...support].map(({ hash }) => keyRowName(hash));
	return entityId ? [entityRowName(entityId), ...keys] : keys;
}

/** `everyId`: somebody named these ids, so they count whichever system they are of. */
export const everyId = (rules: IdentityRules, { ids }: PersonRecord): IdentityRules => ({
	...rules,
	idSystems: [...rules.idSystems, ...ids.map(({ system }) => system.trim().toLowerCase())],
});

export type Linked =
	| {
			readonly outcome: 'linked';
			readonly entityId: string;
			readonly ids: readonly RecordId[];
			readonly refused: readonly Refused[];
	  }
	| {
			readonly outcome: 'conflict';
			readonly entityId?: string;
			readonly ids: readonly RecordId[];
			/** What was not taken: what belongs to somebody else, and to whom, or an id too many. */
			readonly refused: readonly Refused[];
			readonly candidates: Decision['candidates'];
	  }
	| { readonly outcome: 'unknown' };

/** Records that these ids are of one person. What is somebody else's is not taken, and explained. */
export function link({ entityId, record }: Somebody, resolving: Resolving): Linked {
	const known = entityId === undefined ? undefined : resolving.draft.root(entityId);
	if (entityId !== undefined && !known) return { outcome: 'unknown' };
	const rules = { ...everyId(resolving.rules, record), whenPeopleMeet: 'review' } as const;
	const decision = resolve(record, { ...resolving, rules }, known);
	const { refused, candidates, ids } = decision;
	const own = decision.entityId;
	// An id that is refused because of a limit is not kept either.
	const isKept = refused.every(({ key, entityId: owner }) => !owner && key !== 'id');
	if (own !== undefined && candidates.length === 0 && isKept)
		return { outcome: 'linked', entityId: own, ids, refused };
	return { outcome: 'conflict', ...(own && { entityId: own }), ids, refused, candidates };
}

export type LookedUp =
	| {
			readonly outcome: 'found';
			readonly entityId: string;
			readonly ids: readonly RecordId[];
			/** Earlier ids of the person in the map. */
			readonly members: readonly string[];
			/** Epoch ms. */
			readonly createdAt: number;
	  }
	| { readonly outcome: 'not-found' }
	/** The keys lead to several people. */
	| { readonly outcome: 'ambiguous'; readonly entityIds: readonly string[] };

/** Who somebody is, without changing anything. */
export function lookUp(somebody: Somebody, draft: MapDraft, rules: IdentityRules): LookedUp {
	const people = peopleOf(somebody, draft, rules);
	const [person] = people;
	if (!person) return { outcome: 'not-found' };
	if (people.length > 1) return { outcome: 'ambiguous', entityIds: people.map(({ id }) => id) };
	const { id: entityId, keys, members, createdAt } = person;
	return {
		outcome: 'found',
		entityId,
		ids: keys.flatMap(({ id }) => id ?? []),
		members,
		createdAt,
	};
}

/** Whom the strongest of the keys lead to; supporting ones count where nothing identifies. */
export function peopleOf(
	{ entityId, record }: Somebody,
	draft: MapDraft,
	rules: IdentityRules,
): Entity[] {
	const named = entityId === undefined ? undefined : draft.root(entityId);
	if (named) return [named];
	const { identify, support } = keysOf(record, rules);
	const ownersOf = (keys: typeof identify) => {
		const owners = keys.flatMap(({ hash }) => draft.owners(hash));
		return [...new Map(owners.map((one) => [one.id, one])).values()];
	};
	const sure = ownersOf(identify);
	return sure.length > 0 ? sure : ownersOf(support);
}
