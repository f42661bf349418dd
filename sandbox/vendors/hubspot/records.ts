import { addressKey } from '../people';
import { lifecycleStages, type ObjectType } from './property';

export interface StoredRecord {
	readonly id: string;
	readonly type: ObjectType;
	readonly createdAt: string;
	updatedAt: string;
	readonly properties: Record<string, string>;
}

export interface Link {
	readonly from: StoredRecord;
	readonly to: StoredRecord;
	readonly category: string;
	readonly typeId: number;
}

export interface Records {
	all(type: ObjectType): StoredRecord[];
	/** By record id, or by a unique property. */
	find(type: ObjectType, id: string, idProperty?: string): StoredRecord | undefined;
	create(type: ObjectType, values: Readonly<Record<string, string>>): StoredRecord;
	update(record: StoredRecord, values: Readonly<Record<string, string>>): void;
	remove(record: StoredRecord): void;
	link(link: Link): void;
	links(from: StoredRecord, to: ObjectType): Link[];
}

/** The portal's records. Values come checked; what HubSpot itself decides is decided here. */
export function openRecords(now: () => number): Records {
	const records = new Map<string, StoredRecord>();
	const indexes = new Map<string, StoredRecord>();
	let links: Link[] = [];
	let lastId = 50_100;

	const indexed = (record: StoredRecord, move: (key: string) => void) => {
		for (const { name, unique } of record.type.properties.values()) {
			const value = record.properties[name];
			if (unique && value) move(indexKey(record.type, name, value));
		}
	};
	const apply = (record: StoredRecord, values: Readonly<Record<string, string>>) => {
		const stamp = new Date(now()).toISOString();
		indexed(record, (key) => indexes.delete(key));
		for (const [name, value] of Object.entries(values)) {
			if (name === 'lifecyclestage' && goesBack(record.properties[name], value)) continue;
			if (name === 'hubspot_owner_id' && value !== record.properties[name]) {
				record.properties['hubspot_owner_assigneddate'] = stamp;
			}
			record.properties[name] = value;
		}
		record.updatedAt = stamp;
		record.properties[record.type.modified] = stamp;
		indexed(record, (key) => indexes.set(key, record));
	};

	return {
		all: (type) => [...records.values()].filter((record) => record.type === type),
		find(type, id, idProperty) {
			if (idProperty && idProperty !== 'hs_object_id') {
				return indexes.get(indexKey(type, idProperty, id));
			}
			const record = records.get(id);
			return record?.type === type ? record : undefined;
		},
		create(type, values) {
			lastId += 1;
			const id = String(lastId);
			const stamp = new Date(now()).toISOString();
			const created = type.properties.has('createdate') ? 'createdate' : 'hs_createdate';
			const properties: Record<string, string> = { hs_object_id: id, [created]: stamp };
			if (type.name === 'contacts') properties['lifecyclestage'] = 'lead';
			const record = { id, type, createdAt: stamp, updatedAt: stamp, properties };
			records.set(id, record);
			apply(record, values);
			return record;
		},
		update: apply,
		remove(record) {
			indexed(record, (key) => indexes.delete(key));
			records.delete(record.id);
			links = links.filter(({ from, to }) => from !== record && to !== record);
		},
		link(link) {
			const same = links.some(
				({ from, to, typeId }) => from === link.from && to === link.to && typeId === link.typeId,
			);
			if (!same) links.push(link);
		},
		links: (from, to) =>
			links.flatMap((link) => {
				if (link.from === from && link.to.type === to) return [link];
				if (link.to === from && link.from.type === to) {
					return [{ ...link, from, to: link.from }];
				}
				return [];
			}),
	};
}

/** A stage never moves backwards; clearing it first is the way. */
function goesBack(before: string | undefined, after: string): boolean {
	if (!before || after === '') return false;
	const rank = (stage: string) => lifecycleStages.findIndex((known) => known === stage);
	return rank(after) < rank(before);
}

function indexKey(type: ObjectType, property: string, value: string): string {
	const key = property === 'email' ? addressKey(value) : value.trim().toLowerCase();
	return `${type.name} ${property} ${key}`;
}
