-- An instance goes. KEYS: leases, instances
-- ARGV: instance, channel
redis.call('ZREM', KEYS[2], ARGV[1])
local leases = redis.call('HGETALL', KEYS[1])
for i = 1, #leases, 2 do
  local _, instance = string.match(leases[i + 1], '^(%d+)\t(.*)$')
  if instance == ARGV[1] then
    redis.call('HDEL', KEYS[1], leases[i])
    redis.call('PUBLISH', ARGV[2], string.format('P\t0\t%s\t%s', instance, leases[i]))
  end
end
return {}
