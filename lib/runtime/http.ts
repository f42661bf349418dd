/** One request to a vendor. Vendors describe it; the send decides how it leaves the process. */
export interface HttpRequest {
	readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	readonly url: string;
	readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
	readonly headers?: Readonly<Record<string, string>>;
	/** Sent as JSON. */
	readonly body?: unknown;
	/** Milliseconds for the whole call. Default: the client's. */
	readonly timeoutMs?: number;
	/** Whether the same request twice does no harm; decides whether a network failure may be retried. Default: true for GET only. */
	readonly idempotent?: boolean;
	/** Statuses that are an answer and not a failure, e.g. `[404]` where it means "nobody known". 2xx always is. */
	readonly accept?: readonly number[];
}

export interface HttpResponse {
	readonly status: number;
	/** Lower-case names. */
	readonly headers: Readonly<Record<string, string>>;
	/** Parsed JSON, or the text when it is not JSON. */
	readonly body: unknown;
}

/** How a request leaves the process. Answers every status; throws only when there is no answer. */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;

/** What a vendor file receives: already authenticated, retried and bounded in time. Throws `PipelineError`. */
export interface Http {
	send(request: HttpRequest): Promise<HttpResponse>;
}
