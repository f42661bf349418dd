import { z } from 'zod';
import { KEY_KINDS } from './identity-rules';

/** One key of a person, as the map keeps it: no addresses, no numbers, no names. */
const EntityKey = z.object({
	hash: z.string(),
	kind: z.enum(KEY_KINDS),
	group: z.string(),
	/** The company whose address or name it is, as a hash. */
	at: z.string().optional(),
	/** Ids stand in clear: they are what is looked up. */
	id: z.object({ system: z.string(), id: z.string() }).optional(),
	/** One for each spelling of the address or number that was seen. */
	subjects: z.array(z.string()).default([]),
	/** The person it came from, where two became one. */
	of: z.string().optional(),
});

/** What a name is compared by; kept only where names are compared. */
const Profile = z.object({
	name: z.string(),
	company: z.string().optional(),
	domain: z.string().optional(),
});

/** One person. */
const Entity = z.object({
	id: z.string(),
	keys: z.array(EntityKey).default([]),
	/** Epoch ms. */
	createdAt: z.number(),
	/** Epoch ms; later with every use. */
	until: z.number(),
	/** Whom this person has become one with: everything but these fields is as it was before that. */
	aliasOf: z.string().optional(),
	/** The merge by which it did, where a plan was applied. */
	mergeId: z.string().optional(),
	/** Who became one with this person, at any remove. */
	members: z.array(z.string()).default([]),
	/** Who, by a human's word, is somebody else. */
	apart: z.array(z.string()).default([]),
	profile: Profile.optional(),
});

const Owned = z.object({ owners: z.array(z.string()) });

/** Who has a key: for one that identifies, at most one. */
const KeyRow = Owned.extend({ until: z.number() });

export type EntityKey = z.infer<typeof EntityKey>;
export type Entity = z.infer<typeof Entity>;
export type Profile = z.infer<typeof Profile>;
export type KeyRow = z.infer<typeof KeyRow>;

/** Names of rows, within a map. */
export const keyRowName = (hash: string) => `key:${hash}`;
export const entityRowName = (id: string) => `entity:${id}`;

/** Rows as they were read, by name; undefined: there is none. */
export type Rows = ReadonlyMap<string, string | undefined>;

/** One row to change, if it still is what was read. */
export interface RowChange {
	readonly name: string;
	readonly expected: string | undefined;
	/** Absent: the row goes. */
	readonly value?: string;
	/** Epoch ms. */
	readonly until: number;
	/** Whose row it is; absent: that of several people. */
	readonly entityId?: string;
}

/** The rows that a row leads to: the owners of a key or a merge, and whom a person has become one with. */
export function leadsTo(name: string, text: string): readonly string[] {
	if (name.startsWith('entity:')) {
		const { aliasOf } = parse(Entity, text) ?? {};
		return aliasOf === undefined ? [] : [entityRowName(aliasOf)];
	}
	return (parse(Owned, text)?.owners ?? []).map(entityRowName);
}

/** A part of the map, to be read and changed; nothing is written before its changes are. */
export interface MapDraft {
	/** Who has the key now: people who still are in the map, each once. */
	owners(hash: string): readonly Entity[];
	keyRow(hash: string): KeyRow | undefined;
	/** The row of this very id. */
	entity(id: string): Entity | undefined;
	/** The person whom this id means today. */
	root(id: string): Entity | undefined;
	putEntity(entity: Entity): void;
	putKey(hash: string, row: KeyRow): void;
	/** Any other row, as text. */
	text(name: string): string | undefined;
	put(name: string, change: Omit<RowChange, 'name' | 'expected'>): void;
	/** The changes since the last call; what is taken counts as written. */
	take(): readonly RowChange[];
}

export function mapDraft(rows: Rows): MapDraft {
	const written = new Map(rows);
	const staged = new Map<string, RowChange>();

	const textOf = (name: string) => (staged.has(name) ? staged.get(name)?.value : written.get(name));
	const put = (name: string, change: Omit<RowChange, 'name' | 'expected'>) =>
		void staged.set(name, { name, expected: written.get(name), ...change });

	const entity = (id: string) => parse(Entity, textOf(entityRowName(id)));
	const keyRow = (hash: string) => parse(KeyRow, textOf(keyRowName(hash)));
	const root = (id: string): Entity | undefined => {
		let found = entity(id);
		for (const seen = new Set([id]); found?.aliasOf && !seen.has(found.aliasOf);) {
			seen.add(found.aliasOf);
			found = entity(found.aliasOf);
		}
		return found;
	};

	return {
		entity,
		put,
		text: textOf,
		keyRow,
		root,
		owners(hash) {
			const roots = (keyRow(hash)?.owners ?? []).flatMap((id) => root(id) ?? []);
			return [...new Map(roots.map((one) => [one.id, one])).values()];
		},
		putEntity(changed) {
			const { id, until } = changed;
			put(entityRowName(id), { value: JSON.stringify(Entity.parse(changed)), until, entityId: id });
		},
		putKey(hash, { owners, until }) {
			const [only, ...others] = owners;
			if (only === undefined) return put(keyRowName(hash), { until });
			const whose = others.length === 0 ? { entityId: only } : {};
			return put(keyRowName(hash), { value: JSON.stringify({ owners, until }), until, ...whose });
		},
		take() {
			const changes = [...staged.values()].filter(({ expected, value }) => expected !== value);
			for (const { name, value } of changes) written.set(name, value);
			staged.clear();
			return changes;
		},
	};
}

/** A row that another version wrote and that cannot be read is none. */
function parse<Row>(schema: z.ZodType<Row>, text: string | undefined): Row | undefined {
	try {
		return text === undefined ? undefined : schema.parse(JSON.parse(text));
	} catch {
		return undefined;
	}
}
