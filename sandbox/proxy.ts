import { getLocal, type CompletedRequest } from 'mockttp';
import type { CertificateAuthority } from './certificate';
import { freePort } from './host/ports';
import type { VendorReply, VendorRequest } from './vendors/port';

/** `reset`: the connection breaks without an answer. */
export type Answer = (request: VendorRequest) => Promise<VendorReply | 'reset'>;

export interface Proxy {
	readonly url: string;
	stop(): Promise<void>;
}

/** An intercepting proxy: every request, to whatever host, meets `answer`. Nothing is passed on. */
export async function startProxy(options: {
	readonly ca: CertificateAuthority;
	readonly port?: number | undefined;
	readonly answer: Answer;
}): Promise<Proxy> {
	const server = getLocal({
		https: { key: options.ca.key, cert: options.ca.cert },
		http2: false,
		recordTraffic: false,
		suggestChanges: false,
	});
	// mockttp counts up from 8000 by itself, where two starts at once meet.
	await server.start(options.port ?? (await freePort()));
	await server
		.forAnyRequest()
		.always()
		.thenCallback(async (request) => {
			// mockttp listens on every interface; only this machine is answered.
			if (!isLoopback(request.remoteIpAddress)) return 'reset';
			const reply = await options.answer(await toVendorRequest(request));
			return reply === 'reset' ? reply : toResponse(reply);
		});
	return { url: `http://127.0.0.1:${server.port}`, stop: () => server.stop() };
}

async function toVendorRequest(request: CompletedRequest): Promise<VendorRequest> {
	const url = new URL(request.url);
	return {
		method: request.method,
		host: url.hostname,
		path: url.pathname,
		query: url.searchParams,
		headers: Object.fromEntries(
			Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
		),
		body: (await request.body.getText()) ?? '',
	};
}

function toResponse(reply: VendorReply) {
	if (reply.body === undefined) return { statusCode: reply.status, headers: { ...reply.headers } };
	const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
	const body = Buffer.from(text, 'utf8');
	return {
		statusCode: reply.status,
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-length': String(body.length),
			...reply.headers,
		},
		rawBody: body,
	};
}

function isLoopback(address: string | undefined): boolean {
	return address === undefined || /^(::1|(::ffff:)?127\.)/.test(address);
}
