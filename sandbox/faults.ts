import { z } from 'zod';
import { VENDOR_IDS, type VendorId } from './vendors/port';

export const FAULT_KINDS = [
	'latency',
	'rate-limit',
	'error',
	'timeout',
	'reset',
	'malformed',
	'drop-after-write',
] as const;

/** What goes wrong at a vendor, and for how long. See README.md for what each kind does. */
export const Fault = z.strictObject({
	kind: z.enum(FAULT_KINDS),
	/** latency: added to the call. timeout: how long nothing comes before the connection breaks. */
	ms: z.number().int().nonnegative().optional(),
	/** rate-limit and error: the Retry-After header, in seconds or as an HTTP date. */
	retryAfter: z.union([z.number().nonnegative(), z.string().min(1)]).optional(),
	/** Default: 429 for rate-limit, 503 for error. */
	status: z.number().int().min(400).max(599).optional(),
	/** Heals after this many calls were hit. Default: never. */
	times: z.number().int().positive().optional(),
	/** Only calls whose path contains this text, or matches it when written as `/…/`. */
	path: z.union([z.string().min(1), z.instanceof(RegExp)]).optional(),
	/** Share of matching calls that are hit, 0 to 1. Default: 1. */
	probability: z.number().min(0).max(1).optional(),
});

export type Fault = z.infer<typeof Fault>;

export const VendorName = z.enum(VENDOR_IDS);

export interface FaultBook {
	set(vendor: VendorId, fault: Fault): void;
	clear(vendor?: VendorId): void;
	/** The fault that hits this call, if any. Counts down `times` only for the one it returns. */
	next(vendor: VendorId, path: string, wrote?: boolean): Fault | undefined;
	list(): Array<Fault & { vendor: VendorId }>;
}

/** Faults by vendor; the first that fits a call hits it. `random` answers 0 to 1. */
export function openFaultBook(random: () => number): FaultBook {
	const faults: Array<{ vendor: VendorId; fault: Fault; left: number }> = [];

	return {
		set(vendor, input) {
			const fault = Fault.parse(input);
			const same = faults.findIndex(
				(entry) =>
					entry.vendor === vendor &&
					entry.fault.kind === fault.kind &&
					String(entry.fault.path) === String(fault.path),
			);
			if (same >= 0) faults.splice(same, 1);
			faults.push({ vendor, fault, left: fault.times ?? Infinity });
		},
		clear(vendor) {
			const kept = faults.filter((entry) => vendor !== undefined && entry.vendor !== vendor);
			faults.splice(0, faults.length, ...kept);
		},
		next(vendor, path, wrote) {
			const afterwards = wrote !== undefined;
			const hit = faults.find(
				({ vendor: of, fault }) =>
					of === vendor &&
					(fault.kind === 'drop-after-write') === afterwards &&
					(!afterwards || wrote) &&
					fits(fault.path, path) &&
					random() < (fault.probability ?? 1),
			);
			if (!hit) return undefined;
			hit.left -= 1;
			if (hit.left <= 0) faults.splice(faults.indexOf(hit), 1);
			return hit.fault;
		},
		list: () =>
			faults.map(({ vendor, fault, left }) => ({
				vendor,
				...fault,
				...(fault.path === undefined ? {} : { path: String(fault.path) }),
				...(left === Infinity ? {} : { times: left }),
			})),
	};
}

function fits(wanted: Fault['path'], path: string): boolean {
	if (wanted === undefined) return true;
	if (wanted instanceof RegExp) return wanted.test(path);
	const pattern = /^\/(.*\W.*)\/([a-z]*)$/.exec(wanted);
	return path.includes(wanted) || (!!pattern && safeTest(pattern[1] ?? '', pattern[2], path));
}

function safeTest(source: string, flags: string | undefined, path: string): boolean {
	try {
		return new RegExp(source, flags).test(path);
	} catch {
		return false;
	}
}
