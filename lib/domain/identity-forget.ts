import { keyRowName, entityRowName, type Entity, type MapDraft } from './identity-map';
import { blocksOf } from './identity-similar';

/** What the map has of a person, read so far: more rows have to be read before all can be forgotten. */
export function rowsOfPerson({ id, keys, members, profile }: Entity): readonly string[] {
	const blocks = profile ? blocksOf(profile) : [];
	return [
		...[id, ...members].map(entityRowName),
		...[...keys.map(({ hash }) => hash), ...blocks].map(keyRowName),
	];
}

export interface Forgotten {
	/** The person's ids in the map, present and earlier ones. */
	readonly entityIds: readonly string[];
	/** Under these an erasure finds what else is kept. */
	readonly subjects: readonly string[];
	/** Rows that went, or lost this person from among several. */
	readonly people: number;
	readonly keys: number;
}

/**
 * Takes a person out of the draft: all rows of `rowsOfPerson`, of the person and of everybody who had
 * become part of it. A key that others have too stays theirs.
 */
export function forget(draft: MapDraft, person: Entity): Forgotten {
	const entityIds = [person.id, ...person.members];
	const entities = entityIds.flatMap((id) => draft.entity(id) ?? []);
	const gone = new Set(entityIds);
	const own = [...entities, person];
	const hashes = new Set(own.flatMap(({ keys }) => keys.map(({ hash }) => hash)));
	for (const { profile } of own)
		for (const block of profile ? blocksOf(profile) : []) hashes.add(block);
	let keys = 0;
	const theirs = new Set<string>();
	for (const hash of hashes) {
		const row = draft.keyRow(hash);
		const rest = row?.owners.filter((id) => !gone.has(id));
		if (!row || !rest || rest.length === row.owners.length) continue;
		if (rest.length > 0) theirs.add(hash);
		draft.putKey(hash, { owners: rest, until: row.until });
		keys += 1;
	}
	for (const { id, until } of entities) draft.put(entityRowName(id), { until });
	const all = own.flatMap((one) => one.keys);
	// What is kept under a number that others have too may be theirs.
	const shared = all.filter(({ hash }) => theirs.has(hash)).flatMap((key) => key.subjects);
	const subjects = new Set(
		all.flatMap((key) => key.subjects).filter((one) => !shared.includes(one)),
	);
	return { entityIds, subjects: [...subjects], people: entities.length, keys };
}
