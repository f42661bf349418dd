import { isRecord } from '../../domain/form';
import type { SourceRecord } from './port';
import { list, type Payload, text } from './read';
import { kindOf, recordFields } from './salesforce-record';

/**
 * The notifications of an outbound message (SOAP), at most 100; undefined for anything else. Read from
 * our XML, and from that of n8n's Webhook node, which writes tags in lower case with their prefix.
 */
// https://developer.salesforce.com/docs/platform/api/guide/sforce-api-om-outboundmessaging-wsdl.html
export function notificationsOf(payload: unknown): readonly Notification[] | undefined {
	const envelope = child(payload, 'envelope');
	const message = child(child(envelope, 'body'), 'notifications');
	if (!isRecord(message)) return undefined;
	const organizationId = text(child(message, 'organizationid'));
	const notifications = list(child(message, 'notification'));
	if (organizationId === undefined || notifications.length === 0) return undefined;
	return notifications.map((notification) => ({ notification, organizationId }));
}

interface Notification {
	readonly notification: Payload;
	readonly organizationId: string;
}

/** The session id beside it is a key to the account: it is never kept. */
export function outboundMessage({ notification, organizationId }: Notification): SourceRecord {
	const object = child(notification, 'sobject');
	const values = valuesOf(object);
	const type = text(attribute(object, 'type'))?.split(':').at(-1) ?? 'Record';
	const { Id, id, ...fields } = values;
	const said = recordFields(fields);
	return {
		kind: kindOf(type),
		system: 'salesforce',
		recordId: text(Id ?? id),
		event: `${type}.outbound_message`,
		eventId: text(child(notification, 'id')),
		// When it was sent is not told, only when the record was last written.
		occurredAt: fields['LastModifiedDate'] ?? fields['lastmodifieddate'],
		...said,
		custom: { ...said.custom, organizationId },
	};
}

const local = (name: string) => name.replace(/^.*:/, '');

const child = (parent: unknown, name: string): unknown =>
	isRecord(parent)
		? Object.entries(parent).find(([key]) => local(key).toLowerCase() === name)?.[1]
		: undefined;

/** Attributes are `@type` in our XML, and under `$` in n8n's. */
function attribute(element: unknown, name: string): unknown {
	if (!isRecord(element)) return undefined;
	const own = isRecord(element['$']) ? element['$'] : element;
	return Object.entries(own).find(([key]) => local(key).replace('@', '') === name)?.[1];
}

/** The fields of a record without prefixes; a field that is nil has attributes and no text. */
const valuesOf = (element: unknown): Payload =>
	isRecord(element)
		? Object.fromEntries(
				Object.entries(element).flatMap(([name, value]) =>
					name === '$' || name.startsWith('@') || isRecord(value) ? [] : [[local(name), value]],
				),
			)
		: {};
