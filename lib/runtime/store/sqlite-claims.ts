import { randomUUID } from 'node:crypto';
import type { Claim, ClaimRequest, Claims } from './port';
import type { Sql, SqliteSession } from './sqlite-session';

// Most keys are new: these cost one statement, bound by position, as the barest insert does.
const CLAIM = `INSERT INTO claims (key, token, claimed_at, lease_until, expires_at, subject, holder)
	VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`;
const TAKE_OVER = `UPDATE claims SET
		token = :token, claimed_at = :now, lease_until = :leaseUntil,
		takeovers = CASE WHEN expires_at <= :now THEN 0 ELSE takeovers + 1 END,
		expires_at = :expiresAt, completed_at = NULL, result = NULL, subject = :subject, holder = :holder
	WHERE key = :key
		AND (expires_at <= :now OR (completed_at IS NULL AND lease_until <= :now))
	RETURNING takeovers`;
const READ =
	'SELECT claimed_at, lease_until, completed_at, result, holder FROM claims WHERE key = ?';
const HELD = 'key = :key AND token = :token AND completed_at IS NULL AND expires_at > :now';
const RENEW = `UPDATE claims SET lease_until = :leaseUntil, expires_at = max(expires_at, :leaseUntil) WHERE ${HELD}`;
const COMPLETE = `UPDATE claims SET completed_at = :now, result = :result, expires_at = :expiresAt WHERE ${HELD}`;
const RELEASE = `DELETE FROM claims WHERE ${HELD}`;
const RELEASE_ALL =
	'DELETE FROM claims WHERE holder = :holder AND completed_at IS NULL AND expires_at > :now';

export function sqliteClaims({ write }: SqliteSession, now: () => number): Claims {
	const changeEach =
		<Row extends Record<string, string | number>>(text: string) =>
		(rows: readonly Row[]) =>
			write(rows.length, (sql) => {
				const statement = sql(text);
				return rows.map((row) => statement.run({ ...row, now: now() }).changes === 1);
			});

	return {
		claim: (requests) =>
			write(requests.length, (sql) => requests.map((request) => claimOne(sql, request, now()))),
		renew: async (leases) =>
			await changeEach(RENEW)(
				leases.map(({ key, token, leaseUntil }) => ({ key, token, leaseUntil })),
			),
		complete: async (results) =>
			await changeEach(COMPLETE)(
				results.map(({ key, token, result, expiresAt }) => ({ key, token, result, expiresAt })),
			),
		release: async (held) =>
			await changeEach(RELEASE)(held.map(({ key, token }) => ({ key, token }))),
		releaseAll: (holders) =>
			write(holders.length, (sql) =>
				holders.map((holder) => Number(sql(RELEASE_ALL).run({ holder, now: now() }).changes)),
			),
	};
}

function claimOne(sql: Sql, request: ClaimRequest, now: number): Claim {
	const { key, leaseUntil, expiresAt, subject = null, holder = null } = request;
	const token = randomUUID();
	if (sql(CLAIM).run(key, token, now, leaseUntil, expiresAt, subject, holder).changes === 1) {
		return { state: 'new', token, leaseUntil, takeovers: 0 };
	}
	const over = sql(TAKE_OVER).get({ key, token, now, leaseUntil, expiresAt, subject, holder });
	if (over) return { state: 'new', token, leaseUntil, takeovers: Number(over['takeovers']) };
	const { claimed_at, lease_until, completed_at, result, ...row } = sql(READ).get(key) ?? {};
	const claimedAt = Number(claimed_at);
	return completed_at === null
		? {
				state: 'in-progress',
				claimedAt,
				leaseUntil: Number(lease_until),
				holder: textOf(row['holder']),
			}
		: { state: 'done', claimedAt, completedAt: Number(completed_at), result: textOf(result) };
}

export const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
