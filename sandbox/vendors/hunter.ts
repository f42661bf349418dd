import type { Persona } from '../personas';
import { byEmail, byNameAt, domainKey, formDomain } from './people';
import type { OpenVendor, VendorReply, VendorRequest } from './port';
import { bearer, isObject, sameText, unknownKeys, type Json } from './request';

type Query = Readonly<Record<string, string>>;
type Endpoint = (people: readonly Persona[], query: Query) => VendorReply;

interface Operation {
	readonly known: readonly string[];
	/** The most that it may cost; asked of an account that has less, it is refused. */
	readonly credits: number;
	/** What an answer costs. Default: `credits`. */
	readonly charge?: (reply: VendorReply) => number;
	readonly run: Endpoint;
}

const operations: Readonly<Record<string, Operation>> = {
	'/v2/email-finder': {
		known: [
			'domain',
			'company',
			'first_name',
			'last_name',
			'full_name',
			'linkedin_handle',
			'max_duration',
		],
		credits: 1,
		run: findEmail,
	},
	'/v2/email-verifier': {
		known: ['email'],
		credits: 0.5,
		charge: ({ body }) => (isFreeVerdict(body) ? 0 : 0.5),
		run: verifyEmail,
	},
	'/v2/domain-search': {
		known: [
			'domain',
			'company',
			'limit',
			'offset',
			'type',
			'seniority',
			'department',
			'required_field',
		],
		credits: 1,
		charge: ({ body }) => Math.ceil(emailsIn(body).length / 10),
		run: searchDomain,
	},
	'/v2/people/find': {
		known: ['email', 'linkedin_handle', 'clearbit_format'],
		credits: 1,
		run: findPerson,
	},
	'/v2/companies/find': { known: ['domain', 'clearbit_format'], credits: 1, run: findCompany },
	'/v2/combined/find': {
		known: ['email', 'linkedin_handle', 'clearbit_format'],
		credits: 2,
		run: findBoth,
	},
};

/** Hunter v2. https://hunter.io/api-documentation/v2 */
export const openHunter: OpenVendor = (seed) => {
	let credits = 5_000;

	function route(request: VendorRequest): VendorReply {
		const query = Object.fromEntries(request.query);
		const key = request.headers['x-api-key'] ?? bearer(request) ?? query['api_key'];
		if (!key) return refusal(401, 'authentication_failed', 'No API key was supplied.');
		if (key !== seed.secrets.hunterKey) return unauthorized();
		if (request.method !== 'GET') return refusal(405, 'method_not_allowed', 'Only GET is allowed.');
		if (request.path === '/v2/account') return { status: 200, body: { data: account() } };
		const operation = operations[request.path];
		if (!operation) return refusal(404, 'not_found', 'This endpoint does not exist.');
		const unknown = unknownKeys(query, [...operation.known, 'api_key']);
		if (unknown.length > 0) {
			return refusal(400, 'wrong_params', `Unknown parameter: ${unknown.join(', ')}`);
		}
		if (credits < operation.credits) {
			return usedUp();
		}
		const reply = operation.run(seed.personas, query);
		if (reply.status !== 200) return reply;
		credits -= operation.charge?.(reply) ?? operation.credits;
		return { ...reply, wrote: true };
	}

	const account = () => ({
		plan_name: 'Sandbox',
		requests: { credits: { used: 5_000 - credits, available: 5_000 } },
	});

	return {
		id: 'hunter',
		hosts: ['api.hunter.io'],
		handle: route,
		fail(status) {
			if (status === 401) return unauthorized();
			if (status === 402) return usedUp();
			if (status === 429)
				return refusal(403, 'too_many_requests', 'You have reached the rate limit.');
			return refusal(status, 'server_error', 'Hunter is not available right now.');
		},
		state: () => ({ credits }),
		reset() {
			credits = 5_000;
		},
	};
};

function findEmail(people: readonly Persona[], query: Query): VendorReply {
	const name =
		query['full_name'] ?? `${query['first_name'] ?? ''} ${query['last_name'] ?? ''}`.trim();
	if (!query['domain'] && !query['company']) {
		return refusal(400, 'wrong_params', 'You are missing the domain or the company parameter.');
	}
	if (!name && !query['linkedin_handle']) {
		return refusal(400, 'wrong_params', 'You are missing the name of the person.');
	}
	const max = Number(query['max_duration'] ?? 10);
	if (!(max >= 3 && max <= 20)) {
		return refusal(400, 'invalid_max_duration', 'max_duration must be between 3 and 20.');
	}
	const persona = query['domain']
		? byNameAt(people, name, query['domain'])
		: people.find(
				({ hunter }) =>
					sameText(hunter?.finder?.['company'], query['company']) &&
					sameText(`${hunter?.finder?.['first_name']} ${hunter?.finder?.['last_name']}`, name),
			);
	if (persona?.hunter?.claimed) return claimed();
	return found(persona?.hunter?.finder, query);
}

function verifyEmail(people: readonly Persona[], query: Query): VendorReply {
	const email = query['email'] ?? '';
	if (!email) return refusal(400, 'wrong_params', 'You are missing the email parameter.');
	if (!isAddress(email)) return refusal(400, 'invalid_email', 'The email is not valid.');
	const persona = byEmail(people, email);
	if (persona?.hunter?.claimed) return claimed();
	const answer = persona?.hunter?.verifier ?? {
		status: 'unknown',
		result: 'risky',
		score: 0,
		email,
	};
	return found(answer, query);
}

function findPerson(people: readonly Persona[], query: Query): VendorReply {
	const persona = lookUp(people, query);
	if (!('hunter' in persona)) return persona;
	return found(persona.hunter?.person, query);
}

function findCompany(people: readonly Persona[], query: Query): VendorReply {
	const domain = domainKey(query['domain'] ?? '');
	if (!domain) return refusal(400, 'wrong_params', 'You are missing the domain parameter.');
	const known = people.flatMap(({ hunter }) => hunter?.company ?? []);
	const exact = known.find((company) => domainKey(company.domain) === domain);
	const byForm = people.find((persona) => formDomain(persona) === domain)?.hunter?.company;
	return found(exact ?? byForm, query);
}

function findBoth(people: readonly Persona[], query: Query): VendorReply {
	const persona = lookUp(people, query);
	if (!('hunter' in persona)) return persona;
	const person = persona.hunter?.person ?? null;
	const company = persona.hunter?.company ?? null;
	return found(person || company ? { person, company } : null, query);
}

/** Whoever of the personas has an address at the domain that Hunter's finder knows. */
function searchDomain(people: readonly Persona[], query: Query): VendorReply {
	const domain = domainKey(query['domain'] ?? '');
	const [limit, offset] = [Number(query['limit'] ?? 10), Number(query['offset'] ?? 0)];
	if (!domain && !query['company']) {
		return refusal(400, 'wrong_params', 'You are missing the domain or the company parameter.');
	}
	if (!(limit >= 1 && limit <= 100)) {
		return refusal(400, 'pagination_error', 'The limit must be between 1 and 100.');
	}
	const wanted = (name: string, value: unknown) =>
		!query[name] || query[name].split(',').includes(String(value));
	const emails = people
		.filter(({ hunter }) => hunter && !hunter.claimed)
		.map(({ hunter }) => ({ finder: hunter?.finder, job: jobOf(hunter?.person) }))
		.filter(({ finder }) => finder && domainKey(String(finder['domain'] ?? '')) === domain)
		.filter(({ job }) => wanted('seniority', job['seniority']) && wanted('department', job['role']))
		.map(({ finder, job }) => ({
			value: finder?.email,
			type: 'personal',
			confidence: finder?.score,
			first_name: finder?.['first_name'] ?? null,
			last_name: finder?.['last_name'] ?? null,
			position: finder?.['position'] ?? null,
			seniority: job['seniority'] ?? null,
			department: job['role'] ?? null,
			linkedin: finder?.['linkedin_url'] ?? null,
			phone_number: null,
			verification: finder?.['verification'] ?? { date: null, status: null },
			sources: [],
		}));
	const page = emails.slice(offset, offset + limit);
	return {
		status: 200,
		body: {
			data: { domain, disposable: false, webmail: false, organization: null, emails: page },
			meta: { results: emails.length, limit, offset, params: query },
		},
	};
}

function jobOf(person: unknown): Json {
	const employment = isObject(person) ? person['employment'] : undefined;
	return isObject(employment) ? employment : {};
}

function emailsIn(body: unknown): unknown[] {
	const data = isObject(body) ? body['data'] : undefined;
	const emails = isObject(data) ? data['emails'] : undefined;
	return Array.isArray(emails) ? emails : [];
}

function isFreeVerdict(body: unknown): boolean {
	const data = isObject(body) ? body['data'] : undefined;
	return isObject(data) && ['unknown', 'disposable'].includes(String(data['status']));
}

/** The persona meant by the query, or the refusal. */
function lookUp(people: readonly Persona[], query: Query): Persona | VendorReply {
	const { email, linkedin_handle: handle } = query;
	if (!email && !handle) {
		return refusal(400, 'wrong_params', 'You are missing the email or linkedin_handle parameter.');
	}
	if (email && !isAddress(email)) return refusal(400, 'invalid_email', 'The email is not valid.');
	const persona = email
		? byEmail(people, email)
		: people.find(({ hunter }) =>
				JSON.stringify(hunter?.person?.['linkedin'])?.includes(`"${handle}"`),
			);
	if (persona?.hunter?.claimed) return claimed();
	return persona ?? notFound();
}

function found(data: unknown, query: Query): VendorReply {
	if (!data) return notFound();
	const params = { ...query };
	delete params['api_key'];
	return { status: 200, body: { data, meta: { params } } };
}

function isAddress(email: string): boolean {
	return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email);
}

function notFound(): VendorReply {
	return refusal(404, 'not_found', 'No information was found for this request.');
}

function claimed(): VendorReply {
	return refusal(451, 'claimed_email', 'The person asked us not to process their data.');
}

function usedUp(): VendorReply {
	return refusal(429, 'usage_exceeded', 'You have used all the credits of your plan.');
}

function unauthorized(): VendorReply {
	return refusal(401, 'authentication_failed', 'No user found for the API key supplied.');
}

function refusal(status: number, id: string, details: string): VendorReply {
	return { status, body: { errors: [{ id, code: status, details }] } };
}
