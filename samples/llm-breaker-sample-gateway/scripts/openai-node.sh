#!/usr/bin/env bash
# What OpenAI's client for Node.js makes of a stream that breaks: it must report an error.
#   scripts/openai-node.sh http://localhost:8080/v1 MODEL      a model whose streams break
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
modules=$here/../target/openai-node
npm install --silent --no-fund --no-audit --prefix "$modules" openai > /dev/null
cp "$here/openai-node.mjs" "$modules/"
exec node "$modules/openai-node.mjs" "$@"
