"""Asks a running Prometheus every query of the dashboard and of the alerts; run by .ci/monitoring."""

import json
import pathlib
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

server, directory = sys.argv[1], pathlib.Path(sys.argv[2])
# what needs something that the application does not have
EMPTY = ("llm_breaker_fleet_connected", "llm_breaker_fallbacks_total", "llm_breaker_retries_total")


def ask(path, **parameters):
    url = f"{server}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.load(answer)["data"]
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{parameters}: {error.read().decode()}")


def wait_for_metrics():
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        try:
            if float(ask("query", query="sum(llm_breaker_trips_total)")["result"][0]["value"][1]) > 0 \
                    and float(ask("query", query="min(count_over_time(llm_breaker_state[1m]))")["result"][0]["value"][1]) >= 5:
                return
        except (OSError, IndexError):
            pass
        time.sleep(1)
    raise SystemExit("Prometheus has seen no breaker")


wait_for_metrics()
failed = 0
dashboard = json.loads((directory / "dashboard.json").read_text())
for panel in dashboard["panels"]:
    for target in panel["targets"]:
        query = target["expr"]
        for variable, value in {"$job": ".*", "$provider": ".*", "$model": ".*", "$__rate_interval": "1m", "$__range": "1h"}.items():
            query = query.replace(variable, value)
        series = ask("query", query=query)["result"]
        # what only compares shows nothing while nothing is the matter, and nothing has happened since the scrapes began
        expected = "> 0" not in query and not any(name in query for name in EMPTY)
        if expected and not series:
            failed += 1
        print(f"{'ok     ' if series or not expected else 'EMPTY  '} {panel['title']}: {len(series)} series")
rules = [rule for group in ask("rules")["groups"] for rule in group["rules"]]
for rule in rules:
    broken = rule["health"] == "err"
    failed += broken
    print(f"{'FAILED ' if broken else 'ok     '} {rule['name']}: {rule['health']} {rule.get('lastError', '')}")
sys.exit(1 if failed or not rules else 0)
