import type { LookupFunction } from 'node:net';

/**
 * Where calls may go, as the operator of the instance has decided. Refuses with `CONFIG_INVALID`.
 * Three looks, because a name can mean another address a moment later: before the call, at a redirect,
 * and when the name is resolved to connect.
 */
export interface Egress {
	check(url: URL): Promise<void>;
	checkRedirect(url: URL): void;
	/** For direct connections; behind a proxy the proxy resolves names. */
	readonly lookup?: LookupFunction;
}
