import {
	fieldProblem,
	findPerson,
	isOn,
	organizations,
	PERSON_FIELDS,
	SWITCHES,
	switchProblem,
	whoProblem,
} from './apollo/find';
import { openJobs } from './apollo/jobs';
import { searchPeople } from './apollo/search';
import { domainKey } from './people';
import type { OpenVendor, VendorReply, VendorRequest } from './port';
import { bearer, isObject, jsonObject, sameText, textOf, unknownKeys, type Json } from './request';

const CREDITS = 10_000;
const PER_MINUTE = 1_000;
const PEOPLE_AT_ONCE = 10;
const COMPANIES_AT_ONCE = 10;

/** Apollo's enrichment endpoints. https://docs.apollo.io/reference/people-enrichment */
export const openApollo: OpenVendor = (seed) => {
	let credits = CREDITS;
	let asked = 0;
	const jobs = openJobs(seed);

	function match(request: VendorRequest): VendorReply {
		const sent = parameters(request);
		if (!sent) return refusal(422, 'The request body is not valid JSON.');
		const known = [...PERSON_FIELDS, ...SWITCHES];
		const problem = fieldProblem(sent, known) ?? switchProblem(sent) ?? whoProblem(sent);
		if (problem) return refusal(problem.status, problem.message);
		const persona = findPerson(seed.personas, sent);
		const person = persona?.apollo?.person ?? null;
		if (!persona || !person) return { status: 200, body: { request_id: null, person: null } };
		if (credits < 1) return refusal(422, 'Insufficient credits to enrich this person.');
		credits -= 1;
		const email = isOn(sent, 'run_waterfall_email');
		const phone = isOn(sent, 'run_waterfall_phone') || isOn(sent, 'reveal_phone_number');
		if (!email && !phone) return { status: 200, body: { person }, wrote: true };
		const job = jobs.start(persona, { email, phone, url: textOf(sent['webhook_url']) ?? '' });
		credits -= job.credits;
		const message =
			'Waterfall enrichment request accepted. Results will be sent to the provided webhook URL.';
		const body = { person, waterfall: { status: 'accepted', message }, request_id: 0 };
		// A number with more digits than JavaScript holds, as Apollo writes it.
		const text = JSON.stringify(body).replace(/"request_id":0}$/, `"request_id":${job.id}}`);
		return { status: 200, body: text, wrote: true };
	}

	function bulkMatch(request: VendorRequest): VendorReply {
		const parsed = jsonObject(request);
		const switches = Object.fromEntries(request.query);
		const odd = fieldProblem(switches, SWITCHES) ?? switchProblem(switches);
		if (odd) return refusal(odd.status, odd.message);
		if (!parsed.ok || !Array.isArray(parsed.value['details'])) {
			return failed(400, 'INVALID_REQUEST', 'invalid request, missing details');
		}
		const details = parsed.value['details'].filter(isObject);
		if (details.length > PEOPLE_AT_ONCE) {
			const message = `cannot enrich more than ${PEOPLE_AT_ONCE} in a single request`;
			return failed(400, 'RECORD_LIMIT_EXCEEDED', message);
		}
		const problem = details.map((one) => fieldProblem(one, PERSON_FIELDS)).find(Boolean);
		if (problem) return failed(422, 'UNKNOWN_ERROR', problem.message);
		const matches = details.map((one) =>
			whoProblem(one) ? null : (findPerson(seed.personas, one)?.apollo?.person ?? null),
		);
		const hits = matches.filter((person) => person !== null).length;
		if (credits < hits) return failed(422, 'INSUFFICIENT_CREDITS', 'Insufficient credits');
		credits -= hits;
		const body = {
			status: 'success',
			error_code: null,
			error_message: null,
			total_requested_enrichments: details.length,
			unique_enriched_records: new Set(matches.map((person) => person?.id)).size,
			missing_records: details.length - hits,
			credits_consumed: hits,
			matches,
		};
		return { status: 200, body, wrote: hits > 0 };
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

	function bulkOrganizations(request: VendorRequest): VendorReply {
		const parsed = jsonObject(request);
		if (!parsed.ok || !Array.isArray(parsed.value['details'])) {
			return failed(400, 'INVALID_REQUEST', 'invalid request, missing domains');
		}
		const details = parsed.value['details'].filter(isObject);
		if (details.length > COMPANIES_AT_ONCE) {
			const message = `domain count cannot be more than ${COMPANIES_AT_ONCE}`;
			return failed(400, 'RECORD_LIMIT_EXCEEDED', message);
		}
		const unknown = details.flatMap((one) =>
			unknownKeys(one, ['domain', 'website', 'name', 'linkedin_url']),
		);
		if (unknown.length > 0) return failed(422, 'UNKNOWN_ERROR', `Unknown: ${unknown.join(', ')}`);
		const domains = details.map((one) => domainKey(textOf(one['domain']) ?? ''));
		// Those who are unknown are left out, and nothing says that the order is kept.
		const found = organizations(seed.personas).filter((known) =>
			domains.includes(domainKey(known.primary_domain)),
		);
		if (credits < found.length) return failed(422, 'INSUFFICIENT_CREDITS', 'Insufficient credits');
		credits -= found.length;
		const body = {
			status: 'success',
			error_code: null,
			error_message: null,
			total_requested_domains: details.length,
			unique_domains: new Set(domains).size,
			unique_enriched_records: found.length,
			missing_records: details.length - found.length,
			organizations: found,
		};
		return { status: 200, body, wrote: found.length > 0 };
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
		const path = request.path.replace(/^\/(api\/)?v1/, '');
		const [, polled] = /^\/webhook_result\/([^/]+)$/.exec(path) ?? [];
		if (polled && request.method === 'GET') return withLimits(jobs.poll(polled));
		switch (`${request.method} ${path}`) {
			case 'POST /people/match':
				return withLimits(match(request));
			case 'POST /people/bulk_match':
				return withLimits(bulkMatch(request));
			case 'GET /organizations/enrich':
				return withLimits(organization(request));
			case 'POST /organizations/bulk_enrich':
				return withLimits(bulkOrganizations(request));
			case 'POST /mixed_people/api_search':
				return withLimits(searchPeople(seed.personas, request));
			case 'GET /auth/health':
				return { status: 200, body: { healthy: true, is_logged_in: true } };
			default:
				return refusal(404, 'Not found');
		}
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
			if (status === 402) return refusal(422, 'Insufficient credits to enrich this person.');
			if (status === 429)
				return { status, body: { message: 'The maximum number of api calls was reached.' } };
			return refusal(status, 'Apollo is not available right now.');
		},
		callbacks: jobs.due,
		drain: () => {
			credits = 0;
		},
		state: () => ({ credits, calls: asked, jobs: jobs.count() }),
		reset() {
			credits = CREDITS;
			asked = 0;
			jobs.reset();
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

function refusal(status: number, error: string): VendorReply {
	return { status, body: { error } };
}

function failed(status: number, code: string, message: string): VendorReply {
	return { status, body: { status: 'failed', error_code: code, error_message: message } };
}

function unauthorized(): VendorReply {
	return {
		status: 401,
		headers: { 'content-type': 'text/plain; charset=utf-8' },
		body: 'Invalid access credentials.',
	};
}
