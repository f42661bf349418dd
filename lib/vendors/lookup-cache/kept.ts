import { z } from 'zod';
import { facts } from '../../domain/enrichment-facts';
import { isFieldPath, type FieldPath } from '../../domain/enrichment-fields';
import type { Lookup } from '../enrichment/port';

/** A provider's answer with its age. */
export interface Kept {
	readonly lookup: Lookup;
	/** Epoch ms of the provider's answer. */
	readonly at: number;
	/** What the provider was asked for; an answer says nothing about the rest. */
	readonly wanted: readonly FieldPath[];
}

const text = z.string().optional();
const Answered = { credits: z.number().nonnegative(), apiVersion: text };
const KeptValue = z.object({
	at: z.number(),
	wanted: z.array(z.string()),
	lookup: z.discriminatedUnion('kind', [
		z.object({
			kind: z.literal('found'),
			fields: z.record(z.string(), z.unknown()),
			confidence: z.number().optional(),
			fieldConfidence: z.record(z.string(), z.number()).optional(),
			employer: z.object({ name: text, domain: text, title: text, since: text }).optional(),
			...Answered,
		}),
		z.object({ kind: z.literal('no-match'), ...Answered }),
	]),
});

/** An answer kept by another version of this package that cannot be read is no answer. */
export function readKept(value: string | undefined): Kept | undefined {
	const parsed = KeptValue.safeParse(fromJson(value));
	if (!parsed.success) return undefined;
	const { at, wanted, lookup } = parsed.data;
	const base = { at, wanted: wanted.filter(isFieldPath) };
	const { credits, apiVersion } = lookup;
	const answered = { credits, ...defined({ apiVersion }) };
	if (lookup.kind === 'no-match') return { ...base, lookup: { kind: 'no-match', ...answered } };
	const { fields, confidence, fieldConfidence, employer } = lookup;
	const found = {
		kind: 'found' as const,
		fields: facts(fields),
		...defined({ confidence }),
		...(fieldConfidence && { fieldConfidence: byField(fieldConfidence) }),
		...(employer && { employer: defined(employer) }),
	};
	return { ...base, lookup: { ...found, ...answered } };
}

const byField = (said: Readonly<Record<string, number>>) =>
	Object.fromEntries(Object.entries(said).filter(([path]) => isFieldPath(path)));

type Defined<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** Without the entries that are undefined. */
function defined<T extends object>(values: T): Defined<T> {
	const kept: Defined<T> = {};
	for (const key in values) {
		const value = values[key];
		if (value !== undefined && value !== null) kept[key] = value;
	}
	return kept;
}

function fromJson(value: string | undefined): unknown {
	try {
		return value === undefined ? undefined : JSON.parse(value);
	} catch {
		return undefined;
	}
}
