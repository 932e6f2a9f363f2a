-- Asks for the right to probe. KEYS: leases
-- ARGV: name, instance, lease millis, channel, keep millis
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local old = redis.call('HGET', KEYS[1], ARGV[1])
if old then
  local e, instance = string.match(old, '^(%d+)\t(.*)$')
  if instance ~= ARGV[2] and tonumber(e) > now then
    return { '0', string.format('%.0f', tonumber(e) - now), instance }
  end
end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f\t%s', now + ARGV[3], ARGV[2]))
redis.call('PEXPIRE', KEYS[1], ARGV[5])
redis.call('PUBLISH', ARGV[4], string.format('P\t%s\t%s\t%s', ARGV[3], ARGV[2], ARGV[1]))
return { '1', ARGV[3], ARGV[2] }
