import { isAddress, mailboxOf, type Mailbox } from './mailboxes';
import type { OpenVendor, VendorReply, VendorRequest } from './port';
import { isObject, jsonObject, textOf, unknownKeys, type Json } from './request';

const CREDITS = 5_000;
const READY_MS = 4_000;

const VERDICTS: Readonly<Record<Mailbox, readonly [result: string, ...flags: string[]]>> = {
	valid: ['valid', 'has_dns', 'has_dns_mx', 'smtp_connectable'],
	invalid: ['invalid', 'has_dns', 'has_dns_mx'],
	accept_all: ['catchall', 'has_dns', 'has_dns_mx', 'accepts_all'],
	role: ['valid', 'has_dns', 'has_dns_mx', 'role_account'],
	disposable: ['disposable', 'has_dns', 'disposable_email'],
	unknown: ['unknown', 'bad_dns'],
};

interface Job {
	readonly rows: ReadonlyArray<{ readonly data: Json; readonly verification: Json }>;
	readonly readyAt: number;
}

/** NeverBounce v4.2: failures are said inside a 200. https://developers.neverbounce.com/reference */
export const openNeverBounce: OpenVendor = (seed) => {
	let credits = CREDITS;
	let jobs = new Map<number, Job>();

	const judge = (email: string) => {
		credits -= 1;
		const [result, ...flags] = isAddress(email)
			? VERDICTS[mailboxOf(seed.personas, email)]
			: (['invalid', 'bad_syntax'] as const);
		return { result, flags, suggested_correction: '' };
	};

	function check(query: Json): VendorReply {
		const unknown = unknownKeys(query, [
			...['key', 'email', 'address_info', 'credits_info', 'timeout'],
			...['request_meta_data', 'historical_data'],
		]);
		if (unknown.length > 0) return failure(`Unknown parameter '${unknown.join(', ')}'`);
		const email = textOf(query['email']);
		if (!email) return failure("Missing required parameter 'email'");
		if (credits < 1) return usedUp();
		return { ...success(judge(email)), wrote: true };
	}

	function createJob(request: VendorRequest): VendorReply {
		const parsed = jsonObject(request);
		if (!parsed.ok) return failure('The request body could not be read');
		const { input, input_location: where, auto_start: start, auto_parse: parse } = parsed.value;
		if (where !== 'supplied') return failure("Only input_location 'supplied' is simulated");
		if (!Array.isArray(input) || input.length === 0) {
			return failure("Missing required parameter 'input'");
		}
		const rows = input.filter(isObject);
		if (rows.length < input.length) return failure("'input' must be a list of objects");
		if (!start || !parse) return failure('Without auto_parse and auto_start nothing is simulated');
		const distinct = [...new Map(rows.map((row) => [String(row['email']), row])).values()];
		if (credits < distinct.length) return usedUp();
		const id = 150_970 + jobs.size;
		jobs.set(id, {
			rows: distinct
				.map((data) => ({ data, verification: judge(String(data['email'])) }))
				.reverse(),
			readyAt: seed.now() + READY_MS,
		});
		return { ...success({ job_id: id }), wrote: true };
	}

	function status(query: Json): VendorReply {
		const job = jobs.get(Number(query['job_id']));
		if (!job) return failure('Could not find a job with that ID');
		const done = seed.now() >= job.readyAt;
		return success({
			id: Number(query['job_id']),
			job_status: done ? 'complete' : 'running',
			filename: 'lead-handoff.csv',
			total: { records: job.rows.length, billable: job.rows.length, processed: job.rows.length },
			bounce_estimate: 0,
			percent_complete: done ? 100 : 40,
			failure_reason: null,
		});
	}

	function results(query: Json): VendorReply {
		const job = jobs.get(Number(query['job_id']));
		if (!job) return failure('Could not find a job with that ID');
		if (seed.now() < job.readyAt)
			return failure('Results are not currently available for this job');
		const size = Number(query['items_per_page'] ?? 10);
		if (!(size >= 1 && size <= 1_000)) return failure("'items_per_page' must be from 1 to 1000");
		const page = Number(query['page'] ?? 1);
		return success({
			total_results: job.rows.length,
			total_pages: Math.max(1, Math.ceil(job.rows.length / size)),
			query: { job_id: Number(query['job_id']), items_per_page: size, page },
			results: job.rows.slice((page - 1) * size, page * size),
		});
	}

	function route(request: VendorRequest): VendorReply {
		const query = Object.fromEntries(request.query);
		if (!request.path.startsWith('/v4.2/')) return { status: 404 };
		if (!query['key']) return failure("Missing required parameter 'key'");
		if (query['key'] !== seed.secrets.neverbounceKey) return unauthorized();
		switch (`${request.method} ${request.path}`) {
			case 'GET /v4.2/single/check':
				return check(query);
			case 'POST /v4.2/jobs/create':
				return createJob(request);
			case 'GET /v4.2/jobs/status':
				return status(query);
			case 'GET /v4.2/jobs/results':
				return results(query);
			case 'GET /v4.2/account/info':
				return success({
					credits_info: { paid_credits_used: CREDITS - credits, paid_credits_remaining: credits },
					job_counts: { completed: jobs.size, under_review: 0, queued: 0, processing: 0 },
				});
			default:
				return { status: 404 };
		}
	}

	return {
		id: 'neverbounce',
		hosts: ['api.neverbounce.com'],
		handle: route,
		fail(status) {
			if (status === 401) return unauthorized();
			if (status === 402) return usedUp();
			if (status === 429) return said('throttle_triggered', 'The request was rate limited');
			return { status, body: {} };
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

const success = (body: Json): VendorReply => ({
	status: 200,
	body: { status: 'success', ...body, execution_time: 499 },
});
const said = (status: string, message: string): VendorReply => ({
	status: 200,
	body: { status, message, execution_time: 5 },
});
const failure = (message: string) => said('general_failure', message);
const unauthorized = () =>
	said('auth_failure', "We were unable to authenticate your request (invalid 'key')");
const usedUp = () => said('general_failure', 'Insufficient credit balance');
