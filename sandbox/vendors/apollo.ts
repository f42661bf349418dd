import { createHash } from 'node:crypto';
import type { Persona } from '../personas';
import { byEmail, byNameAt, domainKey } from './people';
import type { OpenVendor, Seed, VendorReply, VendorRequest } from './port';
import { bearer, isObject, jsonObject, sameText, textOf, unknownKeys, type Json } from './request';

const PER_MINUTE = 1_000;
const matchFields = [
	'first_name',
	'last_name',
	'name',
	'email',
	'hashed_email',
	'organization_name',
	'domain',
	'id',
	'linkedin_url',
	'run_waterfall_email',
	'run_waterfall_phone',
	'reveal_personal_emails',
	'reveal_phone_number',
	'webhook_url',
];

/** Apollo's enrichment endpoints. https://docs.apollo.io/reference/people-enrichment */
export const openApollo: OpenVendor = (seed) => {
	let credits = 10_000;
	let asked = 0;

	function match(request: VendorRequest): VendorReply {
		const sent = parameters(request);
		if (!sent) return refusal(422, 'The request body is not valid JSON.');
		const problem = matchProblem(sent);
		if (problem) return refusal(problem.status, problem.message);
		const person = findPerson(seed, sent)?.apollo?.person ?? null;
		if (!person) return { status: 200, body: { request_id: null, person: null } };
		if (credits < 1) return refusal(422, 'Insufficient credits to enrich this person.');
		credits -= 1;
		return { status: 200, body: { person }, wrote: true };
	}

	function organization(request: VendorRequest): VendorReply {
		const sent = Object.fromEntries(request.query);
		const domain = textOf(sent['domain']) ?? textOf(sent['website']);
		const unknown = unknownKeys(sent, ['domain', 'website', 'name', 'linkedin_url']);
		if (unknown.length > 0) return refusal(422, `Unknown parameter: ${unknown.join(', ')}`);
		if (!domain && !textOf(sent['name']) && !textOf(sent['linkedin_url'])) {
			return refusal(422, 'Please provide a domain, name, website or linkedin_url.');
		}
		const found = organizations(seed.personas).find(
			(known) =>
				(domain !== undefined && domainKey(known.primary_domain) === domainKey(domain)) ||
				sameText(known.name, sent['name']) ||
				sameText(known['linkedin_url'], sent['linkedin_url']),
		);
		if (!found) return { status: 200, body: { organization: null } };
		if (credits < 1) return refusal(422, 'Insufficient credits to enrich this organization.');
		credits -= 1;
		return { status: 200, body: { organization: found }, wrote: true };
	}

	function route(request: VendorRequest): VendorReply {
		const key = request.headers['x-api-key'] ?? bearer(request);
		if (key === seed.secrets.apolloNarrowKey) {
			return {
				status: 403,
				body: {
					error: `${request.path} is not accessible with this api_key on a free plan.`,
					error_code: 'API_INACCESSIBLE',
				},
			};
		}
		if (key !== seed.secrets.apolloKey) return unauthorized();
		asked += 1;
		const endpoint = `${request.method} ${request.path.replace(/^\/(api\/)?v1/, '')}`;
		if (endpoint === 'POST /people/match') return withLimits(match(request));
		if (endpoint === 'GET /organizations/enrich') return withLimits(organization(request));
		if (endpoint === 'GET /auth/health') {
			return { status: 200, body: { healthy: true, is_logged_in: true } };
		}
		return refusal(404, 'Not found');
	}

	function withLimits(reply: VendorReply): VendorReply {
		const left = String(Math.max(0, PER_MINUTE - (asked % PER_MINUTE)));
		const headers = {
			'x-rate-limit-minute': String(PER_MINUTE),
			'x-minute-usage': String(asked % PER_MINUTE),
			'x-minute-requests-left': left,
		};
		return { ...reply, headers: { ...headers, ...reply.headers } };
	}

	return {
		id: 'apollo',
		hosts: ['api.apollo.io'],
		handle: route,
		fail(status) {
			if (status === 401) return unauthorized();
			if (status === 429)
				return { status, body: { message: 'The maximum number of api calls was reached.' } };
			return refusal(status, 'Apollo is not available right now.');
		},
		state: () => ({ credits, calls: asked }),
		reset() {
			credits = 10_000;
			asked = 0;
		},
	};
};

/** The body when there is one, the query otherwise: Apollo reads both. */
function parameters(request: VendorRequest): Json | undefined {
	const query = Object.fromEntries(request.query);
	if (request.body === '') return query;
	const parsed = jsonObject(request);
	return parsed.ok ? { ...query, ...parsed.value } : undefined;
}

function matchProblem(sent: Json): { status: number; message: string } | undefined {
	const unknown = unknownKeys(sent, matchFields);
	if (unknown.length > 0) {
		return { status: 422, message: `Unknown parameter: ${unknown.join(', ')}` };
	}
	const objects = Object.keys(sent).filter(
		(key) => isObject(sent[key]) || Array.isArray(sent[key]),
	);
	if (objects.length > 0) {
		return { status: 422, message: `Wrong type of parameter: ${objects.join(', ')}` };
	}
	if (String(sent['reveal_phone_number']) === 'true' && !textOf(sent['webhook_url'])) {
		return {
			status: 400,
			message: "Please add a valid 'webhook_url' parameter when using 'reveal_phone_number'",
		};
	}
	const name = textOf(sent['name']) ?? textOf(sent['first_name']);
	const place = textOf(sent['domain']) ?? textOf(sent['organization_name']);
	const direct = ['email', 'hashed_email', 'id', 'linkedin_url'].some((key) => textOf(sent[key]));
	if (direct || (name && place)) return undefined;
	return { status: 422, message: 'Not enough information to look for a person.' };
}

function findPerson(seed: Seed, sent: Json): Persona | undefined {
	const email = textOf(sent['email']);
	if (email) return byEmail(seed.personas, email);
	const name = textOf(sent['name']) ?? `${String(sent['first_name'])} ${String(sent['last_name'])}`;
	const domain = textOf(sent['domain']);
	if (domain) return byNameAt(seed.personas, name, domain);
	return seed.personas.find(({ apollo }) => {
		const person = apollo?.person;
		return (
			person &&
			(sameText(person.id, sent['id']) ||
				sameText(person['linkedin_url'], sent['linkedin_url']) ||
				sameText(md5(person.email ?? ''), sent['hashed_email']) ||
				(sameText(person.name, name) &&
					sameText(person.organization?.name, sent['organization_name'])))
		);
	});
}

function organizations(personas: readonly Persona[]) {
	return personas.flatMap(
		({ apollo }) => apollo?.organization ?? apollo?.person?.organization ?? [],
	);
}

function md5(text: string): string {
	return createHash('md5').update(text.toLowerCase()).digest('hex');
}

function refusal(status: number, error: string): VendorReply {
	return { status, body: { error } };
}

function unauthorized(): VendorReply {
	return {
		status: 401,
		headers: { 'content-type': 'text/plain; charset=utf-8' },
		body: 'Invalid access credentials.',
	};
}
