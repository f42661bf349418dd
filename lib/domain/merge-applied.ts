import { z } from 'zod';
import type { Resolving } from './identity-keep';
import { everyId, rowsOfSomebody, type Somebody } from './identity-link';
import type { MapDraft } from './identity-map';
import { personOf } from './identity-person';
import { resolve } from './identity-resolve';
import type { IdentityRules } from './identity-rules';
import { separatePeople, unitePeople, type Settled } from './identity-settle';
import type { MergeRecord } from './merge-record';

/** A merge that was carried out in the entity map. */
const Applied = z.object({
	/** Who is one now; read with the row. */
	owners: z.array(z.string()),
	/** Who became part of another, in that order. */
	joined: z.array(z.string()),
	/** The records as they were; gone once the merge is undone. */
	parts: z.array(z.unknown()),
	/** Epoch ms. */
	until: z.number(),
	undone: z.boolean().default(false),
});

export const mergeRowName = (mergeId: string) => `merge:${mergeId}`;

/** A record of a plan, and the person it is of where the plan says so. */
export type Part = Pick<MergeRecord, 'lead' | 'system' | 'recordId' | 'entityId'>;

export interface Merging {
	readonly mergeId: string;
	readonly parts: readonly Part[];
	/** Epoch ms until which it can be undone. */
	readonly until: number;
}

const somebodyOf = ({ lead, system, recordId, entityId }: Part): Somebody => ({
	entityId,
	record: personOf(lead, recordId ? [{ system, id: recordId }] : []),
});

/** The rows that a merge is made of. */
export const rowsOfMerge = ({ mergeId, parts }: Merging, rules: IdentityRules) => [
	mergeRowName(mergeId),
	...parts.map(somebodyOf).flatMap((one) => rowsOfSomebody(one, everyId(rules, one.record))),
];

export type MergeApplied =
	| Settled
	/** Nothing in a record says whose it is. */
	| { readonly outcome: 'unidentified'; readonly place: number };

/** Makes the people of the records one, once, and keeps what an undo needs. */
export function applyMerge(merging: Merging, resolving: Resolving): MergeApplied {
	const { mergeId, parts, until } = merging;
	const { draft } = resolving;
	const known = read(draft.text(mergeRowName(mergeId)));
	if (known && !known.undone) return { outcome: 'already', entityId: rootOf(draft, known.owners) };
	const owners: string[] = [];
	const joined: string[] = [];
	for (const [place, part] of parts.entries()) {
		const { entityId, record } = somebodyOf(part);
		const rules = everyId(resolving.rules, record);
		const found = entityId ? { entityId, joined: [] } : resolve(record, { ...resolving, rules });
		if (!found.entityId) return { outcome: 'unidentified', place };
		owners.push(found.entityId);
		joined.push(...found.joined);
	}
	const settled = unitePeople(draft, owners);
	if (settled.outcome === 'unknown') return settled;
	if (settled.outcome === 'joined') joined.push(...settled.joined);
	for (const row of joined.flatMap((id) => draft.entity(id) ?? []))
		draft.putEntity({ ...row, mergeId });
	const value = JSON.stringify({ owners, joined, parts, until, undone: false });
	draft.put(mergeRowName(mergeId), { value, until, entityId: settled.entityId });
	return joined.length > 0 ? { outcome: 'joined', entityId: settled.entityId, joined } : settled;
}

const rootOf = (draft: MapDraft, [first = '']: readonly string[]) => draft.root(first)?.id ?? first;

export type Undone =
	| {
			readonly outcome: 'undone';
			/** Who is somebody again. */
			readonly entityIds: readonly string[];
			/** The records as they were before the merge. */
			readonly records: readonly unknown[];
	  }
	| { readonly outcome: 'nothing-to-undo'; readonly reason: string };

/** Takes a merge back. The records are given once: after that they are kept no longer. */
export function undoMerge(draft: MapDraft, mergeId: string): Undone {
	const name = mergeRowName(mergeId);
	const known = read(draft.text(name));
	if (!known) return nothing('no such merge is remembered: it is too old, or was never applied');
	if (known.undone) return nothing('it was undone before');
	const entityIds = separatePeople(draft, known.joined);
	const { owners, until, parts: records } = known;
	draft.put(name, {
		value: JSON.stringify({ owners, joined: [], parts: [], until, undone: true }),
		until,
	});
	return { outcome: 'undone', entityIds, records };
}

/** Takes one person out of another again, whoever joined them. */
export function undoJoin(draft: MapDraft, joinedId: string): Undone {
	const mergeId = draft.entity(joinedId)?.mergeId;
	// Its snapshot has the records of both, and has to go with the merge.
	if (mergeId !== undefined) return nothing(`it was joined by the merge ${mergeId}: undo that one`);
	const entityIds = separatePeople(draft, [joinedId]);
	return entityIds.length > 0
		? { outcome: 'undone', entityIds, records: [] }
		: nothing('this person is not part of another');
}

const nothing = (reason: string) => ({ outcome: 'nothing-to-undo', reason }) as const;

function read(text: string | undefined): z.infer<typeof Applied> | undefined {
	try {
		return text === undefined ? undefined : Applied.parse(JSON.parse(text));
	} catch {
		return undefined;
	}
}
