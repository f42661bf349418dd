import { activityKind, type ActivityKind } from '../../domain/activity';
import { isRecord } from '../../domain/form';
import { statements } from '../../domain/form-consent';
import { byName, OF_THE_THING } from './by-name';
import { refusalOf } from './consent-of';
import type { LeadSource, SourceRecord } from './port';
import { all, first, list, part, type Payload, present, text, without } from './read';

// https://developer.adobe.com/events/docs/guides/
// https://developer.adobe.com/events/docs/guides/using/marketo/marketo-lead-activity-data-stream-setup
export const adobeIo: LeadSource = {
	id: 'adobe-io',
	title: 'Adobe I/O Events (Campaign, Marketo)',
	docs: 'https://developer.adobe.com/events/docs/guides/using/marketo/marketo-lead-activity-data-stream-setup',
	recognises: (payload) => all(payload, isAdobe),
	read: (payload) => list(payload).map(recordOf),
};

/** Adobe adds the client to every delivery, to a CloudEvent as to the older shape. */
const isAdobe = (event: Payload) =>
	('recipientclientid' in event || 'recipient_client_id' in event) &&
	(isRecord(event['data']) || isRecord(event['event']));

function recordOf(delivery: Payload): SourceRecord {
	// The older shape holds the event, or a CloudEvent, in `event` or `event.body`.
	const older = part(delivery['event']);
	const cloudEvent = [delivery, part(older['body']), older].find((one) => isRecord(one['data']));
	const event = cloudEvent ?? older;
	const data = part(cloudEvent ? event['data'] : first(older['body'], older));
	const { lead, attributes, ...others } = data;
	const type = text(first(event['type'], event['@type'], data['event_type'])) ?? 'event';
	const said = byName({ ...without(others, OF_THE_THING), ...part(lead) });
	const eventId = text(first(delivery['eventid'], delivery['event_id'], event['id']));
	const occurredAt = first(data['activityDate'], event['time'], data['timestamp']);
	const kind = activityOf(type, text(data['activityType']));
	return {
		kind: kind === undefined ? 'lead' : 'activity',
		system: type.startsWith(MARKETO) ? 'marketo' : 'adobe-io',
		recordId: text(first(data['leadId'], part(lead)['id'], data['lead_id'], data['profileId'])),
		event: type,
		eventId,
		occurredAt,
		fields: { email: addressOf(data), ...said.fields },
		consent: statements(said.consent, refusalOf(kind)),
		emailStatus: kind === 'email_bounce' ? 'invalid' : undefined,
		custom: present({ ...said.custom, ...(kind ? {} : attributesOf(attributes)) }),
		activities: kind
			? [
					{
						kind,
						name: text(data['activityType']) ?? type,
						id: eventId,
						occurredAt,
						properties: attributesOf(attributes),
					},
				]
			: [],
	};
}

/** Experience Data Model: `workEmail.address`, in the event or in the entity that it is about. */
function addressOf(data: Payload): unknown {
	const entity = part(first(data['xdmEntity'], data));
	return first(part(entity['workEmail'])['address'], part(entity['personalEmail'])['address']);
}

const MARKETO = 'com.adobe.platform.marketo.';

/** Marketo's names where they say less or more than they seem to: a link clicked on a page is no mail. */
const MARKETO_KINDS: Readonly<Record<string, ActivityKind | undefined>> = {
	openemail: 'email_open',
	clickemail: 'email_click',
	unsubscribeemail: 'email_unsubscribe',
	emailbounced: 'email_bounce',
	filloutform: 'form_submit',
	visitwebpage: 'page_view',
	clicklink: 'other',
	newlead: undefined,
	changedatavalue: undefined,
};

/** What the last word of a type says: `com.acme.campaign.email_open` is an open. */
function activityOf(type: string, name: string | undefined): ActivityKind | undefined {
	const last = type.split('.').at(-1) ?? '';
	if (Object.hasOwn(MARKETO_KINDS, last)) return MARKETO_KINDS[last];
	const [own, named] = [activityKind(last), activityKind(name ?? '')];
	return own === 'other' ? named : own;
}

/** Marketo's attributes: `{ name, dataType, value }`. */
const attributesOf = (attributes: unknown): Payload =>
	Object.fromEntries(list(attributes ?? []).map(({ name, value }) => [text(name) ?? '', value]));
