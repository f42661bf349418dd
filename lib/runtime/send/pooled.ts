import { PipelineError } from '../../domain/errors';
import { isIdempotent, type HttpResponse, type Send, type Try } from '../http';
import type { Egress } from './egress';
import { exchange, type Letter, type Post } from './exchange';
import { noAnswer } from './no-answer';
import type { PhaseLimits } from './phases';
import type { Pool } from './pool';

export interface PooledOptions {
	/** Named in errors. */
	readonly vendor: string;
	readonly pool: Pool;
	readonly egress: Egress;
	/** Default: 5 s to connect, the whole try for the headers, 10 s for the body. All within the try's `timeoutMs`. */
	readonly limits?: Partial<PhaseLimits>;
	/** Default: 10 MB, unpacked. */
	readonly maxBytes?: number;
}

const MAX_BYTES = 10 * 1024 * 1024;
const MAX_HOPS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * A send of signed requests over kept connections; n8n's own helper opens one for each call. Obeys the
 * instance's egress policy and proxy, and follows redirects one by one.
 */
export function pooledSend(options: PooledOptions): Send {
	const { vendor, pool, egress, maxBytes = MAX_BYTES } = options;
	return async (request) => {
		const { timeoutMs, signal } = request;
		const limits = limitsWithin(timeoutMs, options.limits);
		const whole = within(timeoutMs, vendor, signal);
		const idempotent = isIdempotent(request);
		const post: Post = { vendor, pool, limits, maxBytes, idempotent, signal: whole.signal };
		try {
			return await travel(toLetter(request), post, egress);
		} catch (error) {
			throw noAnswer(error, { vendor, timeoutMs });
		} finally {
			whole.end();
		}
	};
}

async function travel(first: Letter, post: Post, egress: Egress): Promise<HttpResponse> {
	let letter = first;
	for (let hop = 0; hop <= MAX_HOPS; hop += 1) {
		await egress.check(letter.url);
		const response = await exchange(letter, post);
		const location = response.headers['location'];
		if (!REDIRECTS.has(response.status) || !location) return response;
		letter = forward(letter, { status: response.status, location, vendor: post.vendor });
		egress.checkRedirect(letter.url);
	}
	throw astray(post.vendor, `redirected more than ${MAX_HOPS} times`);
}

/** What a stranger may see: neither the credential, in whichever header it is, nor cookies. */
const HARMLESS = new Set(['accept', 'user-agent', 'x-correlation-id']);

/** The letter for the next address (RFC 9110 section 15.4). Nothing that was meant for one host reaches another. */
function forward(
	letter: Letter,
	{ status, location, vendor }: { status: number; location: string; vendor: string },
): Letter {
	const base = letter.url.href;
	const url = URL.canParse(location, base) ? new URL(location, base) : undefined;
	if (!url || !['https:', 'http:'].includes(url.protocol)) {
		throw astray(vendor, 'redirected to something that is no address');
	}
	if (url.protocol === 'http:' && letter.url.protocol === 'https:') {
		throw astray(vendor, 'redirected to an address without TLS');
	}
	const asGet = status === 303 || (status < 303 && letter.method === 'POST');
	const sameOrigin = url.origin === letter.url.origin;
	const body = asGet ? undefined : letter.body;
	if (!sameOrigin && body !== undefined) throw astray(vendor, `redirected a write to ${url.host}`);
	const kept = Object.entries(letter.headers).filter(
		([name]) =>
			(sameOrigin || HARMLESS.has(name)) && !(body === undefined && name.startsWith('content-')),
	);
	return {
		method: asGet ? 'GET' : letter.method,
		url,
		headers: Object.fromEntries(kept),
		body,
	};
}

const astray = (vendor: string, what: string) =>
	new PipelineError('UPSTREAM_UNAVAILABLE', `${vendor} ${what}`, { vendor });

function toLetter({ method, url, query, headers, body }: Try): Letter {
	const target = new URL(url);
	for (const [name, value] of Object.entries(query ?? {})) {
		if (value !== undefined) target.searchParams.append(name, String(value));
	}
	const lower = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
	return {
		method,
		url: target,
		headers: {
			accept: 'application/json',
			'user-agent': 'n8n-nodes-lead-handoff',
			...(body !== undefined && { 'content-type': 'application/json' }),
			...Object.fromEntries(lower),
		},
		body: body === undefined ? undefined : JSON.stringify(body),
	};
}

const limitsWithin = (timeoutMs: number, wanted: Partial<PhaseLimits> = {}): PhaseLimits => ({
	connectMs: Math.min(timeoutMs, wanted.connectMs ?? 5_000),
	headersMs: Math.min(timeoutMs, wanted.headersMs ?? timeoutMs),
	bodyMs: Math.min(timeoutMs, wanted.bodyMs ?? 10_000),
});

/** The try's own end, over all hops, besides the caller's. */
function within(timeoutMs: number, vendor: string, signal: AbortSignal | undefined) {
	const abort = new AbortController();
	const stop = () => abort.abort(signal?.reason);
	const late = `${vendor} did not answer within ${timeoutMs} ms`;
	const end = () => abort.abort(new PipelineError('TIMEOUT', late, { vendor }));
	const timer = setTimeout(end, timeoutMs);
	if (signal?.aborted) stop();
	signal?.addEventListener('abort', stop, { once: true });
	return {
		signal: abort.signal,
		end() {
			clearTimeout(timer);
			signal?.removeEventListener('abort', stop);
		},
	};
}
