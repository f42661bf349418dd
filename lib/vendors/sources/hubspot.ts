import { isRecord } from '../../domain/form';
import { statements } from '../../domain/form-consent';
import { byName } from './by-name';
import { hubspotEvent, isHubspotEvent } from './hubspot-events';
import { hubspotObject, isHubspotObject, valuesOf } from './hubspot-objects';
import type { LeadSource, SourceRecord } from './port';
import { all, first, list, part, type Payload, text } from './read';

// https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide
// https://knowledge.hubspot.com/workflows/how-do-i-use-webhooks-with-hubspot-workflows
export const hubspot: LeadSource = {
	id: 'hubspot',
	title: 'HubSpot',
	docs: 'https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide',
	recognises: (payload) =>
		[isHubspotEvent, isHubspotObject, isContact, isOwnBody].some((isShape) =>
			all(payload, isShape),
		),
	read: (payload) =>
		list(payload).map((one) => {
			if (isHubspotEvent(one)) return hubspotEvent(one);
			if (isHubspotObject(one)) return hubspotObject(one);
			return isContact(one) ? contact(one) : ownBody(one);
		}),
};

const DIGITS = /^\d+$/;

/** A contact as the CRM API gives it, now (`id`) or in v1 (`vid`), which workflows still send. */
const isContact = (one: Payload) =>
	isRecord(one['properties']) &&
	DIGITS.test(text(first(one['vid'], one['id'])) ?? '') &&
	!('messageId' in one);

/** The body that a workflow's own template makes, with the names of the contact's tokens. */
const isOwnBody = (one: Payload) =>
	DIGITS.test(text(one['contact_id']) ?? '') &&
	/^contact[._]/.test(text(one['event_type']) ?? '') &&
	!('lead_id' in one);

function ownBody(one: Payload): SourceRecord {
	return {
		kind: 'lead',
		system: 'hubspot',
		recordId: text(one['contact_id']),
		event: text(one['event_type']) ?? 'contact_updated',
		eventId: text(one['event_id']),
		occurredAt: first(one['occurred_at'], one['timestamp']),
		...byName(one),
	};
}

function contact(one: Payload): SourceRecord {
	const properties = valuesOf(part(one['properties']));
	const said = byName(properties);
	const submission = submissionOf(one, properties);
	return {
		kind: 'lead',
		system: 'hubspot',
		recordId: text(first(one['vid'], one['id'])),
		event: submission ? 'webform_submitted' : 'contact.updated',
		eventId: text(submission?.['conversion-id']),
		occurredAt: first(submission?.['timestamp'], properties['lastmodifieddate'], one['updatedAt']),
		fields: {
			...said.fields,
			timezone: zoneOf(properties['hs_timezone']) ?? said.fields.timezone,
			landingPage: first(submission?.['page-url'], properties['hs_analytics_first_url']),
			referrer: properties['hs_analytics_first_referrer'],
			formId: submission?.['form-id'],
		},
		consent: statements(basisOf(properties), said.consent),
		emailStatus: first(properties['hs_email_hard_bounce_reason_enum']) ? 'invalid' : undefined,
		custom: said.custom,
	};
}

const HOUR = 3_600_000;

/** The form that set the workflow off: one that was filled in long before is not what happened now. */
function submissionOf(one: Payload, { lastmodifieddate }: Payload): Payload | undefined {
	const [latest] = [...list(one['form-submissions'] ?? [])].sort(
		(a, b) => Number(b['timestamp']) - Number(a['timestamp']),
	);
	const age = Number(lastmodifieddate) - Number(latest?.['timestamp']);
	return age <= HOUR ? latest : undefined;
}

/** `america_slash_new_york` is HubSpot's spelling of an IANA zone. */
function zoneOf(zone: unknown): string | undefined {
	const name = text(zone)?.replaceAll('_slash_', '/').replaceAll('_hyphen_', '-').toLowerCase();
	return Intl.supportedValuesOf('timeZone').find((one) => one.toLowerCase() === name);
}

const BASES: ReadonlyArray<readonly [RegExp, string]> = [
	[/^freely given consent/i, 'consent'],
	[/^legitimate interest/i, 'legitimate_interest'],
	[/^performance of a contract/i, 'contract'],
];

function basisOf(properties: Payload) {
	const words = text(properties['hs_legal_basis']) ?? '';
	const lawfulBasis = BASES.find(([start]) => start.test(words))?.[1];
	return lawfulBasis === undefined ? undefined : { lawfulBasis };
}
