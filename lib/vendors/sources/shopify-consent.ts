import { first, part, type Payload, text } from './read';

/**
 * What a buyer agreed to. `unsubscribed` is a refusal; `not_subscribed` and `pending` are only no
 * permission, so that the channel stays absent.
 */
// https://shopify.dev/docs/api/admin-rest/latest/resources/customer
export function shopifyConsent(one: Payload, customer: Payload): unknown {
	const states = [
		['email', part(customer['email_marketing_consent'])],
		['sms', part(customer['sms_marketing_consent'])],
	] as const;
	const stated = states.flatMap(([channel, consent]) => {
		const state = text(consent['state']);
		if (state !== 'subscribed' && state !== 'unsubscribed') return [];
		return [[channel, state === 'subscribed', consent['consent_updated_at']] as const];
	});
	const accepts = [one['buyer_accepts_marketing'], customer['accepts_marketing']].includes(true);
	const channels = {
		...(accepts && { email: true }),
		...Object.fromEntries(stated.map(([channel, allowed]) => [channel, allowed])),
	};
	if (Object.keys(channels).length === 0) return undefined;
	const at = first(...stated.map(([, , updatedAt]) => updatedAt));
	return {
		...(Object.values(channels).includes(true) && { lawfulBasis: 'consent' }),
		...(at !== undefined && { timestamp: at }),
		channels,
	};
}
