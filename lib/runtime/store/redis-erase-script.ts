import { CLAIM_ROW } from './redis-claim-scripts';
import { LIST } from './redis-list-scripts';
import { script } from './redis-script';

/** KEYS[1]: the subject's index. The subject. An index may name rows that have gone, or that are another's by now. */
export const ERASE = script(
	CLAIM_ROW,
	LIST,
	`
local subject = ARGV[3]
local counts = { c = 0, e = 0, w = 0, p = 0 }

local function erase_key(kind, key)
	local row = redis.call('GET', key)
	if not row then return end
	local owner, expires, _
	if kind == 'c' then _, _, _, expires, _, _, owner = read_claim(row)
	else expires, owner = string.match(row, '^(%d+)|(%x*)|') end
	if owner ~= subject then return end
	redis.call('DEL', key)
	if tonumber(expires) > now then counts[kind] = counts[kind] + 1 end
end

local function erase_member(kind, place)
	local length, rest = string.match(place, '^(%d+):(.*)$')
	local list, id = string.sub(rest, 1, length), string.sub(rest, length + 1)
	local name = prefix .. (kind == 'w' and 'window' or 'parked')
	local order, expiry, rows = name .. '-order:' .. list, name .. '-expiry:' .. list, name .. ':' .. list
	local row = redis.call('HGET', rows, id)
	if not row then return end
	local expires, owner = string.match(row, '^(%d+)|(%x*)|')
	if owner ~= subject then return end
	drop(order, expiry, rows, id)
	if tonumber(expires) > now then counts[kind] = counts[kind] + 1 end
end

for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
	local kind, place = string.sub(member, 1, 1), string.sub(member, 2)
	if kind == 'c' or kind == 'e' then erase_key(kind, place) else erase_member(kind, place) end
end
redis.call('DEL', KEYS[1])
return { counts.c, counts.e, counts.w, counts.p }`,
);
