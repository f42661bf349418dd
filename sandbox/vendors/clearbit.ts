import type { Persona } from '../personas';
import { isAddress } from './mailboxes';
import { byEmail, domainKey, formDomain } from './people';
import type { OpenVendor, VendorReply, VendorRequest } from './port';
import { bearer, unknownKeys } from './request';

const CREDITS = 2_000;
const PER_MINUTE = 600;
const VERSION = '2019-12-19';

const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
	'/v2/combined/find': ['email', 'webhook_url', 'webhook_id', 'given_name', 'family_name'],
	'/v2/people/find': ['email', 'webhook_url', 'webhook_id', 'subscribe'],
	'/v2/companies/find': ['domain', 'webhook_url', 'webhook_id', 'company_name'],
};

/** Clearbit for keys of before HubSpot. https://dashboard.clearbit.com/docs#enrichment-api */
export const openClearbit: OpenVendor = (seed) => {
	let credits = CREDITS;
	let asked = 0;
	let window = 0;
	/** How often each persona was looked for. */
	let looked = new Map<string, number>();

	function queued({ name, clearbit }: Persona): boolean {
		const times = looked.get(name) ?? 0;
		looked.set(name, times + 1);
		return times < (clearbit?.queued ?? 0);
	}

	function answer(found: unknown, price: number): VendorReply {
		if (!found) return refusal(404, 'unknown_record', 'Unknown record.');
		if (credits < price) return overQuota();
		credits -= price;
		return { status: 200, body: found, wrote: true };
	}

	function byAddress(request: VendorRequest, both: boolean): VendorReply {
		const email = request.query.get('email') ?? '';
		if (!isAddress(email)) return refusal(422, 'email_invalid', 'Invalid email.');
		const persona = byEmail(seed.personas, email);
		if (!persona?.clearbit) return answer(undefined, 0);
		if (queued(persona)) {
			const message = 'We are currently looking this up. Try again shortly.';
			return { status: 202, body: { error: { type: 'queued', message } } };
		}
		const { person = null, company = null } = persona.clearbit;
		if (!both) return answer(person, 1);
		const price = (person ? 1 : 0) + (company ? 1 : 0);
		return answer(price > 0 ? { person, company } : undefined, price);
	}

	function byDomain(request: VendorRequest): VendorReply {
		const domain = domainKey(request.query.get('domain') ?? '');
		if (!/^[^\s/]+\.[^\s/]+$/.test(domain)) {
			return refusal(422, 'domain_invalid', 'Invalid domain.');
		}
		const found = seed.personas.find((persona) => formDomain(persona) === domain);
		return answer(found?.clearbit?.company, 1);
	}

	function route(request: VendorRequest): VendorReply {
		if (keyOf(request) !== seed.secrets.clearbitKey) return unauthorized();
		const allowed = PARAMETERS[request.path];
		const company = request.path === '/v2/companies/find';
		const host = company ? 'company.clearbit.com' : 'person.clearbit.com';
		if (!allowed || request.method !== 'GET' || request.host !== host) {
			return refusal(404, 'not_found', 'Not found.');
		}
		const unknown = unknownKeys(Object.fromEntries(request.query), allowed);
		if (unknown.length > 0) return refusal(400, 'params_invalid', `Unknown: ${unknown.join(', ')}`);
		return company ? byDomain(request) : byAddress(request, request.path === '/v2/combined/find');
	}

	function withLimits(reply: VendorReply): VendorReply {
		const now = seed.now();
		if (now - window >= 60_000) {
			window = now;
			asked = 0;
		}
		asked += 1;
		const headers = {
			'x-api-version': VERSION,
			'x-ratelimit-limit': String(PER_MINUTE),
			'x-ratelimit-remaining': String(Math.max(0, PER_MINUTE - asked)),
			'x-ratelimit-reset': String(Math.ceil((window + 60_000) / 1_000)),
		};
		return { ...reply, headers: { ...headers, ...reply.headers } };
	}

	return {
		id: 'clearbit',
		hosts: ['person.clearbit.com', 'company.clearbit.com'],
		handle: (request) => withLimits(route(request)),
		fail(status) {
			if (status === 401) return unauthorized();
			if (status === 402) return overQuota();
			if (status === 429) return refusal(429, 'rate_limit', 'Rate limit exceeded.');
			return refusal(status, 'server_error', 'Clearbit is not available right now.');
		},
		drain: () => {
			credits = 0;
		},
		state: () => ({ credits }),
		reset() {
			credits = CREDITS;
			asked = 0;
			window = 0;
			looked = new Map();
		},
	};
};

/** As a bearer token, or as the user of basic authentication. */
function keyOf(request: VendorRequest): string | undefined {
	const basic = /^Basic (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
	const user = basic && Buffer.from(basic, 'base64').toString('utf8').split(':')[0];
	return bearer(request) ?? user;
}

const unauthorized = () => refusal(401, 'auth_invalid', 'Invalid API key provided.');
const overQuota = () => refusal(402, 'over_quota', 'You have gone over your quota.');

function refusal(status: number, type: string, message: string): VendorReply {
	return { status, body: { error: { type, message } } };
}
