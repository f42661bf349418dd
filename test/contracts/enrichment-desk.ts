import type { RetryPolicy } from '../../lib/runtime/policies/retry';
import type { Http } from '../../lib/runtime/http';
import { loadPersonas } from '../../sandbox/personas';
import { secrets } from '../../sandbox/secrets';
import { team } from '../../sandbox/team';
import type { Vendor } from '../../sandbox/vendors/port';
import type { EnrichmentSuite } from './enrichment.contract';
import { serveVendor, type Sign, type VendorServer } from './vendor-server';

/** The provider's simulator, a server before it, and a clock that only a test moves. */
export interface Desk {
	readonly server: VendorServer;
	readonly vendor: Vendor;
	/** Every wait between two tries, ms. */
	readonly slept: number[];
	http(options?: {
		readonly sign?: Sign;
		readonly retry?: RetryPolicy;
		readonly timeoutMs?: number;
		readonly maxBytes?: number;
	}): Http;
	pass(ms: number): void;
	/** Epoch ms. */
	now(): number;
	/** What the simulator has left; undefined where it does not count. */
	credits(): number | undefined;
}

export const START = Date.parse('2026-11-02T10:00:00.000Z');

/** A desk for the tests of one `describe`, back at its seed before each. */
export function useDesk({ provider, open, sign, ...suite }: EnrichmentSuite): Desk {
	let now = START;
	const slept: number[] = [];
	const seed = {
		personas: suite.personas ?? loadPersonas(),
		team,
		secrets: suite.secrets ?? secrets,
		now: () => now,
	};
	const vendor = open(seed);
	const used: { server?: VendorServer } = {};
	const server = () => {
		if (!used.server) throw new Error('The server is not started yet');
		return used.server;
	};
	beforeAll(async () => {
		used.server = await serveVendor(vendor);
	});
	beforeEach(() => {
		now = START;
		slept.length = 0;
		vendor.reset();
		server().trouble(undefined);
		server().requests.length = 0;
	});
	afterAll(() => used.server?.stop());
	return {
		get server() {
			return server();
		},
		vendor,
		slept,
		http: (options = {}) =>
			server().http({ vendor: provider.id, sign, now: () => now, slept, ...options }),
		now: () => now,
		pass: (ms) => {
			now += ms;
		},
		credits: () => {
			const { credits } = vendor.state();
			return typeof credits === 'number' ? credits : undefined;
		},
	};
}
