import { isKeyKind, ruleOf, type IdentityKey } from './identity-key';
import type { Entity, EntityKey, MapDraft } from './identity-map';
import type { IdentityRules, KeyKind } from './identity-rules';

/** Why these keys cannot all be of this one person; undefined when they can. */
export function whyNotFit(
	{ keys }: Pick<Entity, 'keys'>,
	more: readonly Pick<EntityKey, 'hash' | 'group' | 'kind'>[],
	rules: IdentityRules,
): string | undefined {
	const groups = new Map<string, { kind: KeyKind; hashes: Set<string>; grows: boolean }>();
	const has = new Set(keys.map(({ hash }) => hash));
	for (const { hash, group, kind } of [...keys, ...more]) {
		const one = groups.get(group) ?? { kind, hashes: new Set<string>(), grows: false };
		one.hashes.add(hash);
		one.grows ||= !has.has(hash);
		groups.set(group, one);
	}
	for (const [group, { kind, hashes, grows }] of groups) {
		const { perPerson } = ruleOf(rules, kind);
		// Limits that were lowered since do not take away what a person has.
		if (grows && hashes.size > perPerson) return tooMany(group, perPerson);
	}
	return undefined;
}

const tooMany = (group: string, limit: number) => {
	const name = isKeyKind(group) ? group : group.replace(/^id:/, 'id in ');
	return limit === 1 ? `has another ${name}` : `would have more than ${limit} of: ${name}`;
};

/** Why two people cannot be one; undefined when they can. */
export function whyApart(one: Entity, other: Entity, rules: IdentityRules): string | undefined {
	return areParted(one, other)
		? 'is somebody else, by your decision'
		: whyNotFit(one, other.keys, rules);
}

/** Whether a human has said that these are two. */
export function areParted(one: Entity, other: Entity): boolean {
	const all = ({ id, members }: Entity) => [id, ...members];
	const parted = (a: Entity, b: Entity) => all(b).some((id) => a.apart.includes(id));
	return parted(one, other) || parted(other, one);
}

/** Of two people with one name in one company, each has an address there: the same one, or they are two. */
export function areNamesakes(one: Entity, other: Entity, { kind, at }: IdentityKey): boolean {
	const boxes = ({ keys }: Entity) =>
		keys.filter((key) => key.kind === 'email' && key.at === at).map(({ hash }) => hash);
	const [own, theirs] = [boxes(one), boxes(other)];
	const both = own.length > 0 && theirs.length > 0;
	return kind === 'domain-name' && both && !own.some((hash) => theirs.includes(hash));
}

/** The two as one; the one that has been known longer gives its id. Both have to be in the draft, as roots. */
export function join(draft: MapDraft, one: Entity, other: Entity): Entity {
	const [survivor, member] = isOlder(one, other) ? [one, other] : [other, one];
	const joined: Entity = {
		...survivor,
		keys: [...survivor.keys, ...member.keys.map((key) => ({ ...key, of: key.of ?? member.id }))],
		members: [...survivor.members, member.id, ...member.members],
		apart: [...new Set([...survivor.apart, ...member.apart])],
		until: Math.max(survivor.until, member.until),
		...(!survivor.profile && member.profile && { profile: member.profile }),
	};
	draft.putEntity(joined);
	draft.putEntity({ ...member, aliasOf: survivor.id, until: joined.until });
	return joined;
}

const isOlder = (one: Entity, other: Entity) =>
	one.createdAt !== other.createdAt ? one.createdAt < other.createdAt : one.id < other.id;

/** Takes a member out again, with the keys it brought; the two are kept apart from now on. */
export function split(
	draft: MapDraft,
	memberId: string,
): { root: Entity; member: Entity } | undefined {
	const [row, root] = [draft.entity(memberId), draft.root(memberId)];
	if (!row?.aliasOf || !root || root.id === memberId) return undefined;
	const gone = new Set([memberId, ...row.members]);
	const member = {
		...row,
		aliasOf: undefined,
		mergeId: undefined,
		apart: [...new Set([...row.apart, root.id])],
	};
	const rest = {
		...root,
		keys: root.keys.filter(({ of }) => of === undefined || !gone.has(of)),
		members: root.members.filter((id) => !gone.has(id)),
		apart: [...new Set([...root.apart, memberId])],
	};
	draft.putEntity(member);
	draft.putEntity(rest);
	return { root: rest, member };
}

/** The person with the key, and the spelling of it that was seen. */
export function withKey(
	entity: Entity,
	{ hash, kind, group, at, id, subject }: IdentityKey,
): Entity {
	const known = entity.keys.find((key) => key.hash === hash);
	if (!known) {
		const subjects = subject ? [subject] : [];
		return {
			...entity,
			keys: [...entity.keys, { hash, kind, group, subjects, ...(at && { at }), ...(id && { id }) }],
		};
	}
	if (!subject || known.subjects.includes(subject)) return entity;
	const seen = { ...known, subjects: [...known.subjects, subject] };
	return { ...entity, keys: entity.keys.map((key) => (key === known ? seen : key)) };
}
