import { cleanText, fieldName } from './form';

/** Beside `true` and `false`, what forms send for a ticked and an unticked box; in a list, where it is one of several. */
export function answerOf(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const [only, ...others]: readonly unknown[] = Array.isArray(value) ? value : [value];
	const text = others.length > 0 ? undefined : cleanText(only)?.toLowerCase();
	if (text === undefined) return undefined;
	return YES.has(text) ? true : NO.has(text) ? false : undefined;
}

const YES: ReadonlySet<string> = new Set([
	...['true', 'yes', 'y', 'on', '1', 'granted', 'subscribed', 'opt-in', 'opted in', 'opt_in'],
	...[
		'agree',
		'i agree',
		'agreed',
		'accept',
		'i accept',
		'accepted',
		'i consent',
		'ja',
		'oui',
		'sí',
	],
]);
const NO: ReadonlySet<string> = new Set([
	...['false', 'no', 'n', 'off', '0', 'denied', 'declined', 'refused', 'rejected', 'withdrawn'],
	...['revoked', 'disagree', 'i disagree', 'i do not agree', 'opt-out', 'opted out', 'opt_out'],
	...['unsubscribed', 'nein', 'non'],
]);

const byName = (channels: Readonly<Record<string, readonly string[]>>) =>
	new Map(
		Object.entries(channels).flatMap(([channel, names]) =>
			names.map((name) => [fieldName(name), channel] as const),
		),
	);

/** Names whose yes is a yes to a channel. */
export const OPT_INS = byName({
	email: ['email', 'e-mail', 'email_opt_in', 'email_consent', 'consent_email', 'mail'],
	phone: ['phone', 'telephone', 'call', 'calls', 'phone_consent', 'consent_phone'],
	sms: ['sms', 'text_message', 'sms_opt_in', 'sms_consent', 'consent_sms'],
	enrichment: ['enrichment', 'profiling', 'enrichment_consent', 'consent_enrichment'],
	sale: ['sale', 'sale_of_data', 'data_sharing'],
});

/** Names whose yes is a no: HubSpot's, Salesforce's and Marketo's flags, CCPA and Global Privacy Control. */
export const OPT_OUTS = byName({
	email: [
		...['unsubscribe', 'unsubscribed', 'opt_out', 'email_opt_out', 'opted_out_of_email'],
		...['has_opted_out_of_email', 'hs_email_optout', 'do_not_email', 'marketing_suspended'],
	],
	phone: ['do_not_call', 'phone_opt_out', 'call_opt_out'],
	sms: ['sms_opt_out', 'do_not_text'],
	sale: ['do_not_sell', 'do_not_sell_or_share', 'do_not_share', 'ccpa_opt_out', 'gpc', 'sec_gpc'],
});

/** What forms call a box that allows a channel, or all of them. */
export const BOXES = byName({
	email: ['email_consent', 'consent_email', 'marketing_consent', 'email_opt_in'],
	phone: ['phone_consent', 'consent_phone', 'call_consent'],
	sms: ['sms_consent', 'consent_sms', 'sms_opt_in'],
	enrichment: ['enrichment_consent', 'consent_enrichment'],
	all: ['consent', 'gdpr_consent', 'data_consent'],
});

/** The same where they may be something else: a newsletter has a title, too. */
export const MAYBE_BOXES = byName({ email: ['newsletter', 'opt_in'] });

/** Of a consent record, what is not a channel. */
export const META: ReadonlySet<string> = new Set(
	[...['lawful_basis', 'consent_timestamp', 'timestamp', 'text', 'history', 'channels']].map(
		fieldName,
	),
);
