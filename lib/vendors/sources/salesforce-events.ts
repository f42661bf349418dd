import { isRecord } from '../../domain/form';
import type { SourceRecord } from './port';
import { eventKeyOf, first, part, type Payload, text, without } from './read';
import { kindOf, recordFields } from './salesforce-record';

/** CometD wraps an event in `data`; the Pub/Sub API and most relays do not. */
const eventOf = (one: Payload): Payload => (isRecord(one['data']) ? one['data'] : one);
const headerOf = (one: Payload) => part(part(eventOf(one)['payload'])['ChangeEventHeader']);

export const isChange = (one: Payload) =>
	typeof headerOf(one)['entityName'] === 'string' && Array.isArray(headerOf(one)['recordIds']);

/** Change Data Capture: one change may be that of several records. */
// https://developer.salesforce.com/docs/atlas.en-us.change_data_capture.meta/change_data_capture/cdc_event_fields_header.htm
export function changeRecords(one: Payload): readonly SourceRecord[] {
	const { ChangeEventHeader, ...values } = part(eventOf(one)['payload']);
	const { entityName, recordIds, changeType, transactionKey, sequenceNumber, commitTimestamp } =
		part(ChangeEventHeader);
	const verb = text(changeType) ?? 'CHANGE';
	return (Array.isArray(recordIds) ? recordIds : []).map((id) => ({
		kind: /^(GAP_)?DELETE$/.test(verb) ? 'deletion' : kindOf(text(entityName)),
		system: 'salesforce',
		recordId: text(id),
		event: `${text(entityName) ?? 'Record'}.${verb}`,
		eventId: eventKeyOf(transactionKey, sequenceNumber, id),
		occurredAt: commitTimestamp,
		...recordFields(values),
	}));
}

export const isPlatformEvent = (one: Payload) => {
	const { payload, event } = eventOf(one);
	return isRecord(payload) && isRecord(event) && 'replayId' in event && 'CreatedById' in payload;
};

/** A platform event has the fields that its owner gave it; its name is in the channel alone. */
// https://developer.salesforce.com/docs/atlas.en-us.platform_events.meta/platform_events/platform_events_define_ui.htm
export function platformEvent(one: Payload): SourceRecord {
	const { payload, event, schema } = eventOf(one);
	const said = part(payload);
	const values = without(said, ['CreatedDate', 'CreatedById']);
	const named = (name: string) => text(first(values[`${name}__c`], values[name]));
	const channel = text(one['channel'])?.split('/').at(-1);
	const { EventUuid, replayId } = part(event);
	return {
		kind: kindOf(named('Object_Type') ?? 'lead'),
		system: 'salesforce',
		recordId: named('Record_Id') ?? named('Lead_Id') ?? named('Contact_Id'),
		event: named('Event_Type') ?? channel ?? 'platform_event',
		// Replay ids count for one channel; the schema stands for it where the channel is not told.
		eventId: text(EventUuid) ?? eventKeyOf(channel ?? schema, replayId),
		occurredAt: said['CreatedDate'],
		...recordFields(values),
	};
}
