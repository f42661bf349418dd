import type { VendorId } from './vendors/port';

/** One request that reached the world. */
export interface VendorCall {
	/** ISO time of arrival. */
	readonly at: string;
	/** `unsimulated`: nobody lives at that address; `path` is then the whole URL. */
	readonly vendor: VendorId | 'unsimulated';
	readonly method: string;
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	/** What the caller saw; 0 when the connection broke instead. */
	readonly status: number;
	readonly durationMs: number;
	/** Parsed JSON or form fields, the text otherwise; undefined when there was none. */
	readonly body?: unknown;
	/** The kind of fault that hit it. */
	readonly fault?: string;
}

export interface CallLog {
	record(call: VendorCall): void;
	/** In order of completion. `since`: only later arrivals, ISO time. */
	list(filter?: { vendor?: string | undefined; since?: string | undefined }): VendorCall[];
	clear(): void;
}

/** Keeps the last `capacity` calls. */
export function openCallLog(capacity = 20_000): CallLog {
	let calls: VendorCall[] = [];
	let clearedAt = '';
	return {
		record(call) {
			// A call that ends after the world began anew was none of the new one.
			if (call.at < clearedAt) return;
			calls.push(call);
			if (calls.length > capacity * 1.1) calls = calls.slice(-capacity);
		},
		list: ({ vendor, since } = {}) =>
			calls.filter(
				(call) =>
					(vendor === undefined || call.vendor === vendor) &&
					(since === undefined || Date.parse(call.at) > Date.parse(since)),
			),
		clear() {
			clearedAt = new Date().toISOString();
			calls = [];
		},
	};
}
