import { PipelineError, type ErrorCode } from '../domain/errors';
import { DEFAULT_RETRY, mayRepeat, retryDelay, type RetryPolicy } from './policies/retry';
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

/** How a request leaves the process. Answers every status; throws `TIMEOUT` or `UPSTREAM_UNAVAILABLE` when there is no answer. */
export type Send = (request: HttpRequest & { readonly timeoutMs: number }) => Promise<HttpResponse>;

/** What a vendor file receives: already authenticated, retried and bounded in time. Throws `PipelineError`. */
export interface Http {
	send(request: HttpRequest): Promise<HttpResponse>;
}

export interface HttpOptions {
	/** Named in errors, lower case. */
	readonly vendor: string;
	/** Milliseconds for one try. */
	readonly timeoutMs?: number;
	readonly retry?: RetryPolicy;
	/** Epoch ms that no call and no wait may pass. Default: one minute from the call. */
	readonly deadlineAt?: number;
	/** Added to every call. */
	readonly headers?: Readonly<Record<string, string>>;
	readonly now?: () => number;
	readonly random?: () => number;
	readonly sleep?: (ms: number) => Promise<void>;
}

const BUDGET_MS = 60_000;
const TIMEOUT_MS = 15_000;

/** Wraps a send with retries inside a deadline, and turns refusals into the catalogue's errors. */
export function httpClient(send: Send, options: HttpOptions): Http {
	const now = options.now ?? Date.now;
	const random = options.random ?? Math.random;
	const sleep = options.sleep ?? ((ms) => new Promise((done) => setTimeout(done, ms)));
	const retry = options.retry ?? DEFAULT_RETRY;

	const once = async (request: HttpRequest, deadlineAt: number) => {
		const left = deadlineAt - now();
		if (left <= 0) {
			throw new PipelineError('TIMEOUT', `No time was left to call ${options.vendor}`, options);
		}
		const timeoutMs = Math.min(left, request.timeoutMs ?? options.timeoutMs ?? TIMEOUT_MS);
		const headers = { ...options.headers, ...request.headers };
		const response = await send({ ...request, headers, timeoutMs });
		const accepted = response.status < 300 || request.accept?.includes(response.status);
		if (!accepted) {
			throw vendorError(options.vendor, response, now(), request.codeOf?.(response));
		}
		return response;
	};

	return {
		async send(request) {
			const deadlineAt = options.deadlineAt ?? now() + BUDGET_MS;
			const idempotent = request.idempotent ?? request.method === 'GET';
			for (let attempt = 1; ; attempt += 1) {
				try {
					return await once(request, deadlineAt);
				} catch (error) {
					if (!(error instanceof PipelineError)) throw error;
					const { retryAfterMs } = error.details;
					const status = error.code === 'RATE_LIMITED' ? 429 : error.details.status;
					const delay = mayRepeat(status ?? 'no-answer', idempotent)
						? retryDelay(retry, { attempt, retryAfterMs, now: now(), deadlineAt, random: random() })
						: undefined;
					if (delay === undefined) throw error;
					await sleep(delay);
				}
			}
		},
	};
}
