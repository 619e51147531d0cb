-- One event a request: lines of the file EVENTS, each with an id that was not sent before.
-- A line starts with {"id":"0000000000000000", so that the id is at a fixed place.
local lines = {}
for line in io.lines(os.getenv("EVENTS")) do
  lines[#lines + 1] = line
end
local start = tonumber(os.getenv("START"))
local path = os.getenv("TARGET")
local heads, tails = {}, {}
for i, line in ipairs(lines) do
  heads[i] = "POST " .. path .. " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    .. "Content-Length: " .. #line .. "\r\n\r\n" .. line:sub(1, 7)
  tails[i] = line:sub(24)
end
local count, number = #lines, start
local format = string.format

request = function()
  number = number + 1
  local i = number % count + 1
  return heads[i] .. format("%016d", number) .. tails[i]
end

done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
