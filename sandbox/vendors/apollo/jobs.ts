import type { Persona } from '../../personas';
import type { Seed, VendorCallback, VendorReply } from '../port';

/** Ids are signed 64-bit numbers, written as such: beyond what a JavaScript number holds. */
const FIRST_ID = 1_039_995_589_705_121_900n;
const READY_MS = 25_000;
const KEPT_MS = 30 * 86_400_000;
const RETRY_AFTER_S = 10;
export const MOBILE_CREDITS = 8;

interface Job {
	readonly id: string;
	readonly url: string;
	readonly readyAt: number;
	readonly result: Readonly<Record<string, unknown>>;
	told: boolean;
}

export interface Wanted {
	readonly email: boolean;
	readonly phone: boolean;
	readonly url: string;
}

/** Waterfalls: begun with a match, polled or called back. https://docs.apollo.io/reference/poll-webhook-result */
export function openJobs(seed: Seed) {
	let jobs = new Map<string, Job>();

	return {
		/** The job's id, and what it will cost. */
		start(persona: Persona, wanted: Wanted): { readonly id: string; readonly credits: number } {
			const id = String(-(FIRST_ID + BigInt(jobs.size)));
			const { person, credits } = enriched(persona, wanted);
			const hit = person.phone_numbers.length + person.emails.length > 0;
			const result = {
				status: 'success',
				total_requested_enrichments: 1,
				records_enriched: hit ? 1 : 0,
				enrichment_not_found: hit ? 0 : 1,
				credits_consumed: credits,
				request_id: id,
				people: [person],
			};
			const readyAt = seed.now() + READY_MS;
			jobs.set(id, { id, url: wanted.url, readyAt, result, told: false });
			return { id, credits };
		},

		poll(id: string): VendorReply {
			if (!/^-?\d{1,19}$/.test(id))
				return { status: 400, body: { error_code: 'invalid_request_id' } };
			const job = jobs.get(id);
			if (!job) return { status: 404, body: { error_code: 'request_id_unknown' } };
			const now = seed.now();
			if (now < job.readyAt) {
				const body = { error_code: 'result_pending', retry_after_seconds: RETRY_AFTER_S };
				return { status: 404, body };
			}
			if (now > job.readyAt + KEPT_MS) {
				return { status: 410, body: { error_code: 'request_id_expired' } };
			}
			const body = {
				request_id: id,
				webhook_status: 'success',
				request_type: 'waterfall',
				last_dispatched_at: new Date(job.readyAt).toISOString(),
				failure_reason: null,
				webhook_result: job.result,
			};
			return { status: 200, body };
		},

		due(): VendorCallback[] {
			const ended = [...jobs.values()].filter(
				({ told, readyAt }) => !told && seed.now() >= readyAt,
			);
			return ended.map((job) => {
				job.told = true;
				return {
					url: job.url,
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify(job.result),
				};
			});
		},

		count: () => jobs.size,
		reset: () => (jobs = new Map()),
	};
}

function enriched({ apollo }: Persona, { email, phone }: Wanted) {
	const { waterfall, person } = apollo ?? {};
	const address = waterfall?.email ?? person?.email;
	const numbers = phone && waterfall?.phone ? [waterfall.phone] : [];
	return {
		person: {
			id: person?.id,
			waterfall: { emails: [{ vendors: [] }], phone_numbers: [{ vendors: [] }] },
			phone_numbers: numbers.map((number, position) => ({
				raw_number: number,
				sanitized_number: number,
				status_cd: 'valid_number',
				type_cd: 'mobile',
				position,
			})),
			emails:
				email && address ? [{ email: address, email_status_cd: 'Verified', position: 0 }] : [],
		},
		credits: numbers.length * MOBILE_CREDITS,
	};
}
