import type { Consent } from './consent';

/** What a lead's data is used for. */
export type ConsentUse = 'enrichment' | 'email' | 'phone' | 'sms';

export type Permission =
	| { readonly allowed: true }
	/** `reason` is half a sentence for a person: `the person refused email`. */
	| { readonly allowed: false; readonly reason: string };

/**
 * Whether nobody has refused this use. What a person asked for needs no further yes: an absent channel
 * does not bar. Enrichment gives the data to others, so it is also barred by an objection to its sale
 * and by a refusal of every channel that was asked about.
 */
export function mayUse({ channels }: Pick<Consent, 'channels'>, use: ConsentUse): Permission {
	const refused = (channel: string) => channels[channel] === false;
	if (refused(use)) return { allowed: false, reason: `the person refused ${use}` };
	if (use !== 'enrichment') return { allowed: true };
	if (refused('sale'))
		return { allowed: false, reason: 'the person objected to the sale or sharing of their data' };
	const asked = Object.keys(channels);
	if (asked.length > 0 && asked.every(refused))
		return { allowed: false, reason: 'the person refused every channel' };
	return { allowed: true };
}
