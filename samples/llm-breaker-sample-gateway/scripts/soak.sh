#!/usr/bin/env bash
# Mixed traffic with faults for a long time: streams, documents, callers that leave, stalled uploads and readers, idle
# connections, and a provider that refuses, stalls, cuts and is killed. Ends with an error unless heap, direct memory,
# threads, descriptors and running calls are flat.
#   scripts/soak.sh [30m]
set -euo pipefail
cd "$(dirname "$0")/../../.."
exec env CI=true ./mvnw -B -ntp -q -pl samples/llm-breaker-sample-gateway -am test -Dtest=SoakTests \
	-Dsurefire.failIfNoSpecifiedTests=false -Dgateway.soak.duration="${1:-30m}"
