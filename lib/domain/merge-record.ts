import { z } from 'zod';
import { PipelineError } from './errors';
import type { RecordId } from './identity-values';
import { Lead } from './lead';
import { maskValue } from './mask';
import { compareJson, stableJson } from './stable-json';

/** One record of a person, as one system has it. */
const MergeRecord = z.object({
	lead: Lead,
	system: z.string().min(1),
	recordId: z.string().min(1).optional(),
	/** In the entity map. */
	entityId: z.string().min(1).optional(),
	/** When it was last changed, ISO 8601. */
	updatedAt: z.iso.datetime({ offset: true }),
	/** When the system got it, ISO 8601; the oldest record survives. */
	createdAt: z.iso.datetime({ offset: true }).optional(),
});

export type MergeRecord = z.infer<typeof MergeRecord>;

/** What a record is called in a plan. */
export interface RecordRef extends Partial<RecordId> {
	readonly system: string;
	readonly entityId?: string;
}

export const refOf = ({ system, recordId, entityId }: MergeRecord): RecordRef => ({
	system,
	...(recordId && { id: recordId }),
	...(entityId && { entityId }),
});

const isPlan = z.object({ parts: z.array(MergeRecord).min(1) });
const Given = z.object({ lead: Lead }).and(MergeRecord.omit({ lead: true }).partial());

/**
 * The records to merge, each once, in an order that does not depend on how they were given: leads,
 * `{ lead, system, recordId, entityId, updatedAt, createdAt }`, or the `merge` of an earlier plan, which
 * stands for the records that it was made of. Throws `INVALID_INPUT`.
 */
export function readRecords(given: readonly unknown[]): readonly MergeRecord[] {
	const records = given.flatMap(readRecord);
	const distinct = new Map(records.map((one) => [stableJson(one), one]));
	if (distinct.size >= 2) return [...distinct.values()].sort(compareJson);
	throw new PipelineError(
		'INVALID_INPUT',
		`A merge needs two different records or more, and ${distinct.size === 0 ? 'none was' : 'only one was'} given`,
	);
}

function readRecord(value: unknown, place: number): MergeRecord[] {
	const plan = isPlan.safeParse(value);
	if (plan.success) return plan.data.parts;
	const bare = Lead.safeParse(value);
	const given = bare.success ? { lead: bare.data } : Given.safeParse(value).data;
	if (!given) {
		throw new PipelineError(
			'INVALID_INPUT',
			`Record ${place + 1} to merge is ${maskValue(value)}: it has to be a lead, { lead, system, recordId, updatedAt }, or the plan of an earlier merge`,
		);
	}
	const { lead, ...rest } = given;
	// An expression that finds nothing leaves an undefined behind.
	const said = Object.fromEntries(Object.entries(rest).filter(([, one]) => one !== undefined));
	const { system, recordId, occurredAt } = lead.source;
	const known = { system, updatedAt: occurredAt, ...(recordId && { recordId }) };
	return [MergeRecord.parse({ ...known, ...said, lead })];
}
