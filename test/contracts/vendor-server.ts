import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpClient, type Http, type Send, type Try } from '../../lib/runtime/http';
import { connectionPool } from '../../lib/runtime/send/pool';
import { pooledSend } from '../../lib/runtime/send/pooled';
import type { RetryPolicy } from '../../lib/runtime/policies/retry';
import type { Vendor, VendorReply, VendorRequest } from '../../sandbox/vendors/port';

/** What happens to the next calls instead of, or to, the vendor's own answer. */
export type Trouble =
	| { readonly kind: 'reply'; readonly reply: VendorReply }
	/** The vendor's answer, changed on its way. */
	| { readonly kind: 'change'; readonly change: (text: string) => string }
	/** Nothing comes. */
	| { readonly kind: 'silence' }
	/** Headers and half of the body come; the rest never does. */
	| { readonly kind: 'slow-body' }
	| { readonly kind: 'reset' };

export interface VendorServer {
	/** In the order of arrival. */
	readonly requests: VendorRequest[];
	/** For every call from now on; undefined: none. */
	trouble(trouble: Trouble | undefined): void;
	/** A client as the node has it: the real send over a real socket, signed with `sign`. */
	http(options: ClientOptions): Http;
	stop(): Promise<void>;
}

export interface ClientOptions {
	readonly vendor: string;
	readonly sign: Sign;
	readonly now: () => number;
	readonly retry?: RetryPolicy;
	/** Told of every wait between two tries, ms; nobody really waits. */
	readonly slept?: number[];
	/** For one try. Default: 5,000. */
	readonly timeoutMs?: number;
	readonly maxBytes?: number;
}

/** How a credential signs. */
export type Sign = (request: Try) => Try | Promise<Try>;

const ORIGINAL_HOST = 'x-original-host';

/** A simulator behind a real HTTP server on this machine; requests keep their host in a header. */
export async function serveVendor(vendor: Vendor): Promise<VendorServer> {
	const requests: VendorRequest[] = [];
	let current: Trouble | undefined;
	const server = createServer((incoming, response) => {
		void readRequest(incoming).then((request) => {
			requests.push(request);
			void answer(vendor, { request, response, trouble: current });
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const pool = connectionPool({ proxyFor: () => '' });

	return {
		requests,
		trouble: (trouble) => (current = trouble),
		http({ vendor: name, sign, now, retry, slept, timeoutMs = 5_000, maxBytes }) {
			const pooled = pooledSend({
				vendor: name,
				pool,
				egress: { check: () => Promise.resolve(), checkRedirect: () => undefined },
				...(maxBytes && { maxBytes }),
			});
			const send: Send = async (request) => await pooled(moved(await sign(request), port));
			return httpClient(send, {
				vendor: name,
				timeoutMs,
				now,
				random: () => 1,
				retry: retry ?? { tries: 1, baseMs: 1, maxMs: 1 },
				sleep: async (ms) => void slept?.push(ms),
			});
		},
		async stop() {
			pool.close();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function moved(request: Try, port: number): Try {
	const url = new URL(request.url);
	const headers = { ...request.headers, [ORIGINAL_HOST]: url.hostname };
	return { ...request, headers, url: `http://127.0.0.1:${port}${url.pathname}${url.search}` };
}

async function readRequest(incoming: IncomingMessage): Promise<VendorRequest> {
	let body = '';
	for await (const chunk of incoming.setEncoding('utf8')) body += chunk;
	const url = new URL(incoming.url ?? '/', 'http://vendor');
	const { [ORIGINAL_HOST]: host, ...headers } = incoming.headers as Record<string, string>;
	return {
		method: incoming.method ?? 'GET',
		host: host ?? '',
		path: url.pathname,
		query: url.searchParams,
		headers,
		body,
	};
}

async function answer(
	vendor: Vendor,
	call: { request: VendorRequest; response: ServerResponse; trouble: Trouble | undefined },
) {
	const { request, response, trouble } = call;
	if (trouble?.kind === 'silence') return;
	if (trouble?.kind === 'reset') return void response.destroy();
	if (!vendor.hosts.includes(request.host)) throw new Error(`${vendor.id}: ${request.host}?`);
	const { status, headers, body } =
		trouble?.kind === 'reply' ? trouble.reply : await vendor.handle(request);
	const written = typeof body === 'string' ? body : JSON.stringify(body ?? '');
	const text = trouble?.kind === 'change' ? trouble.change(written) : written;
	const bytes = Buffer.from(body === undefined ? '' : text);
	response.writeHead(status, {
		'content-type': 'application/json; charset=utf-8',
		'content-length': bytes.length,
		...headers,
	});
	if (trouble?.kind !== 'slow-body') return void response.end(bytes);
	response.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
}
