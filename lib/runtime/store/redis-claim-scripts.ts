import { script } from './redis-script';

export const CLAIM_ROW = `
local function read_claim(row)
	return string.match(row, '^([^|]*)|(%d+)|(%d+)|(%d+)|(%d+)|(%d*)|(%x*)|(.*)$')
end

-- The fields of the claim that the token holds.
local function held(key, token)
	local row = redis.call('GET', key)
	if not row then return nil end
	local kept, claimed, lease, expires, takeovers, completed, subject = read_claim(row)
	if kept ~= token or completed ~= '' or tonumber(expires) <= now then return nil end
	return { claimed, lease, expires, takeovers, subject }
end

local function keep(key, row, expires)
	redis.call('SET', key, row, 'PX', ttl_of(expires))
end

-- The list of the open claims of whoever holds this token.
local function holder_list(token)
	local holder = string.match(token, '@(.*)$')
	return holder and prefix .. 'holder:' .. holder
end

local function unlist(key, token)
	local list = holder_list(token)
	if list then redis.call('SREM', list, key) end
end
`;

/** Per key: the row as it is when nobody has the key, its TTL, the subject. Gives takeovers, or the row that stands in the way. */
export const CLAIM = script(
	CLAIM_ROW,
	`
local answers, held_by = {}, {}
for i, key in ipairs(KEYS) do
	local row, ttl, subject = ARGV[3 * i], ARGV[3 * i + 1], ARGV[3 * i + 2]
	local takeovers = 0
	if not redis.call('SET', key, row, 'PX', ttl, 'NX') then
		local old = redis.call('GET', key)
		local _, _, lease, expires, before, completed = read_claim(old)
		local expired = tonumber(expires) <= now
		if not expired and (completed ~= '' or tonumber(lease) > now) then
			takeovers = old
		else
			if not expired then takeovers = tonumber(before) + 1 end
			local token, claimed, lease_until, until_ms = read_claim(row)
			row = table.concat({ token, claimed, lease_until, until_ms, takeovers, '', subject, '' }, '|')
			redis.call('SET', key, row, 'PX', ttl)
		end
	end
	answers[i] = takeovers
	if type(takeovers) == 'number' then
		local token, _, lease, expires = read_claim(row)
		index(subject, 'c' .. key, expires)
		local list = holder_list(token)
		if list then
			held_by[list] = held_by[list] or { lease = lease, keys = {} }
			table.insert(held_by[list].keys, key)
		end
	end
end
for list, held in pairs(held_by) do
	redis.call('SADD', list, unpack(held.keys))
	live_until(list, held.lease)
end
return answers`,
);

/** Per key: token, leaseUntil. */
export const RENEW = script(
	CLAIM_ROW,
	`
local answers = {}
for i, key in ipairs(KEYS) do
	local token, lease = ARGV[2 * i + 1], ARGV[2 * i + 2]
	local row = held(key, token)
	answers[i] = row and 1 or 0
	if row then
		local claimed, _, expires, takeovers, subject = unpack(row)
		if tonumber(lease) > tonumber(expires) then expires = lease end
		keep(key, table.concat({ token, claimed, lease, expires, takeovers, '', subject, '' }, '|'), expires)
		index(subject, 'c' .. key, expires)
		local list = holder_list(token)
		if list then live_until(list, lease) end
	end
end
return answers`,
);

/** Per key: token, expiresAt, result. */
export const COMPLETE = script(
	CLAIM_ROW,
	`
local answers = {}
for i, key in ipairs(KEYS) do
	local token, expires, result = ARGV[3 * i], ARGV[3 * i + 1], ARGV[3 * i + 2]
	local row = held(key, token)
	answers[i] = row and 1 or 0
	if row then
		local claimed, lease, _, takeovers, subject = unpack(row)
		keep(key, table.concat({ token, claimed, lease, expires, takeovers, ARGV[1], subject, result }, '|'), expires)
		index(subject, 'c' .. key, expires)
		unlist(key, token)
	end
end
return answers`,
);

/** Per key: token. */
export const RELEASE = script(
	CLAIM_ROW,
	`
local answers = {}
for i, key in ipairs(KEYS) do
	local row = held(key, ARGV[i + 2])
	answers[i] = row and 1 or 0
	if row then
		redis.call('DEL', key)
		unlist(key, ARGV[i + 2])
	end
end
return answers`,
);

/** KEYS: the lists of holders. Per list: the holder. A list may name claims that are another's by now. */
export const RELEASE_ALL = script(
	CLAIM_ROW,
	`
local answers = {}
for i, list in ipairs(KEYS) do
	answers[i] = 0
	for _, key in ipairs(redis.call('SMEMBERS', list)) do
		local token = string.match(redis.call('GET', key) or '', '^([^|]*)|')
		if token and string.match(token, '@(.*)$') == ARGV[i + 2] and held(key, token) then
			redis.call('DEL', key)
			answers[i] = answers[i] + 1
		end
	end
	redis.call('DEL', list)
end
return answers`,
);
