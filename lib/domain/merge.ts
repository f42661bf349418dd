import { createHash } from 'node:crypto';
import type { Activity } from './activity';
import { mergeAttribution } from './attribution';
import { mergeConsents, type Consent } from './consent';
import { isRecord } from './form';
import type { RecordId } from './identity-values';
import { Lead } from './lead';
import { chooseFields, rankOf, type FieldChoice, type MergeRules } from './merge-fields';
import { refOf, type MergeRecord, type RecordRef } from './merge-record';
import { compareJson, stableJson } from './stable-json';

/** What there is to do so that several records become one, for a machine to carry out. */
export interface MergePlan {
	/** The same for the same records, so that a plan that is carried out twice is one merge. */
	readonly mergeId: string;
	readonly survivor: RecordRef;
	readonly absorbed: readonly RecordRef[];
	/** The lead as it is to stand in the survivor. */
	readonly lead: Lead;
	readonly fields: readonly FieldChoice[];
	readonly consent: { readonly reason: string; readonly refused: readonly string[] };
	readonly activities: {
		readonly total: number;
		/** What has to move to the survivor. */
		readonly reparent: readonly Reparent[];
	};
	readonly score: { readonly recalculate: boolean; readonly reason: string };
	readonly ids: {
		/** To be linked to the one entity. */
		readonly link: readonly RecordId[];
		/** Systems in which two records remain until they are merged there. */
		readonly doubled: readonly { readonly system: string; readonly ids: readonly string[] }[];
	};
	/** The records as they were, for an undo. */
	readonly parts: readonly MergeRecord[];
}

export interface Reparent {
	readonly from: RecordRef;
	readonly to: RecordRef;
	readonly count: number;
	/** Of those that have one. */
	readonly activityIds: readonly string[];
}

/**
 * The plan for records that `readRecords` has read. First touch is kept, consent is the most restrictive
 * one, activities are united. It depends on the set of records alone: merging in steps, in any order,
 * ends in the same plan as merging at once.
 */
export function planMerge(records: readonly MergeRecord[], rules: MergeRules): MergePlan {
	const [survivor, ...absorbed] = [...records].sort(bySurvival(rules));
	if (!survivor) throw new RangeError('a merge needs records');
	const fields = chooseFields(records, rules);
	const consent = mergeConsents(records.map(({ lead }) => lead.consent));
	const activities = unite(records.flatMap(({ lead }) => lead.activities));
	const link = distinct(records.flatMap(idsOf));
	const own = new Set(survivor.lead.activities.map(activityKey));
	const moved = absorbed.map((one) => reparent(one, survivor, own));
	const changed = fields.filter(({ others }) => others.length > 0).length;
	return {
		mergeId: createHash('sha256').update(stableJson(records)).digest('hex').slice(0, 32),
		survivor: refOf(survivor),
		absorbed: absorbed.map(refOf),
		lead: leadOf(survivor, { records, fields, consent, activities, link }),
		fields,
		consent: { reason: whyConsent(records), refused: refusedIn(consent) },
		activities: { total: activities.length, reparent: moved.filter(({ count }) => count > 0) },
		score: {
			recalculate: true,
			reason: `${activities.length} activities of ${records.length} records, and ${changed} fields with different values`,
		},
		ids: { link, doubled: doubledIn(link) },
		parts: records,
	};
}

/** The most trusted system that has an id, then the oldest: what others refer to should not change. */
const bySurvival = (rules: MergeRules) => (one: MergeRecord, other: MergeRecord) =>
	Number(!one.recordId) - Number(!other.recordId) ||
	rankOf(one, rules) - rankOf(other, rules) ||
	bornAt(one) - bornAt(other) ||
	compareJson(one, other);

const bornAt = ({ createdAt, updatedAt }: MergeRecord) => Date.parse(createdAt ?? updatedAt);

interface Chosen {
	readonly records: readonly MergeRecord[];
	readonly fields: readonly FieldChoice[];
	readonly consent: Consent;
	readonly activities: readonly Activity[];
	readonly link: readonly RecordId[];
}

function leadOf(
	{ lead }: MergeRecord,
	{ records, fields, consent, activities, link }: Chosen,
): Lead {
	const part = (name: string) =>
		Object.fromEntries(
			fields
				.filter(({ field }) => field.startsWith(`${name}.`))
				.map(({ field, value }) => [field.slice(name.length + 1), value]),
		);
	const first = (system: string) => link.find((id) => id.system === system)?.id;
	const own = Object.entries(lead.identity.externalIds);
	const others = link.map(({ system }) => [system, first(system)] as const);
	const bar = records.find((one) => !one.lead.shouldEnrich)?.lead.shouldEnrichReason;
	return Lead.parse({
		schemaVersion: lead.schemaVersion,
		identity: { ...part('identity'), externalIds: Object.fromEntries([...others, ...own]) },
		person: part('person'),
		company: part('company'),
		attribution: records.map((one) => one.lead.attribution).reduce(mergeAttribution),
		consent,
		activities,
		custom: { ...part('custom'), ...unreadOf(records, part('custom')) },
		source: lead.source,
		shouldEnrich: records.every((one) => one.lead.shouldEnrich),
		...(bar && { shouldEnrichReason: bar }),
	});
}

/** What nobody could read is nobody's to choose: of all records, the chosen one's first. */
function unreadOf(records: readonly MergeRecord[], chosen: Readonly<Record<string, unknown>>) {
	const all = [...records.map(({ lead }) => lead.custom), chosen];
	const unread = all.flatMap((custom) => (isRecord(custom['unread']) ? [custom['unread']] : []));
	const values = unread.flatMap((one) => Object.entries(one));
	return values.length > 0 && { unread: Object.fromEntries(values) };
}

/** Each once: an id is one activity, and without ids equal ones are. The same id told twice: the fuller. */
function unite(activities: readonly Activity[]): readonly Activity[] {
	const known = new Map<string, Activity>();
	for (const one of [...activities].sort(compareJson)) {
		const key = activityKey(one);
		const other = known.get(key);
		if (!other || stableJson(one).length > stableJson(other).length) known.set(key, one);
	}
	return [...known.values()].sort(
		(a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt) || compareJson(a, b),
	);
}

const activityKey = (one: Activity) =>
	one.id === undefined ? stableJson(one) : stableJson([one.kind, one.id]);

function reparent(from: MergeRecord, to: MergeRecord, own: ReadonlySet<string>): Reparent {
	const moving = from.lead.activities.filter((one) => !own.has(activityKey(one)));
	const activityIds = moving.flatMap(({ id }) => id ?? []);
	return { from: refOf(from), to: refOf(to), count: moving.length, activityIds };
}

function idsOf({ lead, system, recordId }: MergeRecord): RecordId[] {
	const known = Object.entries(lead.identity.externalIds).map(([of, id]) => ({ system: of, id }));
	return recordId ? [{ system, id: recordId }, ...known] : known;
}

const distinct = (ids: readonly RecordId[]): RecordId[] =>
	[...new Map(ids.map((id) => [stableJson(id), id])).values()].sort(compareJson);

function doubledIn(ids: readonly RecordId[]) {
	const systems = [...new Set(ids.map(({ system }) => system))];
	return systems
		.map((system) => ({
			system,
			ids: ids.filter((id) => id.system === system).map(({ id }) => id),
		}))
		.filter((one) => one.ids.length > 1);
}

const refusedIn = ({ channels }: Consent) =>
	Object.keys(channels)
		.filter((channel) => channels[channel] === false)
		.sort();

function whyConsent(records: readonly MergeRecord[]): string {
	const refusing = records.filter(({ lead }) => refusedIn(lead.consent).length > 0);
	if (refusing.length === 0) return 'nobody refused a channel';
	const systems = [...new Set(refusing.map(({ system }) => system))].join(', ');
	return `a no stands against every yes: refused in ${systems}`;
}
