import { randomUUID } from 'node:crypto';
import type { OpenVendor, VendorReply, VendorRequest } from './port';
import { bearer, jsonObject, textOf, unknownKeys, type Json } from './request';

const API = 'api.calendly.com';
const PATH = '/webhook_subscriptions';
const KNOWN = ['url', 'events', 'organization', 'user', 'group', 'scope', 'signing_key'];
/** After so long Calendly gives a receiver up. */
const GIVES_UP_AFTER_HOURS = 24;

interface Subscription {
	readonly uri: string;
	readonly callback_url: string;
	readonly state: 'active' | 'disabled';
	readonly retry_started_at: string | null;
	readonly organization: string;
	readonly scope: string;
	readonly user: string | null;
	/** Write-only: never in an answer. */
	readonly signing_key: string | null;
	readonly [field: string]: unknown;
}

/**
 * Calendly's webhook subscriptions: made, listed and removed, never changed.
 * https://developer.calendly.com/docs/webhooks/overview
 */
export const openCalendly: OpenVendor = ({ secrets, now }) => {
	let subscriptions: Subscription[] = [];
	const iso = (ms: number) => new Date(ms).toISOString();

	function list({ query }: VendorRequest): VendorReply {
		const [organization, scope, user] = ['organization', 'scope', 'user'].map((name) =>
			query.get(name),
		);
		if (!organization || !scope || (scope === 'user' && !user)) return invalid();
		const found = subscriptions.filter(
			(one) =>
				one.organization === organization &&
				one.scope === scope &&
				(scope !== 'user' || one.user === user),
		);
		return {
			status: 200,
			body: {
				collection: found.map(shown),
				pagination: { count: found.length, next_page: null, next_page_token: null },
			},
		};
	}

	function make(request: VendorRequest): VendorReply {
		const sent = jsonObject(request);
		if (!sent.ok || !isComplete(sent.value)) return invalid();
		const { url, signing_key: key, ...rest } = sent.value;
		// Disabled ones count: they have to be removed first.
		if (subscriptions.some((one) => one.callback_url === url))
			return failed(409, 'Already Exists', 'Hook with this url already exists');
		const made = {
			user: null,
			...rest,
			uri: `https://${API}${PATH}/${randomUUID()}`,
			callback_url: String(url),
			state: 'active',
			created_at: iso(now()),
			updated_at: iso(now()),
			retry_started_at: null,
			signing_key: textOf(key) ?? null,
		} as unknown as Subscription;
		subscriptions.push(made);
		return { status: 201, body: { resource: shown(made) }, wrote: true };
	}

	function one({ method, path }: VendorRequest): VendorReply {
		const known = subscriptions.find(({ uri }) => uri === `https://${API}${path}`);
		if (!known) return failed(404, 'Resource Not Found', 'The server could not find it.');
		if (method === 'GET') return { status: 200, body: { resource: shown(known) } };
		if (method !== 'DELETE') return failed(405, 'Method Not Allowed', method);
		subscriptions = subscriptions.filter((other) => other !== known);
		return { status: 204, wrote: true };
	}

	return {
		id: 'calendly',
		hosts: [API],
		handle(request) {
			if (bearer(request) !== secrets.calendlyToken)
				return failed(401, 'Unauthenticated', 'The access token is invalid');
			if (request.path !== PATH) return one(request);
			if (request.method === 'GET') return list(request);
			return request.method === 'POST' ? make(request) : failed(405, 'Method Not Allowed', '');
		},
		fail: (status) => failed(status, 'Server Error', 'Calendly is not available right now'),
		failDeliveries(hours) {
			subscriptions = subscriptions.map((subscription) => ({
				...subscription,
				state: hours < GIVES_UP_AFTER_HOURS ? 'active' : 'disabled',
				retry_started_at: iso(now() - hours * 3_600_000),
			}));
		},
		state: () => ({ subscriptions }),
		reset() {
			subscriptions = [];
		},
	};
};

const shown = ({ signing_key: _, ...rest }: Subscription): Json => rest;

function isComplete(sent: Json): boolean {
	const { events } = sent;
	const texts = ['url', 'organization', 'scope'].every((name) => textOf(sent[name]));
	const listed = Array.isArray(events) && events.length > 0;
	const owned = sent['scope'] !== 'user' || textOf(sent['user']);
	return texts && listed && Boolean(owned) && unknownKeys(sent, KNOWN).length === 0;
}

const failed = (status: number, title: string, message: string): VendorReply => ({
	status,
	body: { title, message },
});

const invalid = () => failed(400, 'Invalid Argument', 'The supplied parameters are invalid.');
