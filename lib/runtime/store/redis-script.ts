import { createHash } from 'node:crypto';

/** How long Redis keeps what has expired, for callers whose clock is behind. */
export const GRACE_MS = 60_000;

/** One atomic step in Redis 6.2 or later. */
export interface Script {
	readonly lua: string;
	readonly sha: string;
}

/**
 * Rows are text, fields joined by `|`, what the user wrote last: Lua reads a field without decoding it.
 *   claim   token, then `@holder` if it has one|claimedAt|leaseUntil|expiresAt|takeovers|completedAt|subject|result
 *   entry   expiresAt|subject|value
 *   window  expiresAt|subject|at|value
 *   parked  expiresAt|subject|dueAt|token|attempts|value
 * ARGV[1] is the caller's clock, ARGV[2] the prefix of all keys. What has expired is decided by the row;
 * the TTL only frees memory, a while after it. Keys beyond KEYS carry the same hash tag, so one node has them.
 */
const COMMON = `
local now, prefix = tonumber(ARGV[1]), ARGV[2]

local function ttl_of(expires)
	return string.format('%.0f', math.max(0, tonumber(expires) - now) + ${GRACE_MS})
end

-- Redis forgets a collection some time after its last member has expired.
local function live_until(key, expires)
	local ttl = ttl_of(expires)
	if redis.call('PTTL', key) < tonumber(ttl) then redis.call('PEXPIRE', key, ttl) end
end

local function index(subject, member, expires)
	if subject == '' then return end
	local key = prefix .. 'subject:' .. subject
	redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
	redis.call('ZADD', key, expires, member)
	live_until(key, expires)
end
`;

export const script = (...parts: string[]): Script => {
	const lua = [COMMON, ...parts].join('');
	return { lua, sha: createHash('sha1').update(lua).digest('hex') };
};
