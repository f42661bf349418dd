import { cleanText } from '../../lib/domain/form';
import type { SourceRecord } from '../../lib/domain/source-record';

/**
 * The id of each event of a delivery. A sender's own id of the event counts before that of the
 * delivery, which every event of it shares; a form's is only believed where the delivery has none, or
 * carries several.
 */
export function eventIds(
	records: readonly SourceRecord[],
	deliveryId: unknown,
): ReadonlyArray<string | undefined> {
	const delivery = cleanText(deliveryId);
	return records.map(({ eventId, fields }, position) => {
		const own = cleanText(eventId);
		if (own !== undefined) return own;
		if (records.length === 1) return delivery;
		const inTheFields = cleanText(fields.eventId);
		return inTheFields ?? (delivery && `${delivery}#${position + 1}`);
	});
}
