import type { Persona } from '../personas';
import { isAddress, mailboxOf, type Mailbox } from './mailboxes';
import { byEmail, byNameAt } from './people';
import type { OpenVendor, VendorCallback, VendorReply, VendorRequest } from './port';
import { isObject, jsonObject, textOf, unknownKeys, type Json } from './request';

const CREDITS = 5_000;
const READY_MS = 25_000;
const MAX_CONTACTS = 250;
const MAX_CONTACT_BYTES = 15_000;

const CONTACT_FIELDS = [
	...['first_name', 'last_name', 'full_name', 'email', 'phone', 'company', 'website'],
	...['num_siren', 'siret', 'linkedin', 'country', 'job', 'custom_fields'],
];

const QUALIFICATIONS: Readonly<Record<Mailbox, string>> = {
	valid: 'nominative@pro',
	invalid: 'invalid@pro',
	accept_all: 'catch_all@pro',
	role: 'generic@pro',
	disposable: 'random@perso',
	unknown: 'random@pro',
};

interface Job {
	readonly id: string;
	readonly results: readonly Json[];
	readonly readyAt: number;
	readonly callbackUrl: string | undefined;
	told: boolean;
}

/** Dropcontact v1. https://developer.dropcontact.com */
export const openDropcontact: OpenVendor = (seed) => {
	let credits = CREDITS;
	let jobs = new Map<string, Job>();

	function start(request: VendorRequest): VendorReply {
		const parsed = jsonObject(request);
		if (!parsed.ok) return refusal(400, 'The body is not valid JSON');
		const unknown = unknownKeys(parsed.value, [
			...['data', 'siren', 'language', 'custom_callback_url'],
		]);
		if (unknown.length > 0) return refusal(400, `Unknown field: ${unknown.join(', ')}`);
		const { data, custom_callback_url: callback } = parsed.value;
		if (!Array.isArray(data) || data.length === 0) return refusal(400, 'data is required');
		if (data.length > MAX_CONTACTS) {
			return refusal(400, `Too many records, you can only submit up to ${MAX_CONTACTS} records`);
		}
		const contacts = data.filter(isObject);
		const odd = contacts.flatMap((contact) => unknownKeys(contact, CONTACT_FIELDS));
		if (contacts.length < data.length || odd.length > 0) {
			return refusal(400, `Unknown contact field: ${odd.join(', ')}`);
		}
		if (contacts.some((contact) => JSON.stringify(contact).length > MAX_CONTACT_BYTES)) {
			return refusal(400, 'A contact may have 15 kB at most');
		}
		if (callback !== undefined && !/^https?:\/\//.test(String(callback))) {
			return refusal(400, 'custom_callback_url is not a URL');
		}
		// Asked with an empty contact, it only says what is left.
		const asked = contacts.filter((contact) => Object.keys(contact).length > 0);
		if (credits < asked.length) return usedUp();
		const results = asked.map((contact) => enriched(seed.personas, contact));
		credits -= results.filter(({ paid }) => paid).length;
		const id = `sandbox${String(jobs.size + 1).padStart(8, 'x')}`;
		jobs.set(id, {
			id,
			results: results.map(({ row }) => row),
			readyAt: seed.now() + READY_MS,
			callbackUrl: textOf(callback),
			told: false,
		});
		const body = { error: false, success: true, request_id: id, credits_left: credits };
		return { status: 200, body, wrote: true };
	}

	function result(id: string): VendorReply {
		const job = jobs.get(id);
		if (!job || seed.now() < job.readyAt) {
			return {
				status: 200,
				body: {
					error: false,
					success: false,
					reason: 'Request not ready yet, try again in 30 seconds',
				},
			};
		}
		return { status: 200, body: { success: true, error: false, data: job.results } };
	}

	function route(request: VendorRequest): VendorReply {
		if (request.headers['x-access-token'] !== seed.secrets.dropcontactKey) return unauthorized();
		const path = request.path.replace(/^\/(v1\/enrich\/all|batch)(?=\/|$)/, '');
		if (path === request.path) return { status: 404, body: { detail: 'Not Found' } };
		if (request.method === 'POST' && path === '') return start(request);
		if (request.method === 'GET' && path.length > 1) return result(path.slice(1));
		return { status: 405, body: { detail: 'Method Not Allowed' } };
	}

	return {
		id: 'dropcontact',
		// The older host with `/batch` is what n8n's own credential is tested against.
		hosts: ['api.dropcontact.com', 'api.dropcontact.io'],
		handle: route,
		fail(status) {
			if (status === 401) return unauthorized();
			if (status === 402) return usedUp();
			return refusal(status, 'Something went wrong at Dropcontact');
		},
		callbacks() {
			const due = [...jobs.values()].filter(
				({ callbackUrl, told, readyAt }) => callbackUrl && !told && seed.now() >= readyAt,
			);
			return due.map((job): VendorCallback => {
				job.told = true;
				const event = {
					id: `event-${job.id}`,
					version: 1,
					event_type: 'enrich_api_result',
					occurred_at: Math.floor(job.readyAt / 1_000),
					data: { data: job.results, request_id: job.id },
				};
				return {
					url: job.callbackUrl ?? '',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify([event]),
				};
			});
		},
		drain: () => {
			credits = 0;
		},
		state: () => ({ credits, jobs: jobs.size }),
		reset() {
			credits = CREDITS;
			jobs = new Map();
		},
	};
};

/** What comes back for a contact: what it was sent with, and what is known. A credit for each with an address. */
function enriched(personas: readonly Persona[], contact: Json): { row: Json; paid: boolean } {
	const { email, first_name, last_name, full_name, website, custom_fields } = contact;
	const address = textOf(email);
	const name = textOf(full_name) ?? `${String(first_name)} ${String(last_name)}`;
	const persona = address
		? byEmail(personas, address)
		: byNameAt(personas, name, textOf(website) ?? '');
	const known = persona?.dropcontact;
	const custom = custom_fields === undefined ? {} : { custom_fields };
	if (known) return { row: { ...known, ...custom }, paid: true };
	if (!address) return { row: contact, paid: false };
	const box = isAddress(address) ? mailboxOf(personas, address) : 'invalid';
	const qualified = [{ email: address, qualification: QUALIFICATIONS[box] }];
	return { row: { ...contact, email: qualified }, paid: true };
}

const refusal = (status: number, reason: string): VendorReply => ({
	status,
	body: { error: true, success: false, reason },
});
const unauthorized = () => refusal(401, 'Unknown account');
const usedUp = () => refusal(403, 'Not enough credits');
