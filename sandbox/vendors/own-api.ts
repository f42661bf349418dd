import type { Persona } from '../personas';
import { byEmail, domainKey, formDomain } from './people';
import type { OpenVendor, VendorReply, VendorRequest } from './port';
import { bearer, isObject, jsonObject, textOf, unknownKeys, type Json } from './request';

const CREDITS = 1_000;

/**
 * An API that no list knows: the people and companies that the sandbox's own company has collected.
 * For custom HTTP steps; the key may come in a header, in the query, as a bearer token or by Basic.
 */
export const openOwnApi: OpenVendor = (seed) => {
	let credits = CREDITS;

	const charged = (cost: number, body: Json): VendorReply => {
		if (credits < cost) return usedUp();
		credits -= cost;
		return { status: 200, body: { ...body, meta: { cost } }, wrote: true };
	};

	function person(email: string | undefined): VendorReply {
		if (!email) return refusal(400, 'email is required');
		const known = recordOf(byEmail(seed.personas, email));
		return known
			? charged(2, { data: { people: [known] } })
			: refusal(404, 'Nobody is known there');
	}

	function company(domain: string): VendorReply {
		const persona = seed.personas.find((one) => formDomain(one) === domainKey(domain));
		const organization = persona?.apollo?.person?.organization;
		if (!organization) return refusal(404, 'No company is known there');
		return charged(1, {
			data: {
				legal_name: organization.name,
				staff: String(organization.estimated_num_employees ?? ''),
				sector: organization.industry ?? null,
				tools: organization.technology_names?.join(', ') ?? '',
			},
		});
	}

	function route(request: VendorRequest): VendorReply {
		if (!authorized(request, seed.secrets.ownApiKey)) return unauthorized();
		const query = Object.fromEntries(request.query);
		const unknown = unknownKeys(query, ['email', 'token', 'locale']);
		if (unknown.length > 0) return refusal(400, `Unknown parameter ${unknown.join(', ')}`);
		const [, domain] = /^\/v1\/companies\/([^/]+)$/.exec(request.path) ?? [];
		if (request.method === 'GET' && domain) return company(decodeURIComponent(domain));
		if (request.method === 'GET' && request.path === '/v1/people') return person(query['email']);
		if (request.method === 'POST' && request.path === '/v1/people/search') {
			const parsed = jsonObject(request);
			const filter = parsed.ok ? parsed.value['filter'] : undefined;
			if (!isObject(filter)) return refusal(400, 'filter is required');
			const found = recordOf(byEmail(seed.personas, String(filter['email'])));
			// This one says in a 200 that nobody is known.
			return found
				? charged(2, { data: { people: [found] } })
				: { status: 200, body: { data: { people: [] }, meta: { cost: 0 } } };
		}
		return refusal(404, 'There is no such endpoint');
	}

	return {
		id: 'own-api',
		hosts: ['people.acme-handoff.com'],
		handle: route,
		fail(status) {
			if (status === 401) return unauthorized();
			if (status === 402) return usedUp();
			return refusal(status, 'The people API is not well');
		},
		drain: () => {
			credits = 0;
		},
		state: () => ({ credits }),
		reset() {
			credits = CREDITS;
		},
	};
};

function recordOf(persona: Persona | undefined): Json | undefined {
	const known = persona?.apollo?.person;
	if (!known) return undefined;
	return {
		'job title': known.title ?? null,
		level: known['seniority'] ?? null,
		phone: known['phone'] ?? null,
		employer: {
			name: known.organization?.name ?? null,
			staff: known.organization?.estimated_num_employees,
		},
		certainty: 92,
	};
}

function authorized({ headers, query }: VendorRequest, key: string): boolean {
	const basic = /^Basic (.+)$/i.exec(headers['authorization'] ?? '')?.[1];
	const login = Buffer.from(basic ?? '', 'base64').toString();
	const given = [headers['x-people-key'], query.get('token'), login.split(':')[1]];
	return [...given, bearer({ headers } as VendorRequest)].some((one) => textOf(one) === key);
}

const refusal = (status: number, message: string): VendorReply => ({ status, body: { message } });
const unauthorized = () => refusal(401, 'The key is missing or wrong');
const usedUp = () => refusal(402, 'The credits of the month are used up');
