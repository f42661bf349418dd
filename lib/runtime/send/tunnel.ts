import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { HttpsProxyAgent, type HttpsProxyAgentOptions } from 'https-proxy-agent';

/** Who still wants which request: Node does not tell an agent that a request was given up before it had a socket. */
const wanted = new WeakMap<ClientRequest, AbortSignal>();

/** From now on giving up the request also ends a tunnel that is still being made for it. */
export const endTunnelWith = (request: ClientRequest, signal: AbortSignal) =>
	void wanted.set(request, signal);

/**
 * A keep-alive agent through an HTTP proxy. https-proxy-agent makes the tunnel; three things are added:
 * the TLS options hold for the vendor's end too, a request that is given up closes a tunnel that is
 * still being made, and the proxy's refusal is an error and not taken for the vendor's answer.
 */
export class TunnelAgent extends HttpsProxyAgent<string> {
	constructor(proxy: string, options: HttpsProxyAgentOptions<string>) {
		super(proxy, options);
		// The library drops them, and Node merges them into every request.
		Object.assign(this.options, options);
	}

	override async connect(
		request: ClientRequest,
		options: Parameters<HttpsProxyAgent<string>['connect']>[1],
	): Promise<Socket> {
		const abort = new AbortController();
		const giveUp = () => abort.abort();
		const said = { status: 0 };
		const hear = (answer: { statusCode: number }) => (said.status = answer.statusCode);
		const signal = wanted.get(request);
		signal?.addEventListener('abort', giveUp, { once: true });
		request.once('proxyConnect', hear);
		try {
			const bound: this = Object.create(this, {
				connectOpts: { value: { ...this.connectOpts, signal: abort.signal } },
			});
			const socket = await super.connect.call(bound, request, options);
			if (said.status === 200) return socket;
			socket.destroy();
			throw Object.assign(new Error(`The proxy answered ${said.status}`), { code: 'EPROXY' });
		} finally {
			signal?.removeEventListener('abort', giveUp);
			request.off('proxyConnect', hear);
		}
	}
}
