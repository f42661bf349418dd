import { cleanText } from '../../lib/domain/form';
import type { Mapped } from '../../lib/domain/field-reader';
import type { SourceRecord } from '../../lib/domain/source-record';

/**
 * The id of each event of a delivery. What the user mapped counts first; then a sender's own id of the event counts before that of the
 * delivery, which every event of it shares; a form's is only believed where the delivery has none, or
 * carries several.
 */
export function eventIds(
	records: readonly SourceRecord[],
	{
		deliveryId,
		mapped = {},
	}: { readonly deliveryId: unknown; readonly mapped?: Mapped | undefined },
): ReadonlyArray<string | undefined> {
	const [delivery, chosen] = [cleanText(deliveryId), cleanText(mapped.eventId)];
	return records.map(({ eventId, fields }, position) => {
		if (chosen !== undefined) return records.length === 1 ? chosen : `${chosen}#${position + 1}`;
		const own = cleanText(eventId);
		if (own !== undefined) return own;
		if (records.length === 1) return delivery;
		const inTheFields = cleanText(fields.eventId);
		return inTheFields ?? (delivery && `${delivery}#${position + 1}`);
	});
}
