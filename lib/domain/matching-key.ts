import { companyKey } from './company-name';
import { parseEmail } from './email';

/**
 * Keys by which two spellings of one thing are found to be one. For comparing only: what is stored,
 * shown and written to is what the person gave; phones and domains are canonical as they are stored.
 * Undefined where there is nothing to compare.
 */

/** The mailbox that an address ends up in: without plus-tag, and for Gmail without dots. */
export function emailKey(email: string): string | undefined {
	const parsed = parseEmail(email)?.email;
	if (parsed === undefined) return undefined;
	const at = parsed.lastIndexOf('@');
	const host = parsed.slice(at + 1);
	const tagged = parsed.slice(0, at);
	// An address that begins with a plus has no tag.
	const local = tagged.replace(/(?<=[^.])\.*\+.*$/, '');
	return GMAIL.has(host) ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${host}`;
}

/** https://support.google.com/mail/answer/7436150 */
const GMAIL: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);

export { companyKey };
