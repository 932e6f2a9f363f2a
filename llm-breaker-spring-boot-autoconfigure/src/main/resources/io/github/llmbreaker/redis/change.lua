-- One change of one breaker. KEYS: breakers, meta, leases, calls
-- ARGV: name, instance, known version, state, remaining millis or -1, reason, channel, keep millis, most breakers,
--       how many millis ago it was found out
local name, instance, known, state = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local remaining = tonumber(ARGV[5])
local ends = 0
if state == 'CLOSED' then
  ends = now
elseif remaining >= 0 then
  ends = now + remaining
end
local old = redis.call('HGET', KEYS[1], name)
if old then
  local v, e, s, rest = string.match(old, '^(%d+)\t(%d+)\t([%u_]+)\t(.*)$')
  local version, till = tonumber(v), tonumber(e)
  local over = s == 'CLOSED' or (till > 0 and till <= now)
  local refused
  if s == 'OPEN' and state == 'OPEN' then
    refused = ends <= till
  elseif s == 'CLOSED' and state == 'OPEN' then
    -- told late, or by a probe that others were faster than: what they have found out is newer
    local reopened = tonumber(string.match(ARGV[6], '(%d+)$')) > 0
    refused = now - tonumber(ARGV[10]) < till or (reopened and version > known)
  else
    refused = not over and version > known and state ~= 'FORCED_OPEN' and state ~= 'DISABLED'
  end
  if refused then
    local left = -1
    if till > 0 then left = math.max(0, till - now) end
    return { '0', string.format('S\t%s\t%.0f\t%s\t%s\t%s', v, left, s, rest, name) }
  end
elseif redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[9]) then
  return { '1', '0' }
end
local version = string.format('%.0f', redis.call('HINCRBY', KEYS[2], 'version', 1))
local rest = ARGV[6] .. '\t' .. instance
redis.call('HSET', KEYS[1], name, string.format('%s\t%.0f\t%s\t%s', version, ends, state, rest))
redis.call('HDEL', KEYS[3], name)
-- calls count anew from here
redis.call('DEL', KEYS[4])
redis.call('PEXPIRE', KEYS[1], ARGV[8])
redis.call('PEXPIRE', KEYS[2], ARGV[8])
redis.call('PUBLISH', ARGV[7], string.format('S\t%s\t%.0f\t%s\t%s\t%s', version, remaining, state, rest, name))
return { '1', version }
