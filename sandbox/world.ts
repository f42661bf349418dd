import { join } from 'node:path';
import { cacheDir } from './cache-dir';
import { startCallbacks } from './callbacks';
import { openCallLog, type VendorCall } from './calls';
import { certificateAuthority } from './certificate';
import { startControl } from './control';
import { openFaultBook, type Fault } from './faults';
import { loadPersonas } from './personas';
import { startProxy } from './proxy';
import { secrets } from './secrets';
import { team } from './team';
import { openVendors } from './vendors';
import { openSwitchboard } from './switchboard';
import type { VendorId } from './vendors/port';

export interface WorldOptions {
	/** Default: a free one. */
	readonly proxyPort?: number;
	/** Default: a free one. */
	readonly controlPort?: number;
	/** Added to every vendor call. Default: 0. */
	readonly latencyMs?: number;
	/** Where the certificate authority is kept. Default: `world` in the cache folder. */
	readonly dir?: string;
}

export interface World {
	/** For HTTPS_PROXY. */
	readonly proxyUrl: string;
	/** For NODE_EXTRA_CA_CERTS. */
	readonly caCertPath: string;
	readonly controlUrl: string;
	calls(filter?: { vendor?: string; since?: string }): VendorCall[];
	/** What every vendor knows, by vendor. */
	state(): Record<VendorId, Record<string, unknown>>;
	setFault(vendor: VendorId, fault: Fault): void;
	/** One vendor's, or all. */
	clearFaults(vendor?: VendorId): void;
	/** What a vendor does to its subscriptions when deliveries have failed for so long. */
	failDeliveries(vendor: VendorId, hours: number): void;
	/** Back to the seed: no faults, no calls, no writes. */
	reset(): void;
	stop(): Promise<void>;
}

/**
 * Starts a world of simulated vendors behind an intercepting HTTPS proxy on this machine.
 * A program with HTTPS_PROXY and NODE_EXTRA_CA_CERTS set meets them at the vendors' real URLs.
 */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
	const ca = await certificateAuthority(options.dir ?? join(cacheDir(), 'world'));
	const personas = loadPersonas();
	const vendors = openVendors({ personas, team, secrets, now: Date.now });
	const faults = openFaultBook(Math.random);
	const log = openCallLog();
	const switchboard = openSwitchboard({ vendors, faults, log, latencyMs: options.latencyMs ?? 0 });
	const proxy = await startProxy({ ca, port: options.proxyPort, answer: switchboard.answer });
	const callbacks = startCallbacks(vendors);

	const world = {
		calls: log.list,
		state: () =>
			Object.fromEntries(vendors.map((vendor) => [vendor.id, vendor.state()])) as ReturnType<
				World['state']
			>,
		setFault: faults.set,
		clearFaults: faults.clear,
		failDeliveries: (id: VendorId, hours: number) =>
			vendors.find((vendor) => vendor.id === id)?.failDeliveries?.(hours),
		reset() {
			faults.clear();
			log.clear();
			for (const vendor of vendors) vendor.reset();
		},
	};
	const control = await startControl({
		...world,
		faults: faults.list,
		personas,
		proxyUrl: proxy.url,
		caCertPath: ca.certPath,
		port: options.controlPort,
	});

	return {
		...world,
		proxyUrl: proxy.url,
		caCertPath: ca.certPath,
		controlUrl: control.url,
		async stop() {
			switchboard.hangUp();
			callbacks.stop();
			await Promise.all([proxy.stop(), control.stop()]);
		},
	};
}
