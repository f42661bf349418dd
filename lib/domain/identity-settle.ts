import { join, split } from './identity-join';
import type { Entity, MapDraft } from './identity-map';

export type Settled =
	| { readonly outcome: 'joined'; readonly entityId: string; readonly joined: readonly string[] }
	| { readonly outcome: 'apart' | 'already'; readonly entityId: string }
	| { readonly outcome: 'unknown'; readonly entityId: string };

/** A human says that these people are one: limits do not count against that, nor do earlier words. */
export function unitePeople(draft: MapDraft, ids: readonly string[]): Settled {
	const missing = ids.find((id) => !draft.root(id));
	if (missing !== undefined) return { outcome: 'unknown', entityId: missing };
	const [first = '', ...others] = ids;
	const gone: string[] = [];
	for (const id of others) {
		const [one, other] = [draft.root(first), draft.root(id)];
		if (!one || !other || one.id === other.id) continue;
		const whole = join(draft, reconciled(one, other), reconciled(other, one));
		gone.push(whole.id === one.id ? other.id : one.id);
	}
	const entityId = draft.root(first)?.id ?? first;
	return gone.length > 0
		? { outcome: 'joined', entityId, joined: gone }
		: { outcome: 'already', entityId };
}

const reconciled = (one: Entity, { id, members }: Entity): Entity => ({
	...one,
	apart: one.apart.filter((other) => other !== id && !members.includes(other)),
});

/** A human says that these are two. They are not put forward again, and no key joins them. */
export function partPeople(draft: MapDraft, id: string, otherId: string): Settled {
	const [one, other] = [draft.root(id), draft.root(otherId)];
	if (!one || !other) return { outcome: 'unknown', entityId: one ? otherId : id };
	if (one.id === other.id) return { outcome: 'already', entityId: one.id };
	draft.putEntity({ ...one, apart: [...new Set([...one.apart, other.id])] });
	draft.putEntity({ ...other, apart: [...new Set([...other.apart, one.id])] });
	return { outcome: 'apart', entityId: one.id };
}

/** Takes people out again who had become part of another; those that had already been are left. */
export function separatePeople(draft: MapDraft, joined: readonly string[]): readonly string[] {
	return [...joined].reverse().filter((id) => split(draft, id) !== undefined);
}
