import type { Persona } from '../personas';
import { byEmail, byNameAt, domainKey, formDomain } from './people';
import type { OpenVendor, VendorReply, VendorRequest } from './port';
import { bearer, sameText, unknownKeys } from './request';

type Query = Readonly<Record<string, string>>;
type Endpoint = (people: readonly Persona[], query: Query) => VendorReply;

interface Operation {
	readonly known: readonly string[];
	readonly credits: number;
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
	'/v2/email-verifier': { known: ['email'], credits: 1, run: verifyEmail },
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
			return refusal(429, 'usage_exceeded', 'You have used all the credits of your plan.');
		}
		const reply = operation.run(seed.personas, query);
		if (reply.status !== 200) return reply;
		credits -= operation.credits;
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

function unauthorized(): VendorReply {
	return refusal(401, 'authentication_failed', 'No user found for the API key supplied.');
}

function refusal(status: number, id: string, details: string): VendorReply {
	return { status, body: { errors: [{ id, code: status, details }] } };
}
