import type { ActivityKind } from '../../domain/activity';
import { isRecord } from '../../domain/form';
import { formConsent } from '../../domain/form-consent';
import { own } from '../../domain/own';
import { byName } from './by-name';
import type { LeadSource, SourceRecord } from './port';
import { askedFor } from './question';
import { all, eventKeyOf, first, list, part, type Payload, present, text } from './read';

// https://developer.calendly.com/api-docs/calendly-api/webhooks/get-sample-webhook-data
export const calendly: LeadSource = {
	id: 'calendly',
	title: 'Calendly',
	docs: 'https://developer.calendly.com/api-docs/calendly-api/webhooks/get-sample-webhook-data',
	recognises: (payload) =>
		all(
			payload,
			({ event, payload: subject, created_by }) =>
				/^[a-z_]+\.[a-z_]+$/.test(text(event) ?? '') &&
				isRecord(subject) &&
				[created_by, subject['uri']].some((uri) => OWN.test(text(uri) ?? '')),
		),
	read: (payload) => list(payload).map(recordOf),
};

const OWN = /^https:\/\/api\.calendly\.com\//;

const ACTIVITIES: Readonly<Record<string, ActivityKind>> = {
	'invitee.created': 'meeting_booked',
	'invitee.canceled': 'meeting_cancelled',
	'invitee_no_show.created': 'meeting_no_show',
	'routing_form_submission.created': 'form_submit',
};

/** Objects of these say who the person is; others are about the account. */
const PEOPLE = /^(invitee|invitee_no_show|routing_form_submission|contact)\./;

function recordOf({ event, payload, created_at }: Payload): SourceRecord {
	const type = text(event) ?? '';
	const subject = part(payload);
	const { questions_and_answers, scheduled_event, tracking, uri, submitter } = subject;
	const answers = answersOf(list(questions_and_answers));
	const { fields } = byName({ ...part(submitter), ...personOf(subject) });
	const { salesforce_uuid, ...utm } = part(tracking);
	const salesforce = text(salesforce_uuid);
	const updatedAt = type === 'contact.updated' ? subject['updated_at'] : undefined;
	const eventId = eventKeyOf(type, uri, updatedAt);
	// A booking that takes the place of another is no second meeting.
	const moved = type === 'invitee.created' && first(subject['old_invitee']) !== undefined;
	const kind = moved ? 'meeting_rescheduled' : own(ACTIVITIES, type);
	const properties = present({ startAt: part(scheduled_event)['start_time'] });
	return {
		kind: kindOf(type),
		system: 'calendly',
		recordId: text(uri),
		event: type,
		eventId,
		occurredAt: first(created_at, subject['created_at']),
		fields: { ...byName(utm).fields, ...answers.fields, ...fields },
		consent: answers.consent,
		custom: present({ ...answers.custom, ...meetingOf(subject) }),
		activities: kind ? [{ kind, id: eventId, properties }] : [],
		...(salesforce && { externalIds: { salesforce } }),
	};
}

function kindOf(type: string): SourceRecord['kind'] {
	if (!PEOPLE.test(type)) return 'other';
	if (type === 'contact.deleted') return 'deletion';
	return /^(invitee|routing_form_submission)\.created$|^contact\./.test(type) ? 'lead' : 'activity';
}

/** The invitee's own fields; `event`, `status` and links are about the booking. */
const personOf = (subject: Payload) => {
	const { email, name, first_name, last_name, timezone, text_reminder_number } = subject;
	return present({ email, name, first_name, last_name, timezone, phone: text_reminder_number });
};

function answersOf(answers: readonly Payload[]) {
	const read = answers.map(({ question, answer }) => {
		const asked = text(question) ?? '';
		return { asked, answer, field: askedFor(asked) };
	});
	const known = read.flatMap(({ field, answer }) => (field ? [[field, answer] as const] : []));
	const others = read.filter(({ field }) => !field);
	return {
		fields: Object.fromEntries(known.reverse()),
		consent: formConsent(read.map(({ asked, answer }) => ({ name: asked, value: answer }))),
		custom: Object.fromEntries(others.map(({ asked, answer }) => [asked, answer])),
	};
}

/** What was booked, or called off. */
function meetingOf({ scheduled_event, cancellation, event, rescheduled }: Payload): Payload {
	const { name, start_time, end_time, uri } = part(scheduled_event);
	return {
		meetingName: name,
		meetingStartAt: start_time,
		meetingEndAt: end_time,
		meetingUri: first(uri, event),
		cancelReason: part(cancellation)['reason'],
		...(rescheduled === true && { rescheduled }),
	};
}
