/**
 * The memory of the pipeline between executions.
 * Every verb is one atomic step in every engine, because two n8n workers may call it at once: a batch
 * takes its items one after the other, in order, and costs one round trip.
 * Times are absolute epoch milliseconds, because a relative TTL means something else after a retry;
 * what has reached its `expiresAt` is gone for every verb, whether or not it has been swept yet.
 * Every verb rejects with `STORE_UNAVAILABLE` when the engine cannot be reached: never a silent yes.
 */
export interface Store extends Claims, Entries, Windows, Parking, Limits {
	/** Deletes whatever was kept with this subject, and says how much that was. */
	erase(subject: string): Promise<Erased>;
	/** Gives connections and files back. A store that is used again opens them again. */
	close(): Promise<void>;
}

/** What may be forgotten, and about whom it is. */
export interface Perishable {
	/** Epoch ms. */
	readonly expiresAt: number;
	/** The person it belongs to (`subjectOf`), so that `erase` finds it. */
	readonly subject?: string;
}

/** Work that only one may do: new, in progress, done. */
export interface Claims {
	/** Two requests for one key in a batch: the first wins. */
	claim(requests: readonly ClaimRequest[]): Promise<Claim[]>;
	/** Prolongs leases, for work that takes longer than thought. False: the token no longer holds the claim. */
	renew(leases: readonly Lease[]): Promise<boolean[]>;
	/** Keeps results for later claimants. False: the token no longer holds the claim, and nothing was kept. */
	complete(results: readonly Completion[]): Promise<boolean[]>;
	/** Gives claims back, so that the next claimant is `new`. False: the token no longer holds the claim. */
	release(held: readonly Held[]): Promise<boolean[]>;
	/** Gives back whatever these holders have not completed; how many claims each of them held. */
	releaseAll(holders: readonly string[]): Promise<number[]>;
}

export interface ClaimRequest extends Perishable {
	readonly key: string;
	/** Epoch ms until which the caller is trusted to be alive. */
	readonly leaseUntil: number;
	/** Who asks, e.g. the id of an execution, for `releaseAll` and for those who come later. */
	readonly holder?: string;
}

/** What a claim found. `new`: the caller holds it now. */
export type Claim =
	| {
			readonly state: 'new';
			/** Fencing token: shows who holds the claim; `renew`, `complete` and `release` want it back. */
			readonly token: string;
			/** After this moment another caller may take the claim over. Epoch ms. */
			readonly leaseUntil: number;
			/** How often this key was taken before without being completed. */
			readonly takeovers: number;
	  }
	| {
			readonly state: 'in-progress';
			readonly claimedAt: number;
			readonly leaseUntil: number;
			/** Undefined: the claim was made without one. */
			readonly holder: string | undefined;
	  }
	| {
			readonly state: 'done';
			readonly claimedAt: number;
			readonly completedAt: number;
			readonly result: string | undefined;
	  };

export interface Held {
	readonly key: string;
	readonly token: string;
}

export interface Lease extends Held {
	/** Epoch ms. The claim is remembered at least as long. */
	readonly leaseUntil: number;
}

export interface Completion extends Held {
	readonly result: string;
	/** Epoch ms until which the result is replayed. */
	readonly expiresAt: number;
}

/** Plain values. */
export interface Entries {
	/** Adds a whole number and returns the new total; starts again from zero after `expiresAt`, which the first call sets. */
	increment(key: string, by: number, expiresAt: number): Promise<number>;
	/** Values in the order of the keys; undefined where nothing is kept. */
	get(keys: readonly string[]): Promise<(string | undefined)[]>;
	set(entries: readonly Entry[]): Promise<void>;
	delete(keys: readonly string[]): Promise<void>;
	/** Sets the entry if the value is still the expected one (undefined: if there is none). False: it is not. */
	compareAndSet(expected: string | undefined, entry: Entry): Promise<boolean>;
	/** Each transaction whole, if all its values are still the expected ones; false: one is not, and nothing of it was written. */
	commit(transactions: readonly Transaction[]): Promise<boolean[]>;
}

export interface Entry extends Perishable {
	readonly key: string;
	readonly value: string;
}

/** Changes that make sense only together; no key twice. */
export type Transaction = readonly Change[];

export interface Change {
	readonly key: string;
	/** Undefined: nothing is kept yet. */
	readonly expected: string | undefined;
	/** What is kept afterwards; absent: nothing. */
	readonly entry?: Omit<Entry, 'key'>;
}

/** Things collected about one entity until somebody takes them all. */
export interface Windows {
	/** How many the window of each request then holds, itself included. */
	append(requests: readonly WindowItem[]): Promise<number[]>;
	/** Empties the windows: what each held, by `at`, then in the order of appending. */
	drain(keys: readonly string[]): Promise<Drained[][]>;
}

export interface WindowItem extends Entry, Drained {}

export interface Drained {
	/** Where the item stands in its window, e.g. the time of the event. Epoch ms. */
	readonly at: number;
	readonly value: string;
}

/** Things that wait for their time: a queue ordered by it. */
export interface Parking {
	/** True: newly parked. False: the id was there, and now has this value and time; a lease on it ends. */
	park(items: readonly ParkRequest[]): Promise<boolean[]>;
	/** The ones that are due, longest due first, each leased to this caller; due again when the lease ends. */
	takeDue(queue: string, order: TakeOrder): Promise<Taken[]>;
	/** Removes what is done. False: the token no longer holds it, and it stays. */
	acknowledge(queue: string, taken: readonly Pick<Taken, 'id' | 'token'>[]): Promise<boolean[]>;
	count(queue: string): Promise<QueueCount>;
	/** A look without taking, next one first. */
	list(queue: string, limit: number): Promise<Parked[]>;
}

export interface ParkRequest extends Perishable {
	readonly queue: string;
	readonly id: string;
	/** Epoch ms. */
	readonly dueAt: number;
	readonly value: string;
}

export interface TakeOrder {
	readonly limit: number;
	/** Epoch ms. */
	readonly leaseUntil: number;
}

export interface Parked {
	readonly id: string;
	readonly value: string;
	readonly dueAt: number;
	/** When it can be taken next: its due time, or the end of a lease. Epoch ms. */
	readonly availableAt: number;
	/** How often it was taken. */
	readonly attempts: number;
}

export interface Taken extends Parked {
	/** Fencing token, for `acknowledge`. */
	readonly token: string;
}

export interface QueueCount {
	readonly total: number;
	/** Those that can be taken now. */
	readonly due: number;
}

/** Permits, shared by all who use the store. */
export interface Limits {
	/** Takes `cost` permits (default 1), or none and says how long to wait. Throws `CONFIG_INVALID` for a cost that can never be met. */
	take(key: string, limit: RateLimit, cost?: number): Promise<Permit>;
}

export type RateLimit =
	/** A bucket that holds `capacity` and refills evenly. */
	| { readonly kind: 'bucket'; readonly capacity: number; readonly refillPerSecond: number }
	/** At most `capacity` within any stretch of `windowMs`. */
	| { readonly kind: 'window'; readonly capacity: number; readonly windowMs: number };

export interface Permit {
	readonly allowed: boolean;
	/** Whole permits left. */
	readonly remaining: number;
	/** 0 when allowed. */
	readonly retryAfterMs: number;
}

/** How many of each kind `erase` deleted. */
export interface Erased {
	readonly claims: number;
	readonly entries: number;
	readonly windowItems: number;
	readonly parked: number;
}
