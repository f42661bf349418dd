import { createHash, createHmac } from 'node:crypto';
import { byNameAt, domainKey, formDomain } from './people';
import type { Persona } from '../personas';
import type { OpenVendor, VendorReply, VendorRequest } from './port';
import { bearer, isObject, jsonObject, sameText, textOf, unknownKeys, type Json } from './request';

const CREDITS = 5_000;
const READY_MS = 45_000;
const PER_MINUTE = 60;
const PRICES = { 'contact.work_emails': 1, 'contact.personal_emails': 3, 'contact.phones': 10 };

interface Job {
	readonly id: string;
	readonly name: string;
	readonly contacts: readonly Json[];
	readonly readyAt: number;
	readonly webhookUrl: string | undefined;
	answer?: Json;
	told: boolean;
}

/** FullEnrich v2: charges when a job ends. https://docs.fullenrich.com/api/v2 */
export const openFullEnrich: OpenVendor = (seed) => {
	let credits = CREDITS;
	let jobs = new Map<string, Job>();
	let asked: number[] = [];

	function start(request: VendorRequest): VendorReply {
		const parsed = jsonObject(request);
		if (!parsed.ok) return refusal(400, 'error.body', 'The body is not valid JSON');
		const { name, data, webhook_url: webhook } = parsed.value;
		const unknown = unknownKeys(parsed.value, ['name', 'data', 'webhook_url', 'webhook_events']);
		if (unknown.length > 0) return refusal(400, 'error.field', `Unknown ${unknown.join(', ')}`);
		if (!textOf(name)) {
			return refusal(400, 'error.enrichment.name.empty', 'Enrichment name not set');
		}
		if (webhook !== undefined && !/^https?:\/\//.test(String(webhook))) {
			const message = 'Webhook URL must be start with http or https';
			return refusal(400, 'error.enrichment.webhook_url', message);
		}
		if (!Array.isArray(data) || data.length === 0 || data.length > 100) {
			return refusal(400, 'error.enrichment.data.empty', 'Data is empty or too long');
		}
		const problem = data.map(contactProblem).find(Boolean);
		if (problem) return problem;
		const id = uuid(`job ${jobs.size}`);
		jobs.set(id, {
			id,
			name: String(name),
			contacts: data.filter(isObject),
			readyAt: seed.now() + READY_MS,
			webhookUrl: textOf(webhook),
			told: false,
		});
		return { status: 200, body: { enrichment_id: id }, wrote: true };
	}

	/** What the job found, and charged, the first time that it is looked at. */
	function answerOf(job: Job): Json {
		let cost = 0;
		let short = false;
		job.answer ??= ((data: Json[]) => ({
			id: job.id,
			name: job.name,
			status: short ? 'CREDITS_INSUFFICIENT' : 'FINISHED',
			cost: { credits: cost },
			data,
		}))(
			job.contacts.map((contact) => {
				const { price, found } = search(seed.personas, contact);
				const paid = credits >= price;
				short ||= !paid;
				if (paid) {
					credits -= price;
					cost += price;
				}
				return { ...echo(contact), ...(paid ? found : { contact_info: {} }) };
			}),
		);
		return job.answer;
	}

	function result(id: string): VendorReply {
		const job = jobs.get(id);
		if (!job) {
			return refusal(404, 'error.enrichment.not_found', 'Enrichment ID not found');
		}
		if (seed.now() < job.readyAt) {
			const message = 'Enrichment not ready, try again in 30 seconds';
			return refusal(400, 'error.enrichment.in_progress', message);
		}
		const body = answerOf(job);
		return { status: body['status'] === 'FINISHED' ? 200 : 402, body };
	}

	function route(request: VendorRequest): VendorReply {
		const key = bearer(request);
		if (!key) {
			return refusal(401, 'error.authorization.not_set', 'Authorization headers not set');
		}
		if (key !== seed.secrets.fullenrichKey) return unauthorized();
		asked = [...asked.filter((at) => seed.now() - at < 60_000), seed.now()];
		if (asked.length > PER_MINUTE) return tooMany();
		const path = request.path.replace(/^\/api\/v2/, '');
		const [, id] = /^\/contact\/enrich\/bulk\/([^/]+)$/.exec(path) ?? [];
		if (request.method === 'GET' && id) return result(id);
		switch (`${request.method} ${path}`) {
			case 'POST /contact/enrich/bulk':
				return start(request);
			case 'GET /account/keys/verify':
				return { status: 200, body: { workspace_id: uuid('workspace') } };
			case 'GET /account/credits':
				return { status: 200, body: { balance: credits } };
			default:
				return refusal(404, 'error.not_found', 'Not found');
		}
	}

	return {
		id: 'fullenrich',
		hosts: ['app.fullenrich.com'],
		handle: route,
		fail(status) {
			if (status === 401) return unauthorized();
			if (status === 429) return tooMany();
			return refusal(status, 'error.internal', 'Something went wrong');
		},
		callbacks() {
			const due = [...jobs.values()].filter(
				({ webhookUrl, told, readyAt }) => webhookUrl && !told && seed.now() >= readyAt,
			);
			return due.map((job) => {
				job.told = true;
				const body = JSON.stringify(answerOf(job));
				const signature = createHmac('sha1', seed.secrets.fullenrichKey).update(body).digest('hex');
				return {
					url: job.webhookUrl ?? '',
					headers: { 'content-type': 'application/json', 'x-signature-sha1': signature },
					body,
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
			asked = [];
		},
	};
};

/** What was sent, as FullEnrich repeats it. */
const echo = ({ first_name, last_name, company_name, domain, linkedin_url, custom }: Json) => ({
	input: {
		first_name,
		last_name,
		company_name,
		company_domain: domain,
		professional_network_url: linkedin_url,
	},
	...(custom !== undefined && { custom }),
});

function contactProblem(contact: unknown): VendorReply | undefined {
	if (!isObject(contact)) return refusal(400, 'error.field', 'A contact is not an object');
	const known = [
		...['first_name', 'last_name', 'domain', 'company_name', 'linkedin_url'],
		...['enrich_fields', 'custom'],
	];
	const unknown = unknownKeys(contact, known);
	if (unknown.length > 0) return refusal(400, 'error.field', `Unknown ${unknown.join(', ')}`);
	const { enrich_fields: fields, custom = {} } = contact;
	if (!textOf(contact['linkedin_url'])) {
		if (!textOf(contact['first_name'])) {
			return refusal(400, 'error.enrichment.first_name.empty', 'First name cannot be empty');
		}
		if (!textOf(contact['last_name'])) {
			return refusal(400, 'error.enrichment.last_name.empty', 'Last name cannot be empty');
		}
		if (!textOf(contact['domain']) && !textOf(contact['company_name'])) {
			return refusal(400, 'error.enrichment.domain.empty', 'Domain cannot be empty');
		}
	}
	if (!Array.isArray(fields) || fields.length === 0) {
		return refusal(400, 'error.enrichment.enrich_fields.empty', 'enrichFields cannot be empty');
	}
	const odd = fields.find((field) => !(String(field) in PRICES));
	if (odd !== undefined) {
		const message = `enrichField '${String(odd)}' not valid`;
		return refusal(400, 'error.enrichment.enrich_field.value', message);
	}
	const values = isObject(custom) ? Object.values(custom) : [0];
	if (values.length > 10 || values.some((v) => typeof v !== 'string' || v.length > 100)) {
		const message = 'Custom field value max len exceeded (max: 100 character)';
		return refusal(400, 'error.enrichment.custom.value.exceeded', message);
	}
	return undefined;
}

/** What is known of a contact of what was asked, and its price. A profile comes with a LinkedIn URL only. */
function search(personas: readonly Persona[], contact: Json): { price: number; found: Json } {
	const url = textOf(contact['linkedin_url']);
	const name = `${String(contact['first_name'])} ${String(contact['last_name'])}`;
	const persona = url
		? personas.find(({ fullenrich }) => JSON.stringify(fullenrich?.profile)?.includes(`"${url}"`))
		: (byNameAt(personas, name, textOf(contact['domain']) ?? '') ??
			personas.find(
				(one) =>
					sameText(one.form.fields['company'], contact['company_name']) &&
					formDomain(one) !== domainKey('') &&
					sameText(`${one.form.fields['firstName']} ${one.form.fields['lastName']}`, name),
			));
	const { contact_info: info = {}, profile } = persona?.fullenrich ?? {};
	const asked = (field: string) =>
		Array.isArray(contact['enrich_fields']) && contact['enrich_fields'].includes(field);
	const parts: ReadonlyArray<readonly [keyof typeof PRICES, string, string]> = [
		['contact.work_emails', 'most_probable_work_email', 'work_emails'],
		['contact.phones', 'most_probable_phone', 'phones'],
	];
	const given = parts.filter(([field, best]) => asked(field) && info[best]);
	return {
		price: given.reduce((sum, [field]) => sum + PRICES[field], 0),
		found: {
			contact_info: Object.fromEntries(
				given.flatMap(([, best, all]) => [
					[best, info[best]],
					[all, info[all] ?? [info[best]]],
				]),
			),
			...(url && profile && { profile }),
		},
	};
}

function uuid(of: string): string {
	const hex = createHash('sha256').update(of).digest('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`]
		.concat(`8${hex.slice(17, 20)}`, hex.slice(20, 32))
		.join('-');
}

const refusal = (status: number, code: string, message: string): VendorReply => ({
	status,
	body: { code, message },
});
const unauthorized = () => refusal(401, 'error.api.key', 'Unknown api key');
const tooMany = () => refusal(429, 'error.rate.limit', 'Too many requests. Try again in 1m');
