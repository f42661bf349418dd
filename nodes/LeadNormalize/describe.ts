import type { IDataObject } from 'n8n-workflow';
import type { Problem } from '../../lib/domain/field-reader';
import { maskValue } from '../../lib/domain/mask';
import type { Normalized } from '../../lib/domain/normalize';
import type { SourceRecord, SourceRecordKind } from '../../lib/domain/source-record';
import type { Outcome } from '../shared/each-item';

export const LEAD = 0;
export const INVALID = 1;
export const OTHER = 2;

/** Why an event of this kind is no lead; undefined for those that are. */
const NO_LEAD: Readonly<Partial<Record<SourceRecordKind, string>>> = {
	account: 'is about a company, not a person',
	opportunity: 'is about a deal, not a person',
	deletion: 'says that somebody is gone: forget them, and hand nobody over',
	ping: 'is a test of the line, not a lead',
	other: 'is not about a person',
};

/** What keeps an event of this kind from becoming a lead. */
export function barOf({ kind, event }: SourceRecord): Problem | undefined {
	const reason = NO_LEAD[kind];
	return reason === undefined ? undefined : { field: 'event', value: maskValue(event), reason };
}

/** The item of an event that became a lead, or did not. */
export function describe(result: Normalized, source: string, record?: SourceRecord): Outcome {
	const problems = result.problems.map((problem) => ({ ...problem }));
	const unreadable = sentenceOf(result.problems);
	if (!result.ok) {
		const about = record && { record: namesOf(record) };
		const normalization = { ok: false, source, problems, ...about };
		return { output: INVALID, add: { normalization }, note: unreadable };
	}
	const { lead } = result;
	const note = [
		`${lead.source.event} from ${lead.source.system}`,
		lead.shouldEnrichReason,
		unreadable,
	];
	return {
		output: LEAD,
		add: {
			lead: lead as unknown as IDataObject,
			normalization: { ok: true, source, problems },
		},
		note: note.filter(Boolean).join('; '),
	};
}

export interface Canonical {
	/** What stands in the item beside `normalization`: an `account` or an `opportunity`. */
	readonly add: IDataObject;
	readonly problems: readonly Problem[];
}

/** The item of a company or a deal: canonical all the same, and no lead. */
export function describeOther(
	{ add, problems }: Canonical,
	{ source, record, isWanted }: { source: string; record: SourceRecord; isWanted: boolean },
): Outcome {
	const bar = isWanted ? undefined : barOf(record);
	const all = [...(bar ? [bar] : []), ...problems];
	const normalization = {
		ok: bar === undefined,
		source,
		problems: all.map((problem) => ({ ...problem })),
		record: namesOf(record),
	};
	const note = [isWanted && `${record.event} from ${record.system}`, sentenceOf(all)];
	return {
		output: isWanted ? OTHER : INVALID,
		add: { ...add, normalization },
		note: note.filter(Boolean).join('; '),
	};
}

export const sentenceOf = (problems: readonly Problem[]) =>
	problems.map(({ field, value, reason }) => `'${field}' ${value} ${reason}`).join('; ');

/** Which record it was, so that it can be looked up or forgotten: names and ids, no personal data. */
const namesOf = ({ kind, system, event, eventId, recordId, fields }: SourceRecord) => ({
	kind,
	system,
	event,
	...withText({ recordId: recordId ?? fields.recordId, eventId: eventId ?? fields.eventId }),
});

const withText = (values: Readonly<Record<string, unknown>>) =>
	Object.fromEntries(
		Object.entries(values).flatMap(([name, value]) =>
			typeof value === 'string' || typeof value === 'number'
				? [[name, String(value)] as const]
				: [],
		),
	);
