#!/usr/bin/env bash
# CPU time per request and per stream of the gateway, beside a bare Reactor Netty proxy: each in a process of its own, one
# after the other, with the same callers and the same provider.
#   scripts/speed.sh            a few minutes; -Dspeed.requests=50000 -Dspeed.streams=2000 takes longer and is steadier
set -euo pipefail
cd "$(dirname "$0")/.."
top=../..
sample=samples/llm-breaker-sample-gateway
(cd $top && ./mvnw -q -B -ntp -pl $sample -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath.txt)
path=target/test-classes:target/classes:$(cat target/classpath.txt)
exec java "$@" -cp "$path" io.github.llmbreaker.samples.gateway.SpeedComparison
