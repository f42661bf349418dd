import type { Received, Text } from '../../../domain/signature/received';
import { refuse, type Refused } from '../../../domain/signature/refusals';
import { pairs } from '../../../domain/signature/text';
import type { HmacSettings } from './hmac-settings';

export interface FoundSignatures {
	readonly ok: true;
	readonly texts: readonly string[];
	/** What stands under the name of the time, where signatures come in pairs. */
	readonly times: readonly string[];
}

/** The signatures of a delivery, as the settings say that the sender writes them. */
export function signaturesIn(
	received: Received,
	settings: HmacSettings,
): FoundSignatures | Refused {
	const { signatureHeaders, signatureQuery } = settings;
	const places = signatureQuery
		? [received.query(signatureQuery)]
		: signatureHeaders.map((name) => received.header(name));
	const found: Text[] = [];
	for (const place of places) {
		if (place && !place.ok) return place;
		if (place) found.push(place);
	}
	if (found.length === 0) return refuse('MISSING_SIGNATURE');
	const parts = found.map(({ value }) => partsOf(value, settings));
	const texts = parts.flatMap((part) => part?.texts ?? []);
	if (texts.length === 0)
		return refuse(
			parts.some((part) => part?.missing) ? 'MISSING_SIGNATURE' : 'MALFORMED_SIGNATURE',
		);
	return { ok: true, texts, times: parts.flatMap((part) => part?.times ?? []) };
}

interface Parts {
	readonly texts: readonly string[];
	readonly times?: readonly string[];
	/** The form is right, but no signature stands in it. */
	readonly missing?: boolean;
}

/** Null where the text has another form. */
function partsOf(value: string, settings: HmacSettings): Parts | null {
	const { signatureForm, separator, prefix, signatureKey, timestampKey } = settings;
	const stripped = (text: string) =>
		text.startsWith(prefix) ? text.slice(prefix.length) : undefined;
	if (signatureForm === 'plain') {
		const text = stripped(value);
		return text ? { texts: [text] } : null;
	}
	if (signatureForm === 'pairs') {
		const found = pairs(value, separator);
		const texts = (found.get(signatureKey) ?? []).flatMap((text) => stripped(text) || []);
		const times = timestampKey ? (found.get(timestampKey) ?? []) : [];
		return { texts, times, missing: !found.has(signatureKey) };
	}
	const all = value.split(separator).map((part) => part.trim());
	// Some write the prefix once, before the whole list.
	if (!all.some((part) => part.startsWith(prefix))) return null;
	return { texts: all.map((part) => stripped(part) ?? part).filter((text) => text !== '') };
}
