import type { Vendor, VendorCallback } from './vendors/port';

export interface Callbacks {
	stop(): void;
}

/** How often the vendors are asked whether they have to call somebody back. Ms. */
const EVERY_MS = 200;

/** A receiver that is away is tried again, as vendors do. */
const TRIES = 25;

/** Posts what the vendors owe their callers, to the real URLs that the callers gave. */
export function startCallbacks(vendors: readonly Vendor[], post: Post = realPost): Callbacks {
	const waiting: Array<{ readonly callback: VendorCallback; readonly tries: number }> = [];
	const timer = setInterval(() => {
		const due = vendors.flatMap((vendor) => vendor.callbacks?.() ?? []);
		const again = waiting.splice(0);
		for (const one of [...again, ...due.map((callback) => ({ callback, tries: 0 }))]) {
			void post(one.callback).then((taken) => {
				if (!taken && one.tries + 1 < TRIES) waiting.push({ ...one, tries: one.tries + 1 });
			});
		}
	}, EVERY_MS);
	timer.unref();
	return { stop: () => clearInterval(timer) };
}

/** True: the receiver took it. */
export type Post = (callback: VendorCallback) => Promise<boolean>;

const realPost: Post = async ({ url, headers, body }) => {
	try {
		const { ok } = await fetch(url, { method: 'POST', headers: { ...headers }, body });
		return ok;
	} catch {
		return false;
	}
};
