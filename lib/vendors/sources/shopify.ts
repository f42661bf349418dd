import type { ActivityKind } from '../../domain/activity';
import { isRecord } from '../../domain/form';
import { statements } from '../../domain/form-consent';
import { byName } from './by-name';
import type { LeadSource, SourceHints, SourceRecord } from './port';
import { eventKeyOf, first, list, part, type Payload, present, text, utmOf } from './read';
import { shopifyConsent } from './shopify-consent';

// https://shopify.dev/docs/api/webhooks
export const shopify: LeadSource = {
	id: 'shopify',
	title: 'Shopify',
	docs: 'https://shopify.dev/docs/api/webhooks',
	recognises: (payload, { headers }) =>
		isRecord(payload) && (topicOf(headers) !== undefined || shapeOf(payload) !== undefined),
	read: (payload, { headers }) => list(payload).map((one) => recordOf(one, headers)),
};

const topicOf = (headers: SourceHints['headers']) =>
	text(first(headers['x-shopify-topic'], headers['shopify-topic']));

/** What a payload is, where nobody passed the header on. */
function shapeOf(one: Payload): string | undefined {
	const [, type] = /^gid:\/\/shopify\/(\w+)\//.exec(text(one['admin_graphql_api_id']) ?? '') ?? [];
	if (type === 'Order' || type === 'Customer') return type.toLowerCase();
	if ('shop_domain' in one && isRecord(one['customer'])) return 'privacy request';
	if ('abandoned_checkout_url' in one && Array.isArray(one['line_items'])) return 'checkout';
	const isCart = text(one['id']) !== undefined && one['id'] === one['token'];
	return isCart && Array.isArray(one['line_items']) ? 'cart' : undefined;
}

const ACTIVITIES: ReadonlyArray<readonly [RegExp, ActivityKind]> = [
	[/^(orders\/(create|paid)|order)$/, 'order_placed'],
	[/^checkouts?/, 'checkout_start'],
	[/^carts?/, 'cart_update'],
];

function kindOf(topic: string, one: Payload): SourceRecord['kind'] {
	if (/^(customers|shop)\/redact$/.test(topic) || topic === 'customers/delete') return 'deletion';
	if ('orders_to_redact' in one) return 'deletion';
	return /^(customers|orders?|checkouts?|carts?|customer|order)\b/.test(topic) &&
		topic !== 'customers/data_request'
		? 'lead'
		: 'other';
}

function recordOf(one: Payload, headers: SourceHints['headers']): SourceRecord {
	const topic = topicOf(headers) ?? shapeOf(one) ?? 'shopify';
	const isCustomer = /^customers?(\/|$)/.test(topic) && !isRecord(one['customer']);
	const customer = isCustomer ? one : part(one['customer']);
	const header = text(first(headers['x-shopify-event-id'], headers['shopify-event-id']));
	const eventId = header ?? eventKeyOf(topic, first(one['id'], one['token']), one['updated_at']);
	const activity = ACTIVITIES.find(([topics]) => topics.test(topic))?.[1];
	const notes = byName(attributesOf(one['note_attributes']));
	return {
		kind: kindOf(topic, one),
		system: 'shopify',
		recordId: text(customer['id']),
		event: topic,
		eventId,
		occurredAt: first(one['updated_at'], one['created_at']),
		fields: {
			...byName(utmOf(one['landing_site'])).fields,
			...notes.fields,
			...personOf(one, customer),
			landingPage: one['landing_site'],
			referrer: one['referring_site'],
		},
		consent: statements(shopifyConsent(one, customer), notes.consent),
		custom: present({ ...notes.custom, ...purchaseOf(one, isCustomer) }),
		activities: activity
			? [{ kind: activity, id: eventId, properties: present(purchaseOf(one, isCustomer)) }]
			: [],
	};
}

/** The buyer's own words first, then what the account and the addresses say. */
function personOf(one: Payload, customer: Payload) {
	const places = [one['billing_address'], one['shipping_address'], customer['default_address']];
	const anywhere = (name: string) => first(...places.map((place) => part(place)[name]));
	return present({
		email: first(one['email'], one['contact_email'], customer['email']),
		phone: first(one['phone'], customer['phone'], anywhere('phone')),
		firstName: first(customer['first_name'], anywhere('first_name')),
		lastName: first(customer['last_name'], anywhere('last_name')),
		companyName: anywhere('company'),
		country: first(anywhere('country_code'), anywhere('country')),
		city: anywhere('city'),
	});
}

const attributesOf = (attributes: unknown): Payload =>
	Object.fromEntries(list(attributes).map(({ name, value }) => [text(name) ?? 'attribute', value]));

/** What was bought, for personalisation; the shop's own keys and tokens are left where they are. */
function purchaseOf(one: Payload, isCustomer: boolean): Payload {
	if (isCustomer)
		return { tags: one['tags'], ordersCount: one['orders_count'], totalSpent: one['total_spent'] };
	return {
		orderName: one['name'],
		totalPrice: one['total_price'],
		currency: one['currency'],
		discountCodes: list(one['discount_codes'] ?? []).map(({ code }) => code),
		items: list(one['line_items'] ?? []).map(({ title, quantity }) => ({ title, quantity })),
		tags: one['tags'],
		note: one['note'],
	};
}
