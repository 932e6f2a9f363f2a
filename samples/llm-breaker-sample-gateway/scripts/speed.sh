#!/usr/bin/env bash
# CPU time (user and system, all threads) of the gateway for a document, for a stream as a model writes it (an event each 20 to
# 40 ms) and for one that comes all at once, beside a bare Reactor Netty proxy and Portkey's gateway: each in a process of its
# own, in turn, with the same callers and the same provider. All warm up until the JVMs' compilers have nothing left to do.
#   scripts/speed.sh            ten minutes on a machine of its own; PORTKEY=none leaves Portkey's out, -Dspeed.rounds=15 is
#                               steadier, -Dspeed.loads=STREAM,BURST measures less, -Dspeed.warm-ups=10 waits less
set -euo pipefail
cd "$(dirname "$0")/.."
top=../..
sample=samples/llm-breaker-sample-gateway
# what the gateway runs with, and nothing of its tests
(cd $top && CI=true ./mvnw -q -B -ntp -pl $sample -am test-compile dependency:build-classpath \
	-DincludeScope=runtime -Dmdep.outputFile=target/classpath.txt)
path=target/test-classes:target/classes:$(cat target/classpath.txt)
others=()
if [ "${PORTKEY:-1.15.2}" != none ]; then
	portkey=target/portkey/node_modules/@portkey-ai/gateway/build/start-server.js
	npm install --silent --no-fund --no-audit --ignore-scripts --prefix target/portkey "@portkey-ai/gateway@${PORTKEY:-1.15.2}" > /dev/null
	# Since Node.js 18 the headers of an answer can't be changed: without a copy of it every stream is a 500.
	original='this.updateHeaders(i,n.cacheStatus,o)' patched='(i=new Response(i.body,i),this.updateHeaders(i,n.cacheStatus,o))'
	grep -qF "$patched" "$portkey" || sed -i "s/$original/$patched/" "$portkey"
	grep -qF "$patched" "$portkey" || { echo "This version of Portkey's gateway can't be patched" >&2; exit 1; }
	others+=("Portkey=node $PWD/$portkey --port=PORT --headless")
fi
exec java "$@" -cp "$path" io.github.llmbreaker.samples.gateway.SpeedComparison "${others[@]}"
