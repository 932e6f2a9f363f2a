#!/usr/bin/env bash
# Starts Portkey's gateway for scripts/speed.sh.
#   portkey.sh PORT UPSTREAM
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
exec node "$here/../target/portkey/node_modules/@portkey-ai/gateway/build/start-server.js" --port="$1" --headless
