import { randomUUID } from 'node:crypto';
import { ADOBE_KEY_PATH, adobePublicKey } from '../sender-keys';
import type { OpenVendor, VendorReply, VendorRequest } from './port';
import { bearer, isObject, jsonObject, textOf, unknownKeys, type Json } from './request';

const IMS = 'ims-na1.adobelogin.com';
const KEYS = 'static.adobeioevents.com';
const API = 'api.adobe.io';
const KNOWN = [
	'client_id',
	'name',
	'description',
	'webhook_url',
	'delivery_type',
	'events_of_interest',
	'enabled',
];

interface Registration {
	readonly [field: string]: unknown;
	readonly registration_id: string;
	readonly webhook_url: string;
}

/**
 * Adobe I/O Events: the store of the keys that sign events, sign-in for servers, and the registrations.
 * https://developer.adobe.com/events/docs/guides/api/registration-api
 */
export const openAdobe: OpenVendor = (seed) => {
	const { adobeClientId, adobeClientSecret, adobeToken, adobeOrg } = seed.secrets;
	let registrations: Registration[] = [];
	const folder = `/events/${adobeOrg}/project/workspace/registrations`;

	function signIn({ method, body, query }: VendorRequest): VendorReply {
		if (method !== 'POST') return { status: 405, body: { error: 'method_not_allowed' } };
		const form = new URLSearchParams(`${query.toString()}&${body}`);
		if (form.get('grant_type') !== 'client_credentials')
			return { status: 400, body: { error: 'unsupported_grant_type' } };
		if (form.get('client_id') !== adobeClientId || form.get('client_secret') !== adobeClientSecret)
			return { status: 401, body: { error: 'invalid_client' } };
		return {
			status: 200,
			body: { access_token: adobeToken, token_type: 'bearer', expires_in: 86_399 },
		};
	}

	async function manage(request: VendorRequest): Promise<VendorReply> {
		if (bearer(request) !== adobeToken) return problem(401, 'Oauth token is not valid');
		if (request.headers['x-api-key'] !== adobeClientId) return problem(403, 'Api Key is invalid');
		if (!request.path.startsWith(folder)) return problem(404, 'Resource not found');
		const id = request.path.slice(folder.length + 1);
		if (id === '') {
			if (request.method === 'GET') return { status: 200, body: page(registrations) };
			if (request.method === 'POST') return await save(request, randomUUID());
		}
		const known = registrations.find((one) => one.registration_id === id);
		if (!known) return problem(404, `Registration ${id} does not exist`);
		switch (request.method) {
			case 'GET':
				return { status: 200, body: known };
			case 'PUT':
				return await save(request, id);
			case 'DELETE':
				registrations = registrations.filter((one) => one !== known);
				return { status: 204, wrote: true };
			default:
				return problem(405, 'Method not allowed');
		}
	}

	async function save(request: VendorRequest, id: string): Promise<VendorReply> {
		const sent = jsonObject(request);
		if (!sent.ok) return problem(400, 'The body is not JSON');
		const wrong = mistakeIn(sent.value, adobeClientId, request.method);
		if (wrong) return problem(400, wrong);
		const webhookUrl = String(sent.value['webhook_url']);
		const taken = registrations.some(
			({ registration_id: other, webhook_url: url, name }) =>
				other !== id && url === webhookUrl && name === sent.value['name'],
		);
		if (taken) return problem(409, 'A registration with this name and webhook url exists');
		const now = new Date(seed.now()).toISOString();
		const before = registrations.find((one) => one.registration_id === id);
		const registration: Registration = {
			created_date: now,
			client_id: adobeClientId,
			...before,
			...sent.value,
			enabled: sent.value['enabled'] !== false,
			registration_id: id,
			webhook_url: webhookUrl,
			webhook_status: (await answersChallenge(webhookUrl)) ? 'verified' : 'unverified',
			updated_date: now,
		};
		registrations = [...registrations.filter((one) => one.registration_id !== id), registration];
		return { status: 200, body: registration, wrote: true };
	}

	return {
		id: 'adobe',
		hosts: [KEYS, IMS, API],
		handle(request) {
			if (request.host === KEYS) return publishedKey(request);
			return request.host === IMS ? signIn(request) : manage(request);
		},
		fail: (status) => problem(status, 'Adobe is not available right now'),
		state: () => ({ registrations }),
		reset() {
			registrations = [];
		},
	};
};

function publishedKey({ method, path }: VendorRequest): VendorReply {
	if (method !== 'GET' || path !== ADOBE_KEY_PATH)
		return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not Found' };
	return {
		status: 200,
		headers: { 'content-type': 'application/x-pem-file' },
		body: adobePublicKey(),
	};
}

function mistakeIn(sent: Json, clientId: string, method: string): string | undefined {
	const unknown = unknownKeys(sent, KNOWN);
	if (unknown.length > 0) return `Unrecognized field ${unknown.join(', ')}`;
	if (method === 'POST' && sent['client_id'] !== clientId) return 'client_id is not valid';
	if (!textOf(sent['name'])) return 'name must not be blank';
	if (!['webhook', 'webhook_batch'].includes(String(sent['delivery_type'])))
		return 'delivery_type must be webhook or webhook_batch';
	if (!textOf(sent['webhook_url'])) return 'webhook_url must not be blank';
	const events = sent['events_of_interest'];
	const complete = (one: unknown) =>
		isObject(one) && textOf(one['provider_id']) && textOf(one['event_code']);
	return Array.isArray(events) && events.length > 0 && events.every(complete)
		? undefined
		: 'events_of_interest must name provider_id and event_code';
}

/** Nobody outside this machine is called. https://developer.adobe.com/events/docs/guides/#the-challenge-request */
async function answersChallenge(webhookUrl: string): Promise<boolean> {
	const url = new URL(webhookUrl);
	if (!['127.0.0.1', 'localhost'].includes(url.hostname)) return false;
	const challenge = randomUUID();
	url.searchParams.set('challenge', challenge);
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
		const text = await response.text();
		return response.status === 200 && (text === challenge || echoed(text) === challenge);
	} catch {
		return false;
	}
}

function echoed(text: string): unknown {
	try {
		const answer: unknown = JSON.parse(text);
		return isObject(answer) ? answer['challenge'] : undefined;
	} catch {
		return undefined;
	}
}

const page = (registrations: readonly Registration[]) => ({
	_links: { self: { href: '/registrations' } },
	_embedded: { registrations },
});

const problem = (status: number, message: string): VendorReply => ({
	status,
	body: { error_code: String(status), message },
});
