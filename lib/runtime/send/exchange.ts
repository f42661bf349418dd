import { request as httpRequest, type ClientRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import axios, { type AxiosResponse } from 'axios';
import { PipelineError } from '../../domain/errors';
import type { HttpResponse } from '../http';
import { parseJson } from '../json';
import { phaseClock, type PhaseLimits } from './phases';
import type { Pool } from './pool';
import { endTunnelWith } from './tunnel';

/** One request to one address: signed, serialized, no redirect followed. */
export interface Letter {
	readonly method: string;
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | undefined;
}

export interface Post {
	readonly vendor: string;
	readonly pool: Pool;
	readonly limits: PhaseLimits;
	readonly maxBytes: number;
	readonly signal?: AbortSignal | undefined;
	/** Whether the same letter twice does no harm. */
	readonly idempotent: boolean;
}

interface Sent {
	request?: ClientRequest;
	answered: boolean;
}

/**
 * Sends a letter over a pooled connection and reads the whole answer. A connection that the other side
 * closed while it lay idle is noticed only when it is used: what may be repeated goes out again on
 * another one at once (RFC 9112 section 9.3.1).
 */
export async function exchange(letter: Letter, post: Post): Promise<HttpResponse> {
	for (;;) {
		const sent: Sent = { answered: false };
		try {
			return toResponse(await once(letter, post, sent));
		} catch (error) {
			const stale = sent.request?.reusedSocket && !sent.answered && isReset(error);
			if (!stale || !post.idempotent) throw error;
		}
	}
}

const isReset = (error: unknown) =>
	error instanceof Error && 'code' in error && ['ECONNRESET', 'EPIPE'].includes(String(error.code));

async function once(letter: Letter, post: Post, sent: Sent) {
	const { vendor, pool, limits, maxBytes, signal } = post;
	const secure = letter.url.protocol === 'https:';
	const agent = pool.agentFor(letter.url);
	const abort = new AbortController();
	const stop = () => abort.abort(signal?.reason);
	const clock = phaseClock(vendor, limits, (late) => abort.abort(late));
	signal?.throwIfAborted();
	signal?.addEventListener('abort', stop, { once: true });
	try {
		return await axios.request<Buffer>({
			method: letter.method,
			url: letter.url.href,
			headers: { ...letter.headers },
			data: letter.body,
			[secure ? 'httpsAgent' : 'httpAgent']: agent,
			transport: {
				request(options: RequestOptions, then: () => void) {
					sent.request = (secure ? httpsRequest : httpRequest)(options, then);
					sent.request.once('response', () => (sent.answered = true));
					clock.watch(sent.request, secure);
					endTunnelWith(sent.request, abort.signal);
					return sent.request;
				},
			},
			signal: abort.signal,
			proxy: false,
			maxRedirects: 0,
			maxContentLength: maxBytes,
			responseType: 'arraybuffer',
			transformRequest: (data: unknown) => data,
			validateStatus: () => true,
		});
	} catch (error) {
		if (abort.signal.aborted) throw abort.signal.reason;
		throw tooLarge(error, post) ?? error;
	} finally {
		clock.stop();
		signal?.removeEventListener('abort', stop);
	}
}

function tooLarge(error: unknown, { vendor, maxBytes }: Post) {
	if (!axios.isAxiosError(error) || !error.message.startsWith('maxContentLength')) return undefined;
	const message = `${vendor} answered with more than ${maxBytes} bytes`;
	return new PipelineError('UPSTREAM_UNAVAILABLE', message, { vendor });
}

function toResponse({ status, headers, data }: AxiosResponse<Buffer>): HttpResponse {
	const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
	return { status, headers: Object.fromEntries(lower), body: parseBody(data.toString('utf8')) };
}

/** JSON whatever the content type says: vendors forget it. Anything else stays text. */
function parseBody(text: string): unknown {
	try {
		return parseJson(text);
	} catch {
		return text;
	}
}
