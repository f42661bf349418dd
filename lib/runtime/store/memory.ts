import { randomUUID } from 'node:crypto';
import type { Claim, ClaimRequest, Store, StoreEntry } from './port';

interface ClaimRow {
	token: string;
	claimedAt: number;
	leaseUntil: number;
	expiresAt: number;
	takeovers: number;
	completedAt?: number;
	result?: string;
}

/** The store of a test: one process, nothing kept after it. */
export function memoryStore(now: () => number = Date.now): Store {
	const claims = new Map<string, ClaimRow>();
	const entries = new Map<string, StoreEntry>();

	const live = <Row extends { expiresAt: number }>(rows: Map<string, Row>, key: string) => {
		const row = rows.get(key);
		if (row && row.expiresAt <= now()) rows.delete(key);
		return rows.get(key);
	};

	const claimOne = ({ key, leaseUntil, expiresAt }: ClaimRequest): Claim => {
		const held = live(claims, key);
		if (held?.completedAt !== undefined) {
			const { claimedAt, completedAt, result } = held;
			return { state: 'done', claimedAt, completedAt, result };
		}
		if (held && held.leaseUntil > now()) {
			return { state: 'in-progress', claimedAt: held.claimedAt, leaseUntil: held.leaseUntil };
		}
		const takeovers = held ? held.takeovers + 1 : 0;
		const token = randomUUID();
		claims.set(key, { token, claimedAt: now(), leaseUntil, expiresAt, takeovers });
		return { state: 'new', token, leaseUntil, takeovers };
	};

	const held = (key: string, token: string) => {
		const row = live(claims, key);
		return row?.token === token && row.completedAt === undefined ? row : undefined;
	};

	return {
		async claim(requests) {
			return requests.map(claimOne);
		},
		async complete(key, token, result, expiresAt) {
			const row = held(key, token);
			if (row) Object.assign(row, { result, expiresAt, completedAt: now() });
			return row !== undefined;
		},
		async release(key, token) {
			return held(key, token) !== undefined && claims.delete(key);
		},
		async increment(key, by, expiresAt) {
			const row = live(entries, key);
			const total = Number(row?.value ?? 0) + by;
			entries.set(key, { key, value: String(total), expiresAt: row?.expiresAt ?? expiresAt });
			return total;
		},
		async get(keys) {
			return keys.map((key) => live(entries, key)?.value);
		},
		async set(rows) {
			for (const row of rows) entries.set(row.key, row);
		},
		async delete(keys) {
			for (const key of keys) entries.delete(key);
		},
		async close() {
			claims.clear();
			entries.clear();
		},
	};
}
