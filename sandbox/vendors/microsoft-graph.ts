import { randomUUID } from 'node:crypto';
import type { OpenVendor, VendorReply, VendorRequest } from './port';
import { bearer, jsonObject, textOf, unknownKeys, type Json } from './request';

const API = 'graph.microsoft.com';
const PATH = '/v1.0/subscriptions';
const REQUIRED = ['changeType', 'notificationUrl', 'resource', 'expirationDateTime'];
const KNOWN = [...REQUIRED, 'clientState', 'lifecycleNotificationUrl'];
/** Of mail, calendar and contacts, just under a week; of chats and channels, three days. */
const MOST_MINUTES = 10_080;
const MOST_MINUTES_TEAMS = 4_320;

interface Subscription {
	readonly id: string;
	readonly resource: string;
	readonly notificationUrl: string;
	readonly expirationDateTime: string;
	/** Never in an answer. */
	readonly clientState: string | null;
	readonly [field: string]: unknown;
}

/**
 * The subscriptions of Microsoft Graph: they end by themselves, and are renewed by a later end.
 * https://learn.microsoft.com/en-us/graph/api/resources/subscription
 */
export const openMicrosoftGraph: OpenVendor = ({ secrets, now }) => {
	let subscriptions: Subscription[] = [];
	const active = () =>
		subscriptions.filter(({ expirationDateTime: end }) => Date.parse(end) > now());

	function tooLong(end: unknown, resource: string): VendorReply | undefined {
		const most = /^\/?(?:teams|chats)/.test(resource) ? MOST_MINUTES_TEAMS : MOST_MINUTES;
		const minutes = (Date.parse(String(end)) - now()) / 60_000;
		if (minutes > 0 && minutes <= most) return undefined;
		return failed(400, 'ValidationError', `Subscription expiration can only be ${most} minutes`);
	}

	async function make(request: VendorRequest): Promise<VendorReply> {
		const sent = jsonObject(request);
		if (!sent.ok || unknownKeys(sent.value, KNOWN).length > 0) return bad('Invalid request body');
		const missing = REQUIRED.find((name) => !textOf(sent.value[name]));
		if (missing) return bad(`${missing} is required`);
		const { clientState, ...rest } = sent.value;
		const wrong = tooLong(rest['expirationDateTime'], String(rest['resource']));
		if (wrong) return wrong;
		if (!(await answersValidation(String(rest['notificationUrl']))))
			return bad('Subscription validation request failed');
		const made = {
			...rest,
			id: randomUUID(),
			clientState: textOf(clientState) ?? null,
		} as unknown as Subscription;
		subscriptions.push(made);
		return { status: 201, body: shown(made), wrote: true };
	}

	function one(request: VendorRequest): VendorReply {
		const id = request.path.slice(PATH.length + 1);
		const known = active().find((subscription) => subscription.id === id);
		if (!known) return failed(404, 'ResourceNotFound', 'The object was not found.');
		if (request.method === 'GET') return { status: 200, body: shown(known) };
		if (request.method === 'PATCH') return renew(request, known);
		if (request.method !== 'DELETE') return failed(405, 'Request_BadRequest', request.method);
		subscriptions = subscriptions.filter((other) => other !== known);
		return { status: 204, wrote: true };
	}

	function renew(request: VendorRequest, known: Subscription): VendorReply {
		const sent = jsonObject(request);
		const may = ['expirationDateTime', 'notificationUrl'];
		if (!sent.ok || unknownKeys(sent.value, may).length > 0) return bad('Invalid request body');
		const renewed = { ...known, ...sent.value } as Subscription;
		const wrong = tooLong(renewed.expirationDateTime, known.resource);
		if (wrong) return wrong;
		subscriptions = subscriptions.map((other) => (other === known ? renewed : other));
		return { status: 200, body: shown(renewed), wrote: true };
	}

	return {
		id: 'microsoft-graph',
		hosts: [API],
		handle(request) {
			if (bearer(request) !== secrets.microsoftToken)
				return failed(401, 'InvalidAuthenticationToken', 'Access token is empty or invalid.');
			if (request.path !== PATH) return one(request);
			if (request.method === 'GET') return { status: 200, body: { value: active().map(shown) } };
			return request.method === 'POST' ? make(request) : bad('Method not allowed');
		},
		fail: (status) => failed(status, 'ServiceUnavailable', 'Graph is not available right now'),
		state: () => ({ subscriptions: active() }),
		reset() {
			subscriptions = [];
		},
	};
};

/** Nobody outside this machine is called. https://learn.microsoft.com/en-us/graph/change-notifications-delivery-webhooks */
async function answersValidation(notificationUrl: string): Promise<boolean> {
	const url = new URL(notificationUrl);
	if (!['127.0.0.1', 'localhost'].includes(url.hostname)) return false;
	const token = `Validation: Testing client application reachability ${randomUUID()}`;
	url.searchParams.set('validationToken', token);
	try {
		const signal = AbortSignal.timeout(10_000);
		const headers = { 'content-type': 'text/plain; charset=utf-8' };
		const response = await fetch(url, { method: 'POST', headers, signal });
		return response.status === 200 && (await response.text()) === token;
	} catch {
		return false;
	}
}

const shown = ({ clientState: _, ...rest }: Subscription): Json => ({ ...rest, clientState: null });

const failed = (status: number, code: string, message: string): VendorReply => ({
	status,
	body: { error: { code, message } },
});

const bad = (message: string) => failed(400, 'InvalidRequest', message);
