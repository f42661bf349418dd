import type { ActivityKind } from '../../domain/activity';
import { isRecord } from '../../domain/form';
import { own } from '../../domain/own';
import { byName } from './by-name';
import type { LeadSource, SourceRecord } from './port';
import { all, eventKeyOf, first, list, part, type Payload, present, text, without } from './read';

// https://cal.com/docs/developing/guides/automation/webhooks
export const calCom: LeadSource = {
	id: 'cal-com',
	title: 'Cal.com',
	docs: 'https://cal.com/docs/developing/guides/automation/webhooks',
	recognises: (payload) =>
		all(
			payload,
			(event) =>
				/^[A-Z]+(_[A-Z]+)*$/.test(text(event['triggerEvent']) ?? '') &&
				(isRecord(event['payload']) || 'uid' in event),
		),
	read: (payload) => list(payload).map(recordOf),
};

const ACTIVITIES: Readonly<Record<string, ActivityKind>> = {
	BOOKING_CREATED: 'meeting_booked',
	BOOKING_RESCHEDULED: 'meeting_rescheduled',
	BOOKING_CANCELLED: 'meeting_cancelled',
	BOOKING_REJECTED: 'meeting_cancelled',
	BOOKING_NO_SHOW_UPDATED: 'meeting_no_show',
	MEETING_ENDED: 'meeting_completed',
	FORM_SUBMITTED: 'form_submit',
};
const LEADS = ['BOOKING_CREATED', 'BOOKING_REQUESTED', 'FORM_SUBMITTED', 'INSTANT_MEETING'];

function recordOf(event: Payload): SourceRecord {
	const trigger = text(event['triggerEvent']) ?? '';
	// Meeting events have no envelope.
	const booking = isRecord(event['payload']) ? event['payload'] : event;
	const { uid, startTime } = booking;
	const eventId = eventKeyOf(
		trigger,
		first(uid, event['createdAt']),
		first(uid) ? undefined : booking['formId'],
	);
	const kind = own(ACTIVITIES, trigger);
	return {
		kind: kindOf(trigger),
		system: 'cal-com',
		recordId: text(uid),
		event: trigger,
		eventId,
		occurredAt: event['createdAt'],
		...personOf(booking),
		activities: kind ? [{ kind, id: eventId, properties: present({ startAt: startTime }) }] : [],
	};
}

function kindOf(trigger: string): SourceRecord['kind'] {
	if (trigger === 'PING') return 'ping';
	return LEADS.includes(trigger) ? 'lead' : 'activity';
}

/** The guest: what they answered, then what Cal.com knows of the attendee; never the organizer. */
function personOf(booking: Payload) {
	const [attendee] = list(booking['attendees'] ?? []);
	const { name, email, timeZone, phoneNumber } = attendee ?? {};
	const answers = valuesOf(booking['responses']);
	const phone = first(answers['attendeePhoneNumber'], answers['smsReminderNumber'], phoneNumber);
	const known = byName(present({ name, email, timezone: timeZone, phone }));
	const said = byName({ ...without(answers, OF_THE_MEETING), ...part(answers['name']) });
	const { title, startTime, endTime, cancellationReason, metadata, formName } = booking;
	return {
		fields: { ...known.fields, ...said.fields },
		consent: said.consent,
		custom: present({
			...said.custom,
			...part(metadata),
			guests: answers['guests'],
			rescheduleReason: answers['rescheduleReason'],
			cancelReason: cancellationReason,
			formName,
			meetingName: title,
			meetingStartAt: startTime,
			meetingEndAt: endTime,
		}),
	};
}

/** Answers that are about where and when, and a phone number that is read by its own name. */
const OF_THE_MEETING = [
	...['guests', 'location', 'rescheduleReason'],
	...['attendeePhoneNumber', 'smsReminderNumber'],
];

/** Answers come as `{ label, value }`, without a value where nothing was answered. */
const valuesOf = (responses: unknown): Payload =>
	Object.fromEntries(
		Object.entries(part(responses)).map(([key, answer]) => [
			key,
			isRecord(answer) ? answer['value'] : answer,
		]),
	);
