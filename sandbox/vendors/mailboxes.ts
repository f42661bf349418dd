import type { Persona } from '../personas';
import { addressKey, byEmail, domainKey, formDomain } from './people';

/** What really happens to a letter; each verifier says it in words of its own. */
export type Mailbox = 'valid' | 'invalid' | 'accept_all' | 'role' | 'disposable' | 'unknown';

/** Hosts whose mailboxes anybody can have for ten minutes. */
const THROW_AWAY = ['mailinator.com', 'tempmail.example'];

/**
 * A persona's mailbox is as the persona says (default: it exists); a domain of a persona has no other
 * mailboxes than `info`, `sales` and `contact`; of any other domain nothing can be found out.
 */
export function mailboxOf(personas: readonly Persona[], email: string): Mailbox {
	const [local = '', domain = ''] = addressKey(email).split('@');
	if (THROW_AWAY.includes(domain)) return 'disposable';
	const owner = byEmail(personas, email);
	if (owner) return owner.mailbox ?? 'valid';
	if (!personas.some((persona) => formDomain(persona) === domainKey(domain))) return 'unknown';
	return ['info', 'sales', 'contact'].includes(local) ? 'role' : 'invalid';
}

export const isAddress = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
