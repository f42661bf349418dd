import { z } from 'zod';
import { facts, loose } from '../../../domain/enrichment-facts';
import { PipelineError } from '../../../domain/errors';
import { maskValue } from '../../../domain/mask';
import { readAnswer } from '../../../runtime/answer';
import type { HttpResponse } from '../../../runtime/http';
import { parseJson } from '../../../runtime/json';
import { vendorError } from '../../../runtime/vendor-error';
import { apiVersion } from '../../api-version';
import type { FieldPath, LaterLookup, Lookup } from '../port';
import { knowsSomething, parts, present } from '../wire';
import { PersonAnswer, RequestId } from './answers';
import { ask, BASE, detailsOf } from './ask';

const Result = z.object({
	request_id: RequestId,
	credits_consumed: loose.number,
	people: parts({
		id: loose.text,
		emails: parts({ email: loose.text }),
		phone_numbers: parts({ sanitized_number: loose.text }),
	}),
});
const Polled = z.object({ webhook_result: Result });
const NotReady = z.object({ error_code: loose.text, retry_after_seconds: loose.number });

/** For a person that Apollo does not know, or of whom it has nothing wanted: there is nothing to wait for. */
const NOBODY = 'nobody';
const FOUND_LATER: readonly FieldPath[] = ['identity.email', 'identity.phone'];
const FIRST_POLL_MS = 30_000;
const POLL_MS = 10_000;
/** The person itself, at the start; phone numbers and addresses are in the result's own count. */
const PERSON_CREDITS = 1;
/**
 * What is set aside; what is booked is Apollo's own count. It names the prices only to who is signed in
 * (https://docs.apollo.io/docs/api-pricing): a mobile number has cost 8, an address is taken for 1.
 */
const EMAIL_CREDITS = 1;
const PHONE_CREDITS = 8;

/**
 * Phone number and address through the data sources that the team has set up in Apollo, minutes later.
 * One person a job: a result names people by Apollo's ids alone and leaves out those who are unknown.
 * https://docs.apollo.io/docs/enrich-phone-and-email-using-data-waterfall
 */
export const phoneAndEmailLater: LaterLookup = {
	size: 1,

	creditsAtMost: (wanted) =>
		PERSON_CREDITS +
		(wanted.includes('identity.email') ? EMAIL_CREDITS : 0) +
		(wanted.includes('identity.phone') ? PHONE_CREDITS : 0),

	async start([lead], http, callbackUrl, wanted = FOUND_LATER) {
		if (!lead || !callbackUrl) throw cannotStart(callbackUrl);
		const email = !lead.identity.email && wanted.includes('identity.email');
		const phone = wanted.includes('identity.phone');
		if (!email && !phone) return { jobId: NOBODY, pollAfterMs: 1 };
		const response = await ask(http, {
			method: 'POST',
			url: `${BASE}/people/match`,
			body: {
				...detailsOf(lead),
				reveal_personal_emails: false,
				run_waterfall_email: email,
				run_waterfall_phone: phone,
				webhook_url: callbackUrl,
			},
		});
		const { person, request_id, waterfall } = readAnswer(PersonAnswer, response, 'apollo');
		if (!person?.id) return { jobId: NOBODY, pollAfterMs: 1 };
		if (!request_id) throw notAccepted(response, waterfall?.message);
		return { jobId: request_id, pollAfterMs: FIRST_POLL_MS };
	},

	// https://docs.apollo.io/reference/poll-webhook-result
	async collect(jobId, http) {
		if (jobId === NOBODY) return { state: 'done', lookups: [{ kind: 'no-match', credits: 0 }] };
		if (!RequestId.parse(jobId)) throw unknownJob(jobId);
		const response = await ask(http, {
			method: 'GET',
			url: `${BASE}/webhook_result/${jobId}`,
			accept: [400, 404, 410],
		});
		if (response.status < 300) {
			const { webhook_result } = readAnswer(Polled, response, 'apollo');
			return { state: 'done', lookups: [{ ...lookupOf(webhook_result), ...apiVersion(response) }] };
		}
		const { error_code, retry_after_seconds: seconds } = readAnswer(NotReady, response, 'apollo');
		if (error_code !== 'result_pending') throw unknownJob(jobId);
		return { state: 'pending', pollAfterMs: seconds ? seconds * 1_000 : POLL_MS };
	},

	/** As text or parsed. Without a `request_id` it cannot be placed; the job can still be collected. */
	readCallback(body) {
		const read = Result.safeParse(typeof body === 'string' ? fromText(body) : body);
		if (!read.success || !read.data.request_id) return null;
		return { jobId: read.data.request_id, lookups: [lookupOf(read.data)] };
	},
};

function lookupOf({ people, credits_consumed }: z.infer<typeof Result>): Lookup {
	const [person] = present(people);
	const credits = PERSON_CREDITS + (credits_consumed ?? 0);
	const fields = facts({
		'identity.email': present(person?.emails)[0]?.email,
		'identity.phone': present(person?.phone_numbers)[0]?.sanitized_number,
	});
	return knowsSomething(fields)
		? { kind: 'found', fields, credits }
		: { kind: 'no-match', credits };
}

function fromText(text: string): unknown {
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
}

const cannotStart = (callbackUrl: string | undefined) =>
	new PipelineError(
		callbackUrl ? 'INVALID_INPUT' : 'CONFIG_INVALID',
		callbackUrl
			? 'apollo was given a job without a lead'
			: 'apollo looks for phone numbers only with a callback URL: set one, even where the result is polled for',
		{ vendor: 'apollo' },
	);

const notAccepted = (response: HttpResponse, reason: string | null | undefined) => {
	const said = vendorError('apollo', { ...response, body: { message: reason ?? '' } }, 0);
	return new PipelineError(
		'CONFIG_INVALID',
		`${said.message}, and started no waterfall. Set it up in Apollo under Settings, Waterfall enrichment`,
		{ vendor: 'apollo' },
	);
};

const unknownJob = (jobId: string) =>
	new PipelineError(
		'INVALID_INPUT',
		`apollo does not know the job ${maskValue(jobId)}, or its result is older than 30 days`,
		{ vendor: 'apollo' },
	);
