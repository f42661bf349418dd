import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { getProxyForUrl } from 'proxy-from-env';
import { TunnelAgent } from './tunnel';

export interface PoolOptions {
	/** Resolves names of direct connections. */
	readonly lookup?: LookupFunction | undefined;
	/** The proxy for an address, or ''. Default: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, read at each call. */
	readonly proxyFor?: (url: string) => string;
	/** Idle connections are closed after this. Ms. */
	readonly idleMs?: number;
	/** Certificate authorities instead of Node's own (which knows NODE_EXTRA_CA_CERTS). */
	readonly ca?: string;
}

export type Pool = ReturnType<typeof connectionPool>;

/** Shorter than the idle time of the usual gateways (60 s and more), so that it is us who hang up. */
const IDLE_MS = 15_000;

/**
 * Connections that are kept and used again, per way out: direct, or through a proxy. TLS 1.2 or newer.
 * Idle ones do not keep the process alive.
 */
export function connectionPool({
	lookup,
	proxyFor = getProxyForUrl,
	idleMs = IDLE_MS,
	ca,
}: PoolOptions = {}) {
	const options = {
		keepAlive: true,
		timeout: idleMs,
		minVersion: 'TLSv1.2',
		...(ca && { ca }),
	} as const;
	const direct = { ...options, ...(lookup && { lookup }) };
	const agents = new Map<string, HttpAgent>();

	const make = (proxy: string, secure: boolean): HttpAgent => {
		if (proxy) return new TunnelAgent(proxy, options);
		return secure ? new HttpsAgent(direct) : new HttpAgent(direct);
	};

	return {
		agentFor(url: URL): HttpAgent {
			const proxy = proxyFor(url.href);
			const secure = url.protocol === 'https:';
			const key = proxy || url.protocol;
			const agent = agents.get(key) ?? make(proxy, secure);
			agents.set(key, agent);
			return agent;
		},
		close() {
			for (const agent of agents.values()) agent.destroy();
			agents.clear();
		},
	};
}
