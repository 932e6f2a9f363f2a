-- An instance tells of its calls and asks for those of all. KEYS: calls, meta
-- ARGV: name, instance, whether the others are to tell of theirs, channel, millis after which calls are forgotten,
--       millis for which all tell, millis of a stretch, the epoch it knows,
--       and of each stretch: its number, calls, proofs, failures, hints
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('HGET', KEYS[2], 'epoch') ~= ARGV[8] then
  return {}
end
for i = 9, #ARGV, 5 do
  local c, p, f, h = string.match(redis.call('HGET', KEYS[1], ARGV[i]) or '0 0 0 0', '^(-?%d+) (-?%d+) (-?%d+) (-?%d+)$')
  redis.call('HSET', KEYS[1], ARGV[i],
    string.format('%.0f %.0f %.0f %.0f', c + ARGV[i + 1], p + ARGV[i + 2], f + ARGV[i + 3], h + ARGV[i + 4]))
end
local since, last = string.match(redis.call('HGET', KEYS[1], 'watch') or '', '^(%d+) (%d+)$')
if since and math.abs(now - last) > tonumber(ARGV[6]) then since = nil end
if ARGV[3] == '1' and (not since or now - last >= 1000) then
  since = since or string.format('%.0f', now)
  redis.call('HSET', KEYS[1], 'watch', string.format('%s %.0f', since, now))
  redis.call('PUBLISH', ARGV[4], string.format('F\t%s\t%s', ARGV[2], ARGV[1]))
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
local answer = { string.format('%.0f', now), since and string.format('%.0f', now - since) or '-1' }
local numbers = {}
local all = redis.call('HGETALL', KEYS[1])
local oldest = (now - ARGV[5]) / ARGV[7]
for i = 1, #all, 2 do
  local number = tonumber(all[i])
  if number and number < oldest then
    redis.call('HDEL', KEYS[1], all[i])
  elseif number then
    numbers[#numbers + 1] = number
    answer[#answer + 1] = all[i] .. ' ' .. all[i + 1]
  end
end
if #numbers > 240 then
  table.sort(numbers)
  for i = 1, 120 do
    redis.call('HDEL', KEYS[1], string.format('%.0f', numbers[i]))
  end
end
return answer
