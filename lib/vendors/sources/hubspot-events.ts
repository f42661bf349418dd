import { own } from '../../domain/own';
import { byName } from './by-name';
import type { SourceRecord } from './port';
import { eventKeyOf, first, part, type Payload, text } from './read';

/** Object types by id, as `object.*` events write them. */
const OBJECTS: Readonly<Record<string, string>> = {
	'0-1': 'contact',
	'0-2': 'company',
	'0-3': 'deal',
	'0-5': 'ticket',
	'0-136': 'lead',
};
const KINDS: Readonly<Record<string, SourceRecord['kind']>> = {
	contact: 'lead',
	company: 'account',
	deal: 'opportunity',
};

export const isHubspotEvent = (event: Payload) =>
	/^[a-z_]+\.[a-zA-Z]+$/.test(text(event['subscriptionType']) ?? '') &&
	'portalId' in event &&
	'occurredAt' in event;

/**
 * One event of a subscription. It names the contact and at most one property: the rest is HubSpot's to
 * be asked for. `object.creation` of a contact is `contact.creation`, whichever way it was subscribed to.
 */
// https://developers.hubspot.com/docs/apps/legacy-apps/public-apps/create-generic-webhook-subscriptions
export function hubspotEvent(event: Payload): SourceRecord {
	const { subscriptionType, portalId, objectTypeId, occurredAt, propertyName, propertyValue } =
		event;
	const [type = '', verb = ''] = (text(subscriptionType) ?? '').split('.');
	const object = type === 'object' ? (own(OBJECTS, text(objectTypeId) ?? '') ?? 'object') : type;
	const recordId = text(first(event['objectId'], event['fromObjectId']));
	const property = text(propertyName);
	const { fields, consent, custom } = byName(property ? { [property]: propertyValue } : {});
	return {
		kind:
			verb === 'deletion' || verb === 'privacyDeletion'
				? 'deletion'
				: (own(KINDS, object) ?? 'other'),
		system: 'hubspot',
		recordId,
		event: `${object}.${verb}`,
		// HubSpot's `eventId` alone may come twice, and `attemptNumber` changes with every retry.
		eventId: eventKeyOf(
			portalId,
			subscriptionType,
			recordId,
			event['toObjectId'],
			property,
			event['eventId'],
			occurredAt,
		),
		occurredAt,
		fields,
		consent,
		custom: part({ ...custom, ...about(event) }),
	};
}

const ABOUT = [
	'portalId',
	'changeSource',
	'changeFlag',
	'objectTypeId',
	'mergedObjectIds',
	'associationType',
	'associationRemoved',
	'isPrimaryAssociation',
	'fromObjectId',
	'toObjectId',
] as const;

const about = (event: Payload) =>
	Object.fromEntries(
		ABOUT.flatMap((name) => (first(event[name]) === undefined ? [] : [[name, event[name]]])),
	);
