-- An instance is there. KEYS: breakers, meta, leases, instances
-- ARGV: instance, its own channel, an epoch in case there is none, keep millis, silence millis
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSETNX', KEYS[2], 'epoch', ARGV[3])
redis.call('ZADD', KEYS[4], string.format('%.0f', now), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[4], 0, string.format('%.0f', now - ARGV[5]))
for _, key in ipairs(KEYS) do
  redis.call('PEXPIRE', key, ARGV[4])
end
redis.call('PUBLISH', ARGV[2], 'E')
local answer = { redis.call('HGET', KEYS[2], 'epoch'), redis.call('HGET', KEYS[2], 'version') or '0',
  string.format('%.0f', now) }
for _, instance in ipairs(redis.call('ZRANGE', KEYS[4], 0, 999)) do
  answer[#answer + 1] = instance
end
return answer
