import { placeOf, type OrderedBy, type Place } from '../../domain/sequence';
import type { Change, Perishable, Store } from './port';

export interface Sighting extends Perishable {
	readonly key: string;
	readonly position: bigint;
}

/**
 * Where each event stands among those of its key, in the order of the list, and the newest of each key
 * kept for those to come. Two round trips for a batch, and two more for the keys that somebody else
 * has changed meanwhile.
 */
export async function sight(
	store: Store,
	events: readonly Sighting[],
	by: OrderedBy,
): Promise<Place[]> {
	const places = new Map<Sighting, Place>();
	for (let open = events; open.length > 0;) {
		const groups = byKey(open);
		const kept = await store.get([...groups.keys()]);
		const seen = [...groups.values()].map((group, index) =>
			placesOf(group, { by, kept: kept[index] }),
		);
		const written = (await store.commit(seen.map(({ changes }) => changes))).values();
		for (const one of seen) {
			if (written.next().value) for (const [event, place] of one.places) places.set(event, place);
		}
		open = open.filter((event) => !places.has(event));
	}
	return events.flatMap((event) => places.get(event) ?? []);
}

function byKey(events: readonly Sighting[]): Map<string, Sighting[]> {
	const groups = new Map<string, Sighting[]>();
	for (const event of events) {
		const group = groups.get(event.key);
		if (group) group.push(event);
		else groups.set(event.key, [event]);
	}
	return groups;
}

function placesOf(
	events: readonly Sighting[],
	{ by, kept }: { readonly by: OrderedBy; readonly kept: string | undefined },
): { places: Array<[Sighting, Place]>; changes: Change[] } {
	let newest = kept === undefined ? undefined : BigInt(kept);
	let last: Sighting | undefined;
	const places = events.map((event): [Sighting, Place] => {
		const place = placeOf(newest, event.position, by);
		if (place.order !== 'late') [newest, last] = [event.position, event];
		return [event, place];
	});
	if (!last) return { places, changes: [] };
	const { key, position, expiresAt, subject } = last;
	const entry = { value: `${position}`, expiresAt, ...(subject && { subject }) };
	return { places, changes: [{ key, expected: kept, entry }] };
}
