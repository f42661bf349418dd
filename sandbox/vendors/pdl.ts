import type { Persona } from '../personas';
import { byEmail, byNameAt, domainKey, formDomain } from './people';
import type { OpenVendor, VendorReply, VendorRequest } from './port';
import { isObject, jsonObject, sameText, textOf, unknownKeys, type Json } from './request';

const CREDITS = 350;
const PER_MINUTE = 100;
const PEOPLE_AT_ONCE = 100;

const PERSON_PARAMETERS = [
	...['name', 'first_name', 'last_name', 'middle_name', 'email', 'email_hash', 'phone', 'profile'],
	...['company', 'school', 'location', 'locality', 'region', 'country', 'lid', 'pdl_id'],
	...['min_likelihood', 'required', 'titlecase', 'include_if_matched', 'data_include', 'pretty'],
];
const COMPANY_PARAMETERS = [
	...['name', 'website', 'profile', 'ticker', 'pdl_id', 'location', 'country'],
	...['min_likelihood', 'required', 'titlecase', 'include_if_matched'],
];
const BULK_PARAMETERS = ['requests', 'required', 'size', 'titlecase', 'include_if_matched'];

/** People Data Labs v5. https://docs.peopledatalabs.com/docs/person-enrichment-api */
export const openPdl: OpenVendor = (seed) => {
	let credits = CREDITS;
	let asked = 0;
	let window = 0;

	function person(sent: Json): VendorReply {
		const unknown = unknownKeys(sent, PERSON_PARAMETERS);
		if (unknown.length > 0) return invalid(`Unknown parameter: ${unknown.join(', ')}`);
		const least = Number(sent['min_likelihood'] ?? 2);
		if (!(least >= 1 && least <= 10)) return invalid('min_likelihood must be between 1 and 10');
		const known = [sent['email'], sent['phone'], sent['profile'], sent['lid'], sent['pdl_id']];
		const named = sent['name'] ?? (sent['first_name'] && sent['last_name']);
		if (!known.some(Boolean) && !(named && sent['company'])) {
			return invalid('Request contained no parameters that identify a person');
		}
		const record = findPerson(seed.personas, sent)?.pdl;
		const likely = record && (record.likelihood ?? 10) >= least;
		if (!record?.person || !likely || !holds(record.person, sent['required'])) return nobody();
		const body = { status: 200, likelihood: record.likelihood ?? 10, data: record.person };
		return { status: 200, body };
	}

	/** The record, and its credit. */
	function charged(reply: VendorReply, type: string): VendorReply {
		if (reply.status !== 200) return reply;
		if (credits < 1) return usedUp(type);
		credits -= 1;
		return { ...reply, wrote: true, headers: spent(1, type) };
	}

	function bulk(request: VendorRequest): VendorReply {
		const parsed = jsonObject(request);
		if (!parsed.ok) return invalid('Request body is not JSON');
		const unknown = unknownKeys(parsed.value, BULK_PARAMETERS);
		const { requests, required, titlecase } = parsed.value;
		if (unknown.length > 0 || !Array.isArray(requests) || requests.length === 0) {
			return invalid(`Unknown or missing parameter: ${unknown.join(', ') || 'requests'}`);
		}
		if (requests.length > PEOPLE_AT_ONCE) {
			return invalid(`Too many requests: ${requests.length}, at most ${PEOPLE_AT_ONCE}`);
		}
		const before = credits;
		const answers = requests.filter(isObject).map((one) => {
			const params = isObject(one['params']) ? one['params'] : {};
			const all = { ...(required !== undefined && { required }), titlecase, ...params };
			const reply = charged(person(all), 'person-enrich');
			const metadata = one['metadata'] === undefined ? {} : { metadata: one['metadata'] };
			return { ...(isObject(reply.body) ? reply.body : {}), ...metadata };
		});
		const hits = before - credits;
		if (answers.every((one) => 'status' in one && one.status === 402)) {
			return usedUp('person-enrich');
		}
		return { status: 200, body: answers, headers: spent(hits, 'person-enrich'), wrote: hits > 0 };
	}

	function company(sent: Json): VendorReply {
		const unknown = unknownKeys(sent, COMPANY_PARAMETERS);
		if (unknown.length > 0) return invalid(`Unknown parameter: ${unknown.join(', ')}`);
		const website = textOf(sent['website']);
		const name = textOf(sent['name']);
		if (!website && !name) return invalid('Request contained no parameters');
		const found = seed.personas.find(
			(persona) =>
				(website && formDomain(persona) === domainKey(website)) ||
				(name && sameText(persona.pdl?.company?.['name'], name)),
		)?.pdl?.company;
		return found ? { status: 200, body: { status: 200, likelihood: 9, ...found } } : nobody();
	}

	function route(request: VendorRequest): VendorReply {
		const query = Object.fromEntries(request.query);
		const key = request.headers['x-api-key'] ?? query['api_key'];
		if (key !== seed.secrets.pdlKey) return unauthorized();
		delete query['api_key'];
		switch (`${request.method} ${request.path}`) {
			case 'GET /v5/person/enrich':
				return charged(person(query), 'person-enrich');
			case 'POST /v5/person/bulk':
				return bulk(request);
			case 'GET /v5/company/enrich':
				return charged(company(query), 'company-enrich');
			case 'GET /v5/autocomplete':
				return { status: 200, body: { data: [{ name: 'germany', count: 1 }] } };
			default:
				return refusal(404, 'not_found', 'This endpoint does not exist');
		}
	}

	const spent = (count: number, type: string) => ({
		'x-call-credits-spent': String(count),
		'x-call-credits-type': type,
		'x-totallimit-remaining': String(credits),
	});

	function withLimits(reply: VendorReply): VendorReply {
		const now = seed.now();
		if (now - window >= 60_000) {
			window = now;
			asked = 0;
		}
		asked += 1;
		// A dictionary of Python, and a date without a zone: as they come.
		const headers = {
			'x-ratelimit-limit': `{'minute': ${PER_MINUTE}}`,
			'x-ratelimit-remaining': `{'minute': ${Math.max(0, PER_MINUTE - asked)}}`,
			'x-ratelimit-reset': new Date(window + 60_000).toISOString().slice(0, 19).replace('T', ' '),
		};
		return { ...reply, headers: { ...headers, ...reply.headers } };
	}

	return {
		id: 'pdl',
		hosts: ['api.peopledatalabs.com'],
		handle: (request) => withLimits(route(request)),
		fail(status) {
			if (status === 401) return unauthorized();
			if (status === 402) return usedUp('person-enrich');
			if (status === 429) {
				const message = 'An error occurred due to requests hitting the API too quick';
				return refusal(429, 'rate_limit_error', message);
			}
			return refusal(status, 'api_error', 'Something went wrong on our side');
		},
		drain: () => {
			credits = 0;
		},
		state: () => ({ credits }),
		reset() {
			credits = CREDITS;
			asked = 0;
			window = 0;
		},
	};
};

function findPerson(personas: readonly Persona[], sent: Json): Persona | undefined {
	const email = textOf(sent['email']);
	if (email) return byEmail(personas, email);
	const name = textOf(sent['name']) ?? `${String(sent['first_name'])} ${String(sent['last_name'])}`;
	const company = textOf(sent['company']) ?? '';
	const profile = /\/in\/([^/?#]+)/.exec(textOf(sent['profile']) ?? '')?.[1];
	return (
		personas.find(
			({ pdl }) => profile && String(pdl?.person?.['linkedin_url']).endsWith(`/in/${profile}`),
		) ??
		byNameAt(personas, name, company) ??
		personas.find(
			({ pdl }) =>
				sameText(pdl?.person?.['full_name'], name) &&
				sameText(pdl?.person?.['job_company_name'], company),
		)
	);
}

/** `job_title OR (mobile_phone AND emails)`: here without brackets, OR before AND as in the documents. */
function holds(record: Json, required: unknown): boolean {
	const text = textOf(required);
	const has = (name: string) => {
		const value = record[name.trim()];
		return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined;
	};
	return !text || text.split(/\sOR\s/).some((all) => all.split(/\sAND\s/).every(has));
}

const nobody = () => refusal(404, 'not_found', 'No records were found matching your request');
const invalid = (message: string) => refusal(400, 'invalid_request_error', message);
const unauthorized = () =>
	refusal(401, 'authentication_error', 'Request contained a missing or invalid key');
const usedUp = (type: string) =>
	refusal(402, 'payment_required', `You have hit your account maximum for ${type}`);

function refusal(status: number, type: string, message: string): VendorReply {
	return { status, body: { status, error: { type, message } } };
}
