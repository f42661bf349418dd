import { z } from 'zod';
import type { Pending, Provenance } from './enrichment';
import { isFieldPath, type FieldPath } from './enrichment-fields';

const text = z.string();
const Source = z.object({
	provider: text,
	at: text,
	confidence: z.number().exactOptional(),
	cost: z.number().exactOptional(),
	apiVersion: text.exactOptional(),
});
const Rows = z.record(text, z.unknown()).catch({});
const Written = z.object({ fields: Rows.optional(), filled: Rows.optional() }).catch({});

/** Who filled which field, as an earlier enrichment wrote it into the item; `filled` of those that had no `fields`. */
export function knownFields(enrichment: unknown): Partial<Record<FieldPath, Provenance>> {
	const { fields, filled } = Written.parse(enrichment ?? {});
	const known: Partial<Record<FieldPath, Provenance>> = {};
	for (const [path, row] of Object.entries({ ...filled, ...fields })) {
		const source = Source.safeParse(row);
		if (isFieldPath(path) && source.success) known[path] = source.data;
	}
	return known;
}

const Waiting = z.object({
	provider: text,
	fields: z.array(text).transform((all) => all.filter(isFieldPath)),
	state: z.enum(['running', 'not-asked']),
	jobId: text.exactOptional(),
	pollAfterMs: z.number().exactOptional(),
});

/** What an earlier enrichment left over. What cannot be read is left out. */
export function pendingIn(enrichment: unknown): Pending[] {
	const { pending } = z
		.object({ pending: z.array(z.unknown()).catch([]) })
		.catch({ pending: [] })
		.parse(enrichment ?? {});
	return pending.flatMap((one) => Waiting.safeParse(one).data ?? []);
}
