import { isRecord } from '../../domain/form';
import { own } from '../../domain/own';
import { byName } from './by-name';
import type { LeadSource, SourceRecord } from './port';
import { all, first, list, part, type Payload, text } from './read';
import { changeRecords, isChange, isPlatformEvent, platformEvent } from './salesforce-events';
import { notificationsOf, outboundMessage } from './salesforce-message';

// https://developer.salesforce.com/docs/platform/api/guide/sforce-api-om-outboundmessaging.html
// https://developer.salesforce.com/docs/atlas.en-us.change_data_capture.meta/change_data_capture/cdc_message_structure.htm
export const salesforce: LeadSource = {
	id: 'salesforce',
	title: 'Salesforce',
	docs: 'https://developer.salesforce.com/docs/platform/api/guide/sforce-api-om-outboundmessaging.html',
	recognises: (payload) =>
		notificationsOf(payload) !== undefined ||
		[isChange, isPlatformEvent, isFlowCallout].some((isShape) => all(payload, isShape)),
	read: (payload) =>
		notificationsOf(payload)?.map(outboundMessage) ?? list(payload).flatMap(recordsOf),
};

function recordsOf(one: Payload): readonly SourceRecord[] {
	if (isChange(one)) return changeRecords(one);
	return [isPlatformEvent(one) ? platformEvent(one) : flowCallout(one)];
}

/** 15 or 18 characters; the first three say of what: a lead, a contact, an account, an opportunity. */
const RECORD_ID = /^(00Q|003|001|006)[a-zA-Z0-9]{12}([a-zA-Z0-9]{3})?$/;
const KINDS: Readonly<Record<string, SourceRecord['kind']>> = {
	'001': 'account',
	'006': 'opportunity',
};

const PERSON = /^00[Q3]/;

/** Whoever sends an address with the id of a company speaks of a person. */
function idOf(one: Payload): string | undefined {
	const ids = ['lead_id', 'contact_id', 'record_id', 'Id']
		.map((name) => text(one[name]) ?? '')
		.filter((id) => RECORD_ID.test(id));
	const person = ids.find((id) => PERSON.test(id));
	return person ?? ('email' in one || 'Email' in one ? undefined : ids[0]);
}

/** The body of a flow's HTTP callout, or a record as the REST API gives it. */
const isFlowCallout = (one: Payload) =>
	idOf(one) !== undefined && (typeof one['event_type'] === 'string' || isRecord(one['attributes']));

function flowCallout(one: Payload): SourceRecord {
	const { attributes, ...said } = one;
	const type = text(part(attributes)['type'])?.toLowerCase();
	const recordId = idOf(one);
	return {
		kind: own(KINDS, recordId?.slice(0, 3) ?? '') ?? 'lead',
		system: 'salesforce',
		recordId,
		event: text(one['event_type']) ?? `${type ?? 'record'}_updated`,
		eventId: text(one['event_id']),
		occurredAt: first(one['timestamp'], one['LastModifiedDate'], one['CreatedDate']),
		...byName(said),
	};
}
