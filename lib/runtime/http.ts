import type { ErrorCode } from '../domain/errors';
import { deadline, outOfTime } from './policies/deadline';
import { retry, type RetryPolicy } from './policies/retry';
import type { Sleep } from './policies/sleep';
import { wrap, type Budget, type Policy } from './policies/wrap';
import { vendorError } from './vendor-error';

/** One request to a vendor. Vendors describe it; the send decides how it leaves the process. */
export interface HttpRequest {
	readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	readonly url: string;
	readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
	readonly headers?: Readonly<Record<string, string>>;
	/** Sent as JSON. */
	readonly body?: unknown;
	/** Milliseconds for one try. Default: the client's. */
	readonly timeoutMs?: number;
	/** Whether the same request twice does no harm; a write that says so may be sent again after a 5xx or a lost answer. Default: true for GET only. */
	readonly idempotent?: boolean;
	/** Statuses that are an answer and not a failure, e.g. `[404]` where it means "nobody known". 2xx always is. */
	readonly accept?: readonly number[];
	/** What a refusal means, where the vendor's status alone misleads; `RATE_LIMITED` is retried as a 429 is. Undefined: as the status says. */
	readonly codeOf?: (response: HttpResponse) => ErrorCode | undefined;
}

export interface HttpResponse {
	readonly status: number;
	/** Lower-case names. */
	readonly headers: Readonly<Record<string, string>>;
	/** Parsed JSON, or the text when it is not JSON. */
	readonly body: unknown;
}

/** One try of a request. */
export type Try = HttpRequest & {
	readonly timeoutMs: number;
	/** Aborted: the answer is not wanted any more. Its reason is the `PipelineError` to fail with. */
	readonly signal?: AbortSignal | undefined;
};

/** How a request leaves the process. Answers every status; throws `TIMEOUT` or `UPSTREAM_UNAVAILABLE` when there is no answer. */
export type Send = (request: Try) => Promise<HttpResponse>;

/** What a vendor file receives: already authenticated, retried and bounded in time. Throws `PipelineError`. */
export interface Http {
	send(request: HttpRequest): Promise<HttpResponse>;
}

export type HttpCall = HttpRequest & Budget;
export type HttpPolicy = Policy<HttpCall, HttpResponse>;

export interface HttpOptions {
	/** Named in errors, lower case. */
	readonly vendor: string;
	/** Milliseconds for one try. */
	readonly timeoutMs?: number;
	readonly retry?: RetryPolicy;
	/** Epoch ms that no call and no wait may pass. Default: one minute from the call. */
	readonly deadlineAt?: number;
	/** Ends calls and waits early, e.g. when the execution is stopped. */
	readonly signal?: AbortSignal | undefined;
	/** Added to every call. */
	readonly headers?: Readonly<Record<string, string>>;
	/** Sent with every call as `X-Correlation-Id`, so that the vendor's log can be found from ours. */
	readonly correlationId?: string | undefined;
	/** Around each try, e.g. a circuit and a limit; within the deadline and the retries. */
	readonly policies?: readonly HttpPolicy[];
	readonly now?: () => number;
	readonly random?: () => number;
	readonly sleep?: Sleep;
}

const BUDGET_MS = 60_000;
const TIMEOUT_MS = 15_000;

/** Wraps a send with a deadline, retries and the given policies, and turns refusals into the catalogue's errors. */
export function httpClient(send: Send, options: HttpOptions): Http {
	const { vendor, now = Date.now } = options;

	const once = async (request: HttpCall) => {
		const left = request.deadlineAt - now();
		if (left <= 0) throw outOfTime(vendor);
		const timeoutMs = Math.min(left, request.timeoutMs ?? options.timeoutMs ?? TIMEOUT_MS);
		const headers = {
			...options.headers,
			...(options.correlationId && { 'x-correlation-id': options.correlationId }),
			...request.headers,
		};
		const response = await send({ ...request, headers, timeoutMs });
		const accepted = response.status < 300 || request.accept?.includes(response.status);
		if (accepted) return response;
		throw vendorError(vendor, response, now(), request.codeOf?.(response));
	};

	const call = wrap<HttpCall, HttpResponse>(
		deadline({ vendor, now }),
		retry<HttpCall, HttpResponse>({
			policy: options.retry,
			idempotent: isIdempotent,
			now,
			random: options.random,
			sleep: options.sleep,
		}),
		...(options.policies ?? []),
	)(once);

	return {
		async send(request) {
			const deadlineAt = options.deadlineAt ?? now() + BUDGET_MS;
			return await call({ ...request, deadlineAt, signal: options.signal });
		},
	};
}

export const isIdempotent = ({ idempotent, method }: HttpRequest) => idempotent ?? method === 'GET';
