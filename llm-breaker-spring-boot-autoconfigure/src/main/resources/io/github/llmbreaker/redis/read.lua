-- All that the fleet knows, as news. KEYS: breakers, meta, leases
-- ARGV: millis after which what is over is forgotten
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local answer = { redis.call('HGET', KEYS[2], 'version') or '0' }
local breakers = redis.call('HGETALL', KEYS[1])
for i = 1, #breakers, 2 do
  local v, e, s, rest = string.match(breakers[i + 1], '^(%d+)\t(%d+)\t([%u_]+)\t(.*)$')
  local till = tonumber(e)
  if till > 0 and till + ARGV[1] < now then
    redis.call('HDEL', KEYS[1], breakers[i])
  else
    local left = -1
    if till > 0 then left = math.max(0, till - now) end
    answer[#answer + 1] = string.format('S\t%s\t%.0f\t%s\t%s\t%s', v, left, s, rest, breakers[i])
  end
end
local leases = redis.call('HGETALL', KEYS[3])
for i = 1, #leases, 2 do
  local e, instance = string.match(leases[i + 1], '^(%d+)\t(.*)$')
  local left = tonumber(e) - now
  if left > 0 then
    answer[#answer + 1] = string.format('P\t%.0f\t%s\t%s', left, instance, leases[i])
  else
    redis.call('HDEL', KEYS[3], leases[i])
  end
end
return answer
