import { z } from 'zod';
import type { Received } from '../../../domain/signature/received';
import type { EventFact } from '../../../domain/signature/scheme';

export const WHERE = 'HubSpot: your app > Auth > Client secret';
export const DOCS =
	'https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests';

const Event = z.looseObject({
	portalId: z.union([z.number(), z.string()]),
	subscriptionType: z.string(),
	objectId: z.union([z.number(), z.string()]).optional(),
	eventId: z.union([z.number(), z.string()]).optional(),
	occurredAt: z.number().optional(),
});

/**
 * A delivery is a list of up to 100 events. HubSpot does not promise that `eventId` is unique and counts
 * `attemptNumber` up with every retry, so that the id is made of what stays the same.
 * https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide
 */
export function hubspotEvents(received: Received): EventFact[] {
	const list = received.json();
	if (!Array.isArray(list)) return [];
	return list.map((data: unknown) => {
		const event = Event.safeParse(data);
		if (!event.success) return { data };
		const { portalId, subscriptionType, objectId, eventId, occurredAt } = event.data;
		return {
			composite: [portalId, subscriptionType, objectId, eventId, occurredAt],
			type: subscriptionType,
			...(occurredAt !== undefined && { occurredAt }),
			data,
		};
	});
}
