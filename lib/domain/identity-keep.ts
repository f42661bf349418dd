import { withKey } from './identity-join';
import { ruleOf, type IdentityKey } from './identity-key';
import type { Entity, MapDraft } from './identity-map';
import { isNamed, type IdentityRules } from './identity-rules';

export interface Resolving {
	readonly draft: MapDraft;
	readonly rules: IdentityRules;
	/** Epoch ms. */
	readonly now: number;
	/** How long a person and a key are remembered after their last use. */
	readonly keepMs: number;
	readonly newId: () => string;
}

/** An end is written down again when a tenth of the time has gone: most uses write nothing. */
const RENEWED_FROM = 0.9;

/** Writes the person and those of the keys that are the person's, and puts their ends off. */
export function keep(person: Entity, keys: readonly IdentityKey[], keeping: Resolving) {
	const { draft, rules, now, keepMs } = keeping;
	const end = now + keepMs;
	const isStale = (until: number) => until < now + keepMs * RENEWED_FROM;
	draft.putEntity(isStale(person.until) ? { ...person, until: end } : person);
	const own = new Set(person.keys.map(({ hash }) => hash));
	for (const { hash, kind } of keys.filter((key) => own.has(key.hash))) {
		const row = draft.keyRow(hash);
		const owners = draft.owners(hash);
		const mine = owners.some(({ id }) => id === person.id);
		if (mine && row) {
			if (!isStale(row.until)) continue;
			draft.putKey(hash, { ...row, until: end });
			for (const id of row.owners) renew(draft, id, end);
		} else if (owners.length === 0) draft.putKey(hash, { owners: [person.id], until: end });
		else if (row && (isNamed(kind) || ruleOf(rules, kind).use === 'support'))
			draft.putKey(hash, { owners: [...row.owners, person.id], until: end });
	}
}

/** The way from a key to its person has to last as long as the key. */
function renew(draft: MapDraft, id: string, until: number) {
	for (let row = draft.entity(id); row; row = row.aliasOf ? draft.entity(row.aliasOf) : undefined)
		draft.putEntity({ ...row, until: Math.max(row.until, until) });
}

/** Somebody of whom only this key is known. */
export function stranger(key: IdentityKey, { now, keepMs, newId }: Resolving): Entity {
	const nobody = { id: newId(), keys: [], createdAt: now, until: now + keepMs };
	return withKey({ ...nobody, members: [], apart: [] }, key);
}
