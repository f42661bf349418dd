import { activityKind, type ActivityKind } from '../../domain/activity';
import { isRecord } from '../../domain/form';
import { statements } from '../../domain/form-consent';
import { byName } from './by-name';
import { refusalOf } from './consent-of';
import type { LeadSource, SourceRecord } from './port';
import { all, first, list, part, type Payload, present, text } from './read';

// https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads
export const mailgun: LeadSource = {
	id: 'mailgun',
	title: 'Mailgun',
	docs: 'https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads',
	recognises: (payload) =>
		all(payload, (delivery) => isRecord(delivery['signature']) && isRecord(delivery['event-data'])),
	read: (payload) => list(payload).map((delivery) => recordOf(part(delivery['event-data']))),
};

function recordOf(event: Payload): SourceRecord {
	const { id, recipient, severity, reason, url, timestamp, tags, campaigns } = event;
	const name = text(event['event']) ?? '';
	const permanent = name === 'failed' && severity === 'permanent';
	const machine = first(part(event['client-info'])['bot']) !== undefined;
	const said = byName(part(event['user-variables']));
	const occurredAt = millisecondsOf(timestamp);
	const { code, description, message } = part(event['delivery-status']);
	return {
		kind: 'activity',
		system: 'mailgun',
		event: permanent ? 'permanent_fail' : name === 'failed' ? 'temporary_fail' : name,
		eventId: text(id),
		occurredAt,
		fields: { ...said.fields, email: recipient },
		emailStatus: permanent && reason !== 'suppress-unsubscribe' ? 'invalid' : undefined,
		consent: statements(said.consent, refusalOf(kindOf(name, permanent))),
		custom: present({ ...said.custom, tags, campaigns }),
		activities: [
			{
				// Mail programs open mail by themselves to hide who reads it: nobody did.
				kind: machine ? 'other' : kindOf(name, permanent),
				name: machine ? `machine_${name}` : name,
				occurredAt,
				id: text(id),
				properties: present({
					severity,
					reason,
					url,
					code,
					description: first(description, message),
					messageId: part(part(event['message'])['headers'])['message-id'],
				}),
			},
		],
	};
}

const kindOf = (name: string, permanent: boolean): ActivityKind =>
	permanent ? 'email_bounce' : activityKind(name);

/** Mailgun writes seconds with a fraction. */
const millisecondsOf = (seconds: unknown) =>
	typeof seconds === 'number' ? Math.round(seconds * 1000) : seconds;
