#!/usr/bin/env bash
# CPU time (user and system) per request and per stream of the gateway, beside a bare Reactor Netty proxy and Portkey's
# gateway: each in a process of its own, in turn, with the same callers and the same provider.
#   scripts/speed.sh            ten minutes; PORTKEY=none leaves Portkey's out, -Dspeed.rounds=11 is steadier
set -euo pipefail
cd "$(dirname "$0")/.."
top=../..
sample=samples/llm-breaker-sample-gateway
(cd $top && CI=true ./mvnw -q -B -ntp -pl $sample -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath.txt)
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
