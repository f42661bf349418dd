import type { Problem } from '../../lib/domain/field-reader';
import { isRecord } from '../../lib/domain/form';
import { maskValue } from '../../lib/domain/mask';
import { isDeeperThan } from '../../lib/domain/nesting';
import type { SourceRecord } from '../../lib/domain/source-record';
import type { LeadSource, SourceHints } from '../../lib/vendors/sources/port';
import { recognise } from '../../lib/vendors/sources/recognise';
import { looksLikeXml, parseXml } from '../../lib/vendors/sources/xml';

/** What a payload turned out to be. */
export type Delivery =
	| { readonly ok: true; readonly source: string; readonly records: readonly SourceRecord[] }
	| { readonly ok: false; readonly source: string; readonly problem: Problem };

/** Reads a payload, JSON or XML, as text or as n8n has parsed it. Default source: whoever sends such. */
export function readPayload(
	payload: unknown,
	hints: SourceHints,
	chosen: LeadSource | undefined,
): Delivery {
	const parsed =
		typeof payload === 'string' ? parse(payload) : ({ ok: true, value: payload } as const);
	if (!parsed.ok) return unreadable(payload, parsed.reason, chosen);
	const { value } = parsed;
	if (!isRecord(value) && !Array.isArray(value)) return unreadable(payload, NO_FIELDS, chosen);
	if (isDeeperThan(MAX_LEVELS, value)) return unreadable(payload, TOO_DEEP, chosen);
	const source = chosen ?? recognise(value, hints);
	const records = source.read(value, hints);
	return records.length > 0
		? { ok: true, source: source.id, records }
		: unreadable(payload, `carries no event that can be read (${source.title})`, source);
}

const NO_FIELDS = 'is neither JSON nor XML with fields';

/** No sender nests a tenth of this, and some thousands more overflow the stack of whoever reads them. */
const MAX_LEVELS = 100;
const TOO_DEEP = `is nested more than ${MAX_LEVELS} levels deep`;

function parse(text: string) {
	if (looksLikeXml(text)) return parseXml(text);
	try {
		return { ok: true, value: JSON.parse(text) as unknown } as const;
	} catch {
		return { ok: false, reason: NO_FIELDS } as const;
	}
}

const unreadable = (
	payload: unknown,
	reason: string,
	source: LeadSource | undefined,
): Delivery => ({
	ok: false,
	source: source?.id ?? 'unknown',
	problem: { field: 'payload', value: maskValue(payload), reason },
});
