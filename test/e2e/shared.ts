import type { Booted } from './boot';

declare global {
	/**
	 * Jest gives every test file a context of its own; the booted host lives in the one outside, and
	 * the environment hands it in under the same name.
	 */
	var leadHandoffHost: Booted | undefined;
}

export function putHost(host: Booted): void {
	globalThis.leadHandoffHost = host;
}

export function getHost(): Booted {
	const host = globalThis.leadHandoffHost;
	if (!host) throw new Error('run jest with -c test/e2e/jest.config.js --runInBand');
	return host;
}
