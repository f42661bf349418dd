import { domainToASCII } from 'node:url';
import { parse } from 'tldts';
import { emailKind, type EmailKind } from './email-kind';

export interface EmailAddress {
	/** Trimmed, lower case, the domain in its ASCII form; plus-tags and dots are kept. */
	readonly email: string;
	/** Registrable domain, e.g. `example.co.uk`. */
	readonly domain: string;
	readonly kind: EmailKind;
}

/**
 * One email address in canonical form, or null when the text is none. Lower case because no provider
 * in use tells cases apart; internationalised domains in ASCII (RFC 5891), because CRMs match on that.
 */
export function parseEmail(text: string): EmailAddress | null {
	const bare = text
		.trim()
		.replace(/^mailto:/i, '')
		.replace(/^.*<([^<>]+)>$/, '$1');
	const at = bare.lastIndexOf('@');
	const local = bare.slice(0, at).toLowerCase().normalize('NFC');
	const host = domainToASCII(bare.slice(at + 1).replace(/\.$/, ''));
	const { domain, isIcann, isPrivate } = parse(host);
	if (at < 1 || !LOCAL.test(local) || !domain || !(isIcann || isPrivate)) return null;
	return { email: `${local}@${host}`, domain, kind: emailKind(local, host, domain) };
}

/** RFC 5322 dot-atom, quoted locals left out: no form sends one on purpose. */
const LOCAL = /^(?=.{1,64}$)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

/** The registrable domain of a website or host as people write it; undefined when there is none. */
export function parseDomain(text: string): string | undefined {
	const { domain, isIcann } = parse(domainToASCII(hostOf(text)));
	return domain && isIcann ? domain : undefined;
}

const hostOf = (text: string) =>
	text
		.trim()
		.toLowerCase()
		.replace(/^[a-z]+:\/\//, '')
		.replace(/[/?#].*$/, '')
		.replace(/:\d+$/, '');
