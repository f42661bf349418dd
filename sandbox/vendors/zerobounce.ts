import { isAddress, mailboxOf, type Mailbox } from './mailboxes';
import type { OpenVendor, VendorReply, VendorRequest } from './port';
import { isObject, jsonObject, textOf, unknownKeys, type Json } from './request';

const CREDITS = 5_000;
const NO_KEY_OR_CREDITS = 'Invalid API Key or your account ran out of credits';

const VERDICTS: Readonly<Record<Mailbox, readonly [status: string, reason: string]>> = {
	valid: ['valid', ''],
	invalid: ['invalid', 'mailbox_not_found'],
	accept_all: ['catch-all', ''],
	role: ['do_not_mail', 'role_based'],
	disposable: ['do_not_mail', 'disposable'],
	unknown: ['unknown', 'mail_server_did_not_respond'],
};

/** ZeroBounce v2. https://www.zerobounce.net/docs/email-validation-api-quickstart/ */
export const openZeroBounce: OpenVendor = (seed) => {
	let credits = CREDITS;

	const judge = (email: string): Json => {
		const broken = !isAddress(email);
		const [status, reason] = broken
			? ['invalid', 'failed_syntax_check']
			: VERDICTS[mailboxOf(seed.personas, email)];
		if (status !== 'unknown') credits -= 1;
		const [account = null, domain = null] = email.split('@');
		return {
			address: email,
			status,
			sub_status: reason,
			free_email: domain === 'gmail.com',
			did_you_mean: null,
			account,
			domain,
			domain_age_days: '9692',
			smtp_provider: 'google',
			mx_found: 'true',
			mx_record: `mx.${domain ?? ''}`,
			firstname: null,
			lastname: null,
			gender: null,
			country: null,
			region: null,
			city: null,
			zipcode: null,
			processed_at: new Date(seed.now()).toISOString().replace('T', ' ').slice(0, 23),
		};
	};

	function validate(request: VendorRequest): VendorReply {
		const query = Object.fromEntries(request.query);
		const known = [
			...['api_key', 'email', 'ip_address', 'timeout'],
			...['activity_data', 'verify_plus', 'allow_phase_2'],
		];
		const unknown = unknownKeys(query, known);
		if (unknown.length > 0) return bad(`Unknown parameter: ${unknown.join(', ')}`);
		const timeout = Number(query['timeout'] ?? 30);
		if (!(timeout >= 3 && timeout <= 60)) return bad('timeout must be between 3 and 60');
		if (query['api_key'] !== seed.secrets.zerobounceKey || credits < 1) return refused();
		const email = textOf(query['email']);
		if (!email) return bad('email is required');
		return { status: 200, body: judge(email), wrote: true };
	}

	function validateBatch(request: VendorRequest): VendorReply {
		const parsed = jsonObject(request);
		if (!parsed.ok) return bad('The body is not valid JSON');
		const { api_key: key, email_batch: batch } = parsed.value;
		const everyone = (error: string) => ({
			status: 200,
			body: { email_batch: [], errors: [{ error, email_address: 'all' }] },
		});
		if (!Array.isArray(batch) || batch.length === 0) return everyone('No email_batch was given');
		if (batch.length > 200) return everyone('A batch holds 200 email addresses at most');
		if (key !== seed.secrets.zerobounceKey || credits < batch.length) {
			return everyone(NO_KEY_OR_CREDITS);
		}
		const emails = batch.map((entry) => textOf(isObject(entry) ? entry['email_address'] : null));
		if (emails.includes(undefined)) return bad('email_address is required');
		return {
			status: 200,
			body: { email_batch: emails.map((email) => judge(email ?? '')), errors: [] },
			wrote: true,
		};
	}

	function route(request: VendorRequest): VendorReply {
		const bulk = request.host === 'bulkapi.zerobounce.net';
		switch (`${request.method} ${request.path}`) {
			case 'GET /v2/validate':
				return bulk ? { status: 404 } : validate(request);
			case 'POST /v2/validatebatch':
				return bulk ? validateBatch(request) : { status: 404 };
			case 'GET /v2/getcredits': {
				const known = request.query.get('api_key') === seed.secrets.zerobounceKey;
				return { status: 200, body: { Credits: String(known ? credits : -1) } };
			}
			default:
				return { status: 404 };
		}
	}

	return {
		id: 'zerobounce',
		hosts: [
			'api.zerobounce.net',
			'api-us.zerobounce.net',
			'api-eu.zerobounce.net',
			'bulkapi.zerobounce.net',
		],
		handle: route,
		fail(status) {
			if (status === 401 || status === 402) return refused();
			return { status, headers: { 'content-type': 'text/plain' }, body: 'The request failed.' };
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

const refused = (): VendorReply => ({ status: 200, body: { error: NO_KEY_OR_CREDITS } });
const bad = (error: string): VendorReply => ({ status: 400, body: { error } });
