import { randomUUID } from 'node:crypto';
import { memoryLists } from './memory-lists';
import type { Claim, ClaimRequest, Entry, Held, Perishable, Store } from './port';
import { checkCost, decide } from './rate';

export interface ClaimRow extends Perishable {
	readonly key: string;
	readonly token: string;
	readonly claimedAt: number;
	readonly leaseUntil: number;
	readonly takeovers: number;
	readonly completedAt?: number;
	readonly result?: string;
	readonly holder?: string;
}

/** The store of a test: one process, nothing kept after it. */
export function memoryStore(now: () => number = Date.now): Store {
	const claims = rows<ClaimRow>(now);
	const entries = rows<Entry>(now);
	const limits = rows<Perishable & { readonly state: string }>(now);
	const lists = memoryLists(now);

	const claimOne = (request: ClaimRequest): Claim => {
		const { key, leaseUntil } = request;
		const held = claims.live(key);
		if (held?.completedAt !== undefined) {
			const { claimedAt, completedAt, result } = held;
			return { state: 'done', claimedAt, completedAt, result };
		}
		if (held && held.leaseUntil > now()) {
			const { claimedAt, holder } = held;
			return { state: 'in-progress', claimedAt, leaseUntil: held.leaseUntil, holder };
		}
		const takeovers = held ? held.takeovers + 1 : 0;
		const token = randomUUID();
		claims.set(key, { ...request, token, claimedAt: now(), takeovers });
		return { state: 'new', token, leaseUntil, takeovers };
	};

	/** Changes the claim that the token holds. */
	const ifHeld = ({ key, token }: Held, change: (row: ClaimRow) => void): boolean => {
		const row = claims.live(key);
		if (row?.token !== token || row.completedAt !== undefined) return false;
		change(row);
		return true;
	};

	return {
		...lists.verbs,
		claim: async (requests) => requests.map(claimOne),
		renew: async (leases) =>
			leases.map(({ leaseUntil, ...held }) =>
				ifHeld(held, (row) => {
					const expiresAt = Math.max(row.expiresAt, leaseUntil);
					claims.set(held.key, { ...row, leaseUntil, expiresAt });
				}),
			),
		complete: async (results) =>
			results.map(({ result, expiresAt, ...held }) =>
				ifHeld(held, (row) =>
					claims.set(held.key, { ...row, result, expiresAt, completedAt: now() }),
				),
			),
		release: async (all) => all.map((held) => ifHeld(held, () => claims.delete(held.key))),
		releaseAll: async (holders) =>
			holders.map((holder) => {
				const open = claims
					.all()
					.filter((row) => row.holder === holder && row.completedAt === undefined);
				open.forEach(({ key }) => claims.delete(key));
				return open.length;
			}),
		increment: async (key, by, expiresAt) => {
			const row = entries.live(key);
			const total = (Number.parseInt(row?.value ?? '0', 10) || 0) + by;
			entries.set(key, { key, expiresAt, ...row, value: String(total) });
			return total;
		},
		get: async (keys) => keys.map((key) => entries.live(key)?.value),
		set: async (changed) => changed.forEach((entry) => entries.set(entry.key, entry)),
		delete: async (keys) => keys.forEach((key) => entries.delete(key)),
		compareAndSet: async (expected, entry) => {
			const same = entries.live(entry.key)?.value === expected;
			if (same) entries.set(entry.key, entry);
			return same;
		},
		commit: async (transactions) =>
			transactions.map((changes) => {
				const same = changes.every(({ key, expected }) => entries.live(key)?.value === expected);
				for (const { key, entry } of same ? changes : []) {
					if (entry) entries.set(key, { key, ...entry });
					else entries.delete(key);
				}
				return same;
			}),
		take: async (key, limit, cost = 1) => {
			checkCost(key, limit, cost);
			const decision = decide(limits.live(key)?.state, limit, { cost, now: now() });
			limits.set(key, decision);
			return decision.permit;
		},
		erase: async (subject) => ({
			claims: claims.erase(subject),
			entries: entries.erase(subject),
			...lists.erase(subject),
		}),
		close: async () => undefined,
	};
}

/** A table that forgets. */
function rows<Row extends Perishable>(now: () => number) {
	const table = new Map<string, Row>();
	return {
		live(key: string): Row | undefined {
			const row = table.get(key);
			if (row && row.expiresAt <= now()) table.delete(key);
			return table.get(key);
		},
		set: (key: string, row: Row) => void table.set(key, row),
		delete: (key: string) => void table.delete(key),
		all: () => [...table.values()].filter(({ expiresAt }) => expiresAt > now()),
		erase(subject: string): number {
			const found = [...table].filter(([, row]) => row.subject === subject);
			found.forEach(([key]) => table.delete(key));
			return found.filter(([, row]) => row.expiresAt > now()).length;
		},
	};
}
