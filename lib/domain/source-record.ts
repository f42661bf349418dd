import type { ActivityKind } from './activity';
import type { FormFieldId } from './form-fields';
import type { Lead } from './lead';

/**
 * What a record is about: a person (`lead`), something that a person did (`activity`), a company
 * (`account`), a deal (`opportunity`), somebody who is gone and is to be forgotten (`deletion`),
 * nothing but that the line works (`ping`), or anything else (`other`).
 */
export type SourceRecordKind =
	'lead' | 'activity' | 'account' | 'opportunity' | 'deletion' | 'ping' | 'other';

/** Something that a person did. */
export interface SourceActivity {
	readonly kind: ActivityKind;
	/** The sender's own name of it, where that says more than `kind`. */
	readonly name?: string | undefined;
	/** As the sender wrote it; default: the time of the record. */
	readonly occurredAt?: unknown;
	/** The sender's own id of it, the same on every retry. */
	readonly id?: string | undefined;
	readonly properties?: Readonly<Record<string, unknown>>;
}

/** Raw values, as the sender wrote them, under the names of the canonical lead. */
export type SourceFields = Readonly<Partial<Record<FormFieldId, unknown>>>;

/** One event of a delivery: what the sender said, nothing normalised yet. */
export interface SourceRecord {
	readonly kind: SourceRecordKind;
	readonly fields: SourceFields;
	/** As `readConsent` takes it: a boolean, or channels with lawful basis and moment. */
	readonly consent?: unknown;
	/** What trying to deliver mail has shown, e.g. `invalid` after a permanent bounce. */
	readonly emailStatus?: 'valid' | 'invalid' | undefined;
	readonly activities?: readonly SourceActivity[];
	/** Whatever else was said, under the sender's names. */
	readonly custom?: Readonly<Record<string, unknown>>;
	/** Who sent it, e.g. `hubspot`; the key of `recordId` in `identity.externalIds`. */
	readonly system: string;
	/** The sender's own id of the person or, where it knows none, of what the person sent. */
	readonly recordId?: string | undefined;
	/** Ids of the same person in other systems, by system. */
	readonly externalIds?: Readonly<Record<string, string>>;
	/** What happened, in the sender's words, e.g. `contact.creation`; a form is `webform_submitted`. */
	readonly event: string;
	/** The same on every retry of this event, and another one for every other event of the delivery. */
	readonly eventId?: string | undefined;
	/** As the sender wrote it: ISO 8601 or epoch; `parseInstant` reads it. */
	readonly occurredAt?: unknown;
	/** The lead as it was, for one that has been normalised before: nothing of it is lost. */
	readonly before?: Lead;
}
