/** What a claim found. `new`: the caller holds it now. */
export type Claim =
	| {
			readonly state: 'new';
			/** Fencing token: shows who holds the claim; `complete` and `release` want it back. */
			readonly token: string;
			/** After this moment another caller may take the claim over. Epoch ms. */
			readonly leaseUntil: number;
			/** How often this key was taken before without being completed. */
			readonly takeovers: number;
	  }
	| { readonly state: 'in-progress'; readonly claimedAt: number; readonly leaseUntil: number }
	| {
			readonly state: 'done';
			readonly claimedAt: number;
			readonly completedAt: number;
			readonly result: string | undefined;
	  };

export interface ClaimRequest {
	readonly key: string;
	/** Epoch ms until which the caller is trusted to be alive. */
	readonly leaseUntil: number;
	/** Epoch ms until which the claim, or its result, is remembered. */
	readonly expiresAt: number;
	/** The person the key belongs to, so that `erase` finds it. */
	readonly subject?: string;
}

/**
 * The memory of the pipeline between executions.
 * Every verb is one atomic step in every engine, because two n8n workers may call it at once;
 * times are absolute epoch milliseconds, because a relative TTL means something else after a retry.
 * Every verb rejects with `STORE_UNAVAILABLE` when the engine cannot be reached: never a silent yes.
 */
export interface Store {
	/** One answer per request, in order; N requests are one round trip. Two requests for one key in a batch: the first wins. */
	claim(requests: readonly ClaimRequest[]): Promise<Claim[]>;
	/** Keeps the result for later claimants. False when the token no longer holds the claim. */
	complete(key: string, token: string, result: string, expiresAt: number): Promise<boolean>;
	/** Gives the claim back, so that the next claimant is `new`. False when the token no longer holds it. */
	release(key: string, token: string): Promise<boolean>;
	/** Adds and returns the new total; starts again from zero after `expiresAt`. */
	increment(key: string, by: number, expiresAt: number): Promise<number>;
	/** Values in the order of the keys; undefined where nothing (or nothing live) is kept. */
	get(keys: readonly string[]): Promise<(string | undefined)[]>;
	set(entries: readonly StoreEntry[]): Promise<void>;
	delete(keys: readonly string[]): Promise<void>;
	close(): Promise<void>;
}

export interface StoreEntry {
	readonly key: string;
	readonly value: string;
	readonly expiresAt: number;
	readonly subject?: string;
}
