#!/usr/bin/env bash
# `make demo`: Superset with the plugin and the demo on http://localhost:$PORT, in build/demo. `demo.sh check` only
# looks whether it could run, before the minutes that installing takes.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=docker/lib.sh
. "$here/lib.sh"
export PORT="${PORT:-8088}"

case "$PORT" in
  '' | *[!0-9]*) fail "PORT=$PORT is not a number: make demo PORT=8089" ;;
esac
# Bash's own client: nothing needs to be installed to find out that somebody answers.
if (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; then
  fail "Port $PORT is in use: stop what runs there, or take another: make demo PORT=$((PORT + 1))"
fi
if [ "${1:-}" = check ]; then exit; fi

# One process: it starts sooner than two, and sixteen threads are enough for one person.
export KPI_WORKERS="${KPI_WORKERS:-1}" KPI_THREADS="${KPI_THREADS:-16}"
export KPI_HOME="$root/build/demo" KPI_LOGS="$logs" KPI_DEMO=1 KPI_ADMIN_USERNAME=admin KPI_ADMIN_PASSWORD=admin
if [ -n "${RESET:-}" ]; then
  printf '• Starting over: build/demo is removed\n'
  rm -rf "$KPI_HOME"
fi
"$here/start.sh" init

mkdir -p "$logs"
export KPI_GREETING="
  Superset runs. Ctrl-C stops it.

    Dashboard  http://localhost:$PORT/superset/dashboard/kpi-marketing-automation/
    Login      admin / admin
    Log        build/logs/web.log
"
printf '• Starting Superset …\n'
exec 3>&1 # the terminal, for the greeting
exec "$here/start.sh" web >"$logs/web.log" 2>&1
