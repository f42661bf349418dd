import { activityKind, type ActivityKind } from '../../domain/activity';
import { statements } from '../../domain/form-consent';
import { own } from '../../domain/own';
import { byName } from './by-name';
import { refusalOf } from './consent-of';
import type { LeadSource, SourceRecord } from './port';
import { all, eventKeyOf, first, list, type Payload, present, text, without } from './read';

// https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event
export const sendgrid: LeadSource = {
	id: 'sendgrid',
	title: 'SendGrid',
	docs: 'https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event',
	recognises: (payload) =>
		all(
			payload,
			(event) =>
				['sg_event_id', 'sg_message_id'].some((name) => name in event) &&
				typeof event['event'] === 'string' &&
				'email' in event,
		),
	read: (payload) => list(payload).map(recordOf),
};

const KINDS: Readonly<Record<string, ActivityKind>> = {
	spamreport: 'email_spam_report',
	unsubscribe: 'email_unsubscribe',
	group_unsubscribe: 'email_unsubscribe',
};
/** Mail that was never sent because the address is known to be dead. */
const DEAD = /^(bounced|invalid)( address)?$|invalid smtpapi/i;

/** What SendGrid says of the message and the machine; anything else is the customer's own argument. */
const OWN = [
	...['email', 'event', 'timestamp', 'type', 'reason', 'url', 'url_offset', 'response', 'attempt'],
	...['sg_event_id', 'sg_message_id', 'sg_machine_open', 'sg_content_type', 'sg_template_id'],
	...['sg_template_name', 'smtp-id', 'useragent', 'ip', 'tls', 'cert_err', 'status', 'send_at'],
	...['pool', 'bounce_classification', 'sg_user_id', 'newsletter'],
];

function recordOf(event: Payload): SourceRecord {
	const { email, timestamp, type, reason, url } = event;
	const name = text(event['event']) ?? '';
	const eventId = text(event['sg_event_id']) ?? eventKeyOf(event['sg_message_id'], name, timestamp);
	const said = byName(without(event, OWN));
	const machine = event['sg_machine_open'] === true;
	const kind = own(KINDS, name) ?? activityKind(name);
	const campaignId = first(event['singlesend_id'], event['marketing_campaign_id']);
	return {
		kind: 'activity',
		system: 'sendgrid',
		event: name,
		eventId,
		occurredAt: timestamp,
		fields: { ...said.fields, email, campaignId: first(campaignId, said.fields.campaignId) },
		emailStatus: isDead(name, text(type), text(reason)) ? 'invalid' : undefined,
		consent: statements(said.consent, refusalOf(kind)),
		custom: present(said.custom),
		activities: [
			{
				// Mail programs open mail by themselves to hide who reads it: nobody did.
				kind: machine ? 'other' : kind,
				name: machine ? 'machine_open' : name,
				occurredAt: timestamp,
				id: eventId,
				properties: present({ type, reason, url, messageId: event['sg_message_id'] }),
			},
		],
	};
}

/** A bounce of type `blocked` is for now, any other for ever. */
const isDead = (event: string, type: string | undefined, reason: string | undefined) =>
	(event === 'bounce' && type !== 'blocked') || (event === 'dropped' && DEAD.test(reason ?? ''));
