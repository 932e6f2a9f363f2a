#!/usr/bin/env bash
# What OpenAI's client for Node.js makes of streams that break behind the gateway: it must report an error each time, and
# take a whole stream for one. Starts the gateway, and a provider that breaks off.
#   scripts/openai-node.sh
set -euo pipefail
cd "$(dirname "$0")/.."
sample=samples/llm-breaker-sample-gateway
(cd ../.. && CI=true ./mvnw -q -B -ntp -pl $sample -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath.txt)
modules=target/openai-node
npm install --silent --no-fund --no-audit --prefix $modules openai > /dev/null
cp scripts/openai-node.mjs $modules/
exec node $modules/openai-node.mjs java -Xmx256m -cp "target/classes:$(cat target/classpath.txt)" \
	io.github.llmbreaker.samples.gateway.GatewayApplication
