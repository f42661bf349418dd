import { fieldName } from '../../domain/form';
import { own } from '../../domain/own';

/** What forms call a box that allows mail, and what one that allows everything. */
const MAIL = ['newsletter', 'email_consent', 'marketing_consent', 'email_opt_in', 'opt_in'];
const ALL = ['consent', 'gdpr_consent', 'data_consent'];
const CHANNELS: Readonly<Record<string, string>> = {
	...Object.fromEntries(MAIL.map((name) => [fieldName(name), 'email'])),
	phoneconsent: 'phone',
	callconsent: 'phone',
	smsconsent: 'sms',
	smsoptin: 'sms',
};
const EVERYTHING: ReadonlySet<string> = new Set(ALL.map(fieldName));

/** A yes-or-no answer as consent, by the name of its question; undefined when it is about anything else. */
export function consentAnswer(name: string, answer: unknown): unknown {
	if (typeof answer !== 'boolean') return undefined;
	const key = fieldName(name);
	if (EVERYTHING.has(key)) return answer;
	const channel = own(CHANNELS, key);
	return channel ? { ...(answer && { lawfulBasis: 'consent' }), [channel]: answer } : undefined;
}
