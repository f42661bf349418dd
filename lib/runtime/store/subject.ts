import { createHash } from 'node:crypto';

/**
 * The person behind an email address, as a key that says nothing: what is kept with each row, and what
 * `erase` is asked for. One spelling for all nodes, or an erasure would miss some of it.
 */
export const subjectOf = (email: string) =>
	createHash('sha256').update(email.trim().toLowerCase()).digest('hex');
