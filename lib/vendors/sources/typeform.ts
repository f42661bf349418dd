import { isRecord } from '../../domain/form';
import { formConsent, statements } from '../../domain/form-consent';
import type { FormFieldId } from '../../domain/form-fields';
import { own } from '../../domain/own';
import { byName } from './by-name';
import type { LeadSource, SourceRecord } from './port';
import { askedFor } from './question';
import { all, list, part, type Payload, present, text } from './read';

// https://www.typeform.com/developers/webhooks/example-payload/
export const typeform: LeadSource = {
	id: 'typeform',
	title: 'Typeform',
	docs: 'https://www.typeform.com/developers/webhooks/example-payload/',
	recognises: (payload) =>
		all(
			payload,
			({ event_type, form_response }) =>
				/^form_response/.test(text(event_type) ?? '') && isRecord(form_response),
		),
	read: (payload) => list(payload).map(recordOf),
};

function recordOf({ event_type, event_id, form_response }: Payload): SourceRecord {
	const response = part(form_response);
	const { form_id, token, submitted_at, landed_at, definition } = response;
	const questions = questionsOf(part(definition)['fields']);
	const { fields, others, consents } = sorted(
		list(response['answers']).map((answer) => answerOf(answer, questions)),
	);
	const url = byName(part(response['hidden']));
	const occurredAt = submitted_at ?? landed_at;
	const eventId = text(event_id);
	const event = text(event_type) ?? '';
	const activity = { kind: 'form_submit', occurredAt, id: eventId } as const;
	return {
		kind: 'lead',
		system: 'typeform',
		recordId: text(token),
		event: event === 'form_response' ? 'webform_submitted' : event,
		eventId,
		occurredAt,
		fields: { ...url.fields, ...fields, formId: form_id },
		consent: statements(...consents, url.consent),
		custom: present({
			...url.custom,
			...Object.fromEntries(others.map(({ label, value }) => [label, value])),
			...Object.fromEntries(
				list(response['variables']).map((one) => [text(one['key']) ?? '', valueOf(one)]),
			),
			formTitle: part(definition)['title'],
			score: part(response['calculated'])['score'],
		}),
		// A partial response was never submitted.
		activities: event === 'form_response' ? [activity] : [],
	};
}

interface Answer {
	readonly label: string;
	readonly value: unknown;
	readonly field: FormFieldId | undefined;
	readonly consent: unknown;
}

function answerOf(answer: Payload, questions: ReadonlyMap<string, Payload>): Answer {
	const { id, ref, type } = part(answer['field']);
	const question = questions.get(text(id) ?? '') ?? {};
	const [key, title] = [text(ref ?? question['ref']), text(question['title'])];
	const subfield = text(question['subfield_key']);
	const value = valueOf(answer);
	const asked = [key, title].filter((name) => name !== undefined);
	return {
		// A generated `ref` says nothing to a person; one that somebody wrote does.
		label: asked.find((name) => !GENERATED.test(name)) ?? text(id) ?? 'answer',
		value,
		field:
			own(BY_TYPE, text(type) ?? '') ??
			own(BY_TYPE, text(answer['type']) ?? '') ??
			askedFor(subfield, key, title),
		consent: asked.map((name) => formConsent([{ name, value }])).find((one) => one !== undefined),
	};
}

const BY_TYPE: Readonly<Record<string, FormFieldId>> = { email: 'email', phone_number: 'phone' };
const GENERATED = /^[0-9a-f]{8}-[0-9a-f-]{27}$|^[0-9a-f]{16}$|^0[0-9A-Z]{25}$/;

/** The first answer to what we ask for is the lead's; every other stays under its own name. */
function sorted(answers: readonly Answer[]) {
	const taken = new Map(
		[...answers].reverse().flatMap((one) => (one.field ? [[one.field, one] as const] : [])),
	);
	return {
		fields: Object.fromEntries([...taken].map(([field, { value }]) => [field, value])),
		others: answers.filter((one) => !one.field || taken.get(one.field) !== one),
		consents: answers.flatMap((one) => (one.consent === undefined ? [] : [one.consent])),
	};
}

/** Questions by id, those inside groups and contact blocks too. */
function questionsOf(fields: unknown): Map<string, Payload> {
	return new Map(
		list(fields).flatMap((field): Array<readonly [string, Payload]> => [
			[text(field['id']) ?? '', field],
			...questionsOf(part(field['properties'])['fields']),
		]),
	);
}

/** What was answered: every type keeps its value under its own name. */
function valueOf(answer: Payload): unknown {
	const value = own(answer, text(answer['type']) ?? '');
	if (!isRecord(value)) return value;
	const { label, labels, other } = value;
	const chosen = [labels ?? label, other].flat().filter((one) => one !== undefined);
	if (chosen.length === 0) return value;
	return labels === undefined && chosen.length === 1 ? chosen[0] : chosen;
}
