#!/usr/bin/env bash
# Mixed traffic with faults for a long time, at 256 MB of heap and as much direct memory, gateway, callers and provider in one
# process: streams, documents, callers that leave or read slowly, 20 stalled uploads of 15 MB, idle connections, and a provider
# that refuses, stalls, cuts and is killed; then 10,000 callers that leave and 3,000 idle connections. Ends with an error unless
# heap, direct memory, threads, descriptors and running calls are flat and Netty reports no leak.
#   scripts/soak.sh [30m] [pause of each of the 32 callers between two calls, 0ms]
set -euo pipefail
cd "$(dirname "$0")/../../.."
exec env CI=true ./mvnw -B -ntp -pl samples/llm-breaker-sample-gateway -am test -Dtest='SoakTests,PressureTests' \
	-Dsurefire.failIfNoSpecifiedTests=false -Dtest.memory="-Xmx256m -XX:MaxDirectMemorySize=256m" \
	-Dgateway.soak.duration="${1:-30m}" -Dgateway.soak.pause="${2:-0ms}" -Dgateway.soak.uploads=20 \
	-Dgateway.soak.upload-megabytes=15 -Dgateway.soak.aborts=10000 -Dgateway.soak.idle=3000
