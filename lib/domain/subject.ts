import { createHash } from 'node:crypto';

/**
 * The person behind an email address (or, for who has none, a phone number), as a key that says
 * nothing: what is kept with each row, and what `erase` is asked for. One spelling for all nodes, or an
 * erasure would miss some of it.
 */
export const subjectOf = (contact: string) =>
	createHash('sha256').update(contact.trim().toLowerCase()).digest('hex');

/** Of kept lists of several people: whoever is erased may stand in any of them, so all of them go. */
export const LISTS_OF_PEOPLE = subjectOf('lists of people');

interface Contacts {
	readonly email?: string | undefined;
	/** E.164. */
	readonly phone?: string | undefined;
}

/** Undefined for somebody without an address and a number. */
export function subjectOfPerson({ email, phone }: Contacts): string | undefined {
	const contact = email || phone;
	return contact ? subjectOf(contact) : undefined;
}
