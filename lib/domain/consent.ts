import type { z } from 'zod';
import { isRecord } from './form';
import { Consent } from './lead';

/** Why a lead may not be enriched or contacted; undefined when nobody refused. */
export function refusal({ channels }: z.infer<typeof Consent>): string | undefined {
	if (channels['enrichment'] === false) return 'the person refused enrichment';
	const asked = Object.values(channels);
	const allRefused = asked.length > 0 && asked.every((allowed) => !allowed);
	return allRefused ? 'the person refused every channel' : undefined;
}

/**
 * What a sender says about consent: `true`, or a record of channels with, perhaps, the lawful basis
 * and the moment. Anything unreadable is left out: an absent channel is not a yes.
 */
export function readConsent(value: unknown, occurredAt: string): z.infer<typeof Consent> {
	if (typeof value === 'boolean') {
		const channels = { email: value, phone: value, enrichment: value };
		return { ...(value && { lawfulBasis: 'consent', consentTimestamp: occurredAt }), channels };
	}
	if (!isRecord(value)) return { channels: {} };
	const basis = Consent.shape.lawfulBasis.safeParse(value['lawfulBasis'] ?? value['lawful_basis']);
	const moment = Consent.shape.consentTimestamp.safeParse(
		value['consentTimestamp'] ?? value['timestamp'] ?? occurredAt,
	);
	const source = isRecord(value['channels']) ? value['channels'] : value;
	const channels = Object.entries(source).filter(
		(entry): entry is [string, boolean] => typeof entry[1] === 'boolean',
	);
	return {
		...(basis.data && { lawfulBasis: basis.data }),
		...(moment.data && { consentTimestamp: moment.data }),
		channels: Object.fromEntries(channels),
	};
}
