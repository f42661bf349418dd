import { byName } from './by-name';
import type { LeadSource, SourceRecord } from './port';
import { all, first, list, type Payload, text } from './read';

/** The columns that a table needs to push a row on, and to find it again. */
const COLUMNS = ['email', 'company_domain', 'source_id', 'event_type'] as const;

// https://university.clay.com/lessons/http-api-sending-data
export const clay: LeadSource = {
	id: 'clay',
	title: 'Clay',
	docs: 'https://university.clay.com/docs/http-api-integration-overview',
	recognises: (payload) => all(payload, (row) => COLUMNS.every((column) => column in row)),
	read: (payload) => list(payload).map(recordOf),
};

/** Ids of Salesforce say what they are by their first letters; others need `source_system`. */
const SALESFORCE_PERSON = /^00[Q3][a-zA-Z0-9]{12}([a-zA-Z0-9]{3})?$/;

function recordOf(row: Payload): SourceRecord {
	const sourceId = text(row['source_id']);
	const from =
		text(row['source_system'])?.toLowerCase() ??
		(SALESFORCE_PERSON.test(sourceId ?? '') ? 'salesforce' : undefined);
	return {
		kind: 'lead',
		system: 'clay',
		event: text(row['event_type']) ?? 'row_pushed',
		eventId: text(row['event_id']),
		occurredAt: first(row['occurred_at'], row['timestamp']),
		...byName(row),
		// The row is about a record of the CRM: its id is that system's, not Clay's.
		...(sourceId && (from ? { externalIds: { [from]: sourceId } } : { recordId: sourceId })),
	};
}
