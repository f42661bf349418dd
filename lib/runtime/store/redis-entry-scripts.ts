import { script } from './redis-script';

const ENTRY_ROW = `
local function live_entry(key)
	local row = redis.call('GET', key)
	if not row then return nil end
	local expires, subject, value = string.match(row, '^(%d+)|(%x*)|(.*)$')
	if tonumber(expires) <= now then return nil end
	return { expires, subject, value }
end

local function set_entry(key, expires, subject, value)
	redis.call('SET', key, table.concat({ expires, subject, value }, '|'), 'PX', ttl_of(expires))
	index(subject, 'e' .. key, expires)
end
`;

/** Per key: expiresAt, subject, value. */
export const SET = script(
	ENTRY_ROW,
	`
for i, key in ipairs(KEYS) do set_entry(key, ARGV[3 * i], ARGV[3 * i + 1], ARGV[3 * i + 2]) end
return 1`,
);

/** by, expiresAt. */
export const INCREMENT = script(
	ENTRY_ROW,
	`
local expires, subject, value = unpack(live_entry(KEYS[1]) or { ARGV[4], '', '0' })
local total = string.format('%.0f', (tonumber(string.match(value, '^%s*([-+]?%d+)')) or 0) + tonumber(ARGV[3]))
set_entry(KEYS[1], expires, subject, total)
return total`,
);

/** Whether a value is expected, which one, expiresAt, subject, value. */
export const COMPARE_AND_SET = script(
	ENTRY_ROW,
	`
local entry = live_entry(KEYS[1])
if ARGV[3] == '1' then
	if not entry or entry[3] ~= ARGV[4] then return 0 end
elseif entry then return 0 end
set_entry(KEYS[1], ARGV[5], ARGV[6], ARGV[7])
return 1`,
);

/** Per transaction: the number of its changes; per change: whether a value is expected, which one, whether one is kept, expiresAt, subject, value. */
export const COMMIT = script(
	ENTRY_ROW,
	`
local function same(key, at)
	local entry = live_entry(key)
	if ARGV[at] == '1' then return entry ~= nil and entry[3] == ARGV[at + 1] end
	return entry == nil
end

local answers, key, at = {}, 1, 3
while ARGV[at] do
	local count, all = tonumber(ARGV[at]), 1
	at = at + 1
	for n = 0, count - 1 do
		if not same(KEYS[key + n], at + 6 * n) then all = 0 end
	end
	for n = 0, all * count - 1 do
		local first, name = at + 6 * n, KEYS[key + n]
		if ARGV[first + 2] == '1' then
			set_entry(name, ARGV[first + 3], ARGV[first + 4], ARGV[first + 5])
		else
			redis.call('DEL', name)
		end
	end
	table.insert(answers, all)
	key, at = key + count, at + 6 * count
end
return answers`,
);

/** The rule of rate.ts. kind, capacity, pace (permits a second, or ms of the window), cost, slots of a window. */
export const TAKE = script(`
local key, kind = KEYS[1], ARGV[3]
local capacity, pace, cost, slot_count = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local expires, state = string.match(redis.call('GET', key) or '', '^(%d+)|(.*)$')
if not state or tonumber(expires) <= now then state = '' end

local function keep(text, until_ms)
	until_ms = string.format('%.0f', until_ms)
	redis.call('SET', key, until_ms .. '|' .. text, 'PX', ttl_of(until_ms))
end

if kind == 'bucket' then
	local tokens, at = string.match(state, '^(.*)|(.*)$')
	tokens, at = tonumber(tokens) or capacity, tonumber(at) or now
	local full = math.min(capacity, tokens + math.max(0, now - at) * (pace / 1000))
	local allowed = full + 1e-9 >= cost
	tokens = math.max(0, allowed and full - cost or full)
	at = math.max(at, now)
	keep(string.format('%.17g|%.0f', tokens, at), at + math.ceil((capacity - tokens) / (pace / 1000)) + 1)
	return { allowed and 1 or 0, math.floor(tokens + 1e-9), allowed and 0 or math.ceil((cost - full) / (pace / 1000) - 1e-9) }
end

local width = pace / slot_count
local function end_of(slot) return math.ceil((slot + 1) * width + pace) end
local slots, used = {}, 0
for slot, count in string.gmatch(state, '(%d+):(%d+)') do
	if end_of(tonumber(slot)) > now then
		table.insert(slots, { tonumber(slot), tonumber(count) })
		used = used + tonumber(count)
	end
end
if used + cost > capacity then
	local over = used + cost - capacity
	for _, slot in ipairs(slots) do
		over = over - slot[2]
		if over <= 0 then return { 0, capacity - used, end_of(slot[1]) - now } end
	end
end
local slot = math.floor(now / width)
local last = slots[#slots]
if last and last[1] >= slot then last[2] = last[2] + cost else table.insert(slots, { slot, cost }) end
local texts = {}
for n, one in ipairs(slots) do texts[n] = string.format('%.0f:%.0f', one[1], one[2]) end
keep(table.concat(texts, ' '), end_of(slots[#slots][1]))
return { 1, capacity - used - cost, 0 }`);
