import { script } from './redis-script';

/** An ordered collection whose members expire: KEYS come in threes. */
export const LIST = `
local function prune(order, expiry, rows)
	for _, id in ipairs(redis.call('ZRANGEBYSCORE', expiry, '-inf', now)) do
		redis.call('ZREM', order, id)
		redis.call('HDEL', rows, id)
	end
	redis.call('ZREMRANGEBYSCORE', expiry, '-inf', now)
end

local function put(order, expiry, rows, item)
	redis.call('ZADD', order, item.score, item.id)
	redis.call('ZADD', expiry, item.expires, item.id)
	redis.call('HSET', rows, item.id, item.row)
	for _, key in ipairs({ order, expiry, rows }) do live_until(key, item.expires) end
end

local function drop(order, expiry, rows, id)
	redis.call('ZREM', order, id)
	redis.call('ZREM', expiry, id)
	redis.call('HDEL', rows, id)
end

local function read_parked(row)
	return string.match(row, '^(%d+)|(%x*)|(%d+)|([^|]*)|(%d+)|(.*)$')
end
`;

/** Per list: its key, at, expiresAt, subject, value. KEYS[1] numbers the items. */
export const APPEND = script(
	LIST,
	`
local answers = {}
for i = 1, (#KEYS - 1) / 3 do
	local order, expiry, rows = KEYS[3 * i - 1], KEYS[3 * i], KEYS[3 * i + 1]
	local list, at, expires, subject, value = unpack(ARGV, 5 * i - 2, 5 * i + 2)
	prune(order, expiry, rows)
	if tonumber(expires) > now then
		local id = string.format('%016.0f', redis.call('INCR', KEYS[1]))
		local row = table.concat({ expires, subject, at, value }, '|')
		put(order, expiry, rows, { id = id, score = at, expires = expires, row = row })
		index(subject, 'w' .. #list .. ':' .. list .. id, expires)
	end
	answers[i] = redis.call('ZCARD', order)
end
return answers`,
);

/** Gives the rows of each list. */
export const DRAIN = script(
	LIST,
	`
local answers = {}
for i = 1, #KEYS / 3 do
	local order, expiry, rows = KEYS[3 * i - 2], KEYS[3 * i - 1], KEYS[3 * i]
	prune(order, expiry, rows)
	local drained = {}
	for n, id in ipairs(redis.call('ZRANGE', order, 0, -1)) do drained[n] = redis.call('HGET', rows, id) end
	redis.call('DEL', order, expiry, rows)
	answers[i] = drained
end
return answers`,
);

/** Per list: its name, id, dueAt, expiresAt, subject, value. */
export const PARK = script(
	LIST,
	`
local answers = {}
for i = 1, #KEYS / 3 do
	local order, expiry, rows = KEYS[3 * i - 2], KEYS[3 * i - 1], KEYS[3 * i]
	local queue, id, due, expires, subject, value = unpack(ARGV, 6 * i - 3, 6 * i + 2)
	prune(order, expiry, rows)
	local known = redis.call('HGET', rows, id)
	local attempts = '0'
	local _
	if known then _, _, _, _, attempts = read_parked(known) end
	answers[i] = known and 0 or 1
	local row = table.concat({ expires, subject, due, '', attempts, value }, '|')
	put(order, expiry, rows, { id = id, score = due, expires = expires, row = row })
	index(subject, 'p' .. #queue .. ':' .. queue .. id, expires)
end
return answers`,
);

/** limit, leaseUntil, token. Gives id, the time it was available, and its row before, for each. */
export const TAKE_DUE = script(
	LIST,
	`
local order, expiry, rows = unpack(KEYS)
prune(order, expiry, rows)
local answers = {}
for n, id in ipairs(redis.call('ZRANGEBYSCORE', order, '-inf', now, 'LIMIT', 0, ARGV[3])) do
	local row = redis.call('HGET', rows, id)
	answers[n] = { id, row }
	local expires, subject, due, _, attempts, value = read_parked(row)
	attempts = tonumber(attempts) + 1
	redis.call('HSET', rows, id, table.concat({ expires, subject, due, ARGV[5], attempts, value }, '|'))
	redis.call('ZADD', order, ARGV[4], id)
end
return answers`,
);

/** Per item: id, token. */
export const ACKNOWLEDGE = script(
	LIST,
	`
local order, expiry, rows = unpack(KEYS)
prune(order, expiry, rows)
local answers = {}
for i = 1, (#ARGV - 2) / 2 do
	local id, token = ARGV[2 * i + 1], ARGV[2 * i + 2]
	local row = redis.call('HGET', rows, id)
	local kept, _
	if row then _, _, _, kept = read_parked(row) end
	answers[i] = (row and kept == token) and 1 or 0
	if answers[i] == 1 then drop(order, expiry, rows, id) end
end
return answers`,
);

export const COUNT = script(
	LIST,
	`
prune(unpack(KEYS))
return { redis.call('ZCARD', KEYS[1]), redis.call('ZCOUNT', KEYS[1], '-inf', now) }`,
);

/** limit. Gives id, when it is available, and its row, for each. */
export const LIST_PARKED = script(
	LIST,
	`
local order, expiry, rows = unpack(KEYS)
prune(order, expiry, rows)
local answers = {}
local found = redis.call('ZRANGEBYSCORE', order, '-inf', '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[3])
for n = 1, #found / 2 do
	answers[n] = { found[2 * n - 1], redis.call('HGET', rows, found[2 * n - 1]), found[2 * n] }
end
return answers`,
);
