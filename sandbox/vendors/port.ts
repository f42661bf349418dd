import type { Persona } from '../personas';
import type { Secrets } from '../secrets';
import type { Rep } from '../team';

export const VENDOR_IDS = [
	'hubspot',
	'apollo',
	'hunter',
	'google-calendar',
	'slack',
	'adobe',
	'dropcontact',
	'fullenrich',
	'clay',
	'zerobounce',
	'neverbounce',
	'clearbit',
	'pdl',
	'zoominfo',
	'own-api',
	'calendly',
	'typeform',
	'microsoft-graph',
] as const;

export type VendorId = (typeof VENDOR_IDS)[number];

export interface VendorRequest {
	readonly method: string;
	readonly host: string;
	/** Without the query; percent-encoding as sent. */
	readonly path: string;
	readonly query: URLSearchParams;
	/** Lower-case names. */
	readonly headers: Readonly<Record<string, string>>;
	/** As sent. */
	readonly body: string;
}

export interface VendorReply {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** An object goes out as JSON, a string as it is; absent: no body. */
	readonly body?: unknown;
	/** The call changed something (or cost something) at the vendor. */
	readonly wrote?: boolean;
}

/** A request that the vendor makes of its own accord, when a job of it has ended. */
export interface VendorCallback {
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	/** As sent. */
	readonly body: string;
}

/**
 * One simulated vendor. `handle` is synchronous, so that every call is one atomic step; a promise is for
 * vendors that themselves call somebody before they answer.
 */
export interface Vendor {
	readonly id: VendorId;
	readonly hosts: readonly string[];
	handle(request: VendorRequest): VendorReply | Promise<VendorReply>;
	/** What the vendor says when it is the one that fails, in its own words. */
	fail(status: number, retryAfter?: string): VendorReply;
	/** Those that are due and were not taken before. */
	callbacks?(): readonly VendorCallback[];
	/** An account without credits from now on. */
	drain?(): void;
	/** Deliveries to all who have subscribed have failed for so long; what the vendor does then. */
	failDeliveries?(hours: number): void;
	/** A JSON snapshot for people and tests. */
	state(): Record<string, unknown>;
	/** Back to the seed. */
	reset(): void;
}

/** What every simulator is seeded with. Time is an argument, so that tests can hold it. */
export interface Seed {
	readonly personas: readonly Persona[];
	readonly team: readonly Rep[];
	readonly secrets: Secrets;
	/** Epoch ms. */
	readonly now: () => number;
}

export type OpenVendor = (seed: Seed) => Vendor;
