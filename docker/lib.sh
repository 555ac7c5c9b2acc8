# shellcheck shell=bash
# What the scripts share: where things are, progress lines, and one clear line when something goes wrong.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
venv="${KPI_VENV:-$root/.venv}"
logs="${KPI_LOGS:-$root/build/logs}"
if [ -d "$venv/bin" ]; then
  export PATH="$venv/bin:$PATH" VIRTUAL_ENV="$venv"
fi

# uv and the wheel's Node.js bring certificates of their own; a machine may have more, as behind a company's proxy.
if [ -r /etc/ssl/certs/ca-certificates.crt ]; then
  export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"
  export NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}"
fi

fail() {
  printf '\n✗ %s\n' "$*" >&2
  exit 1
}

# step "What happens" "what to do when it fails" command…: one line while it runs, the end of its log when it fails.
step() {
  local title="$1" advice="$2" log ticker='' start=$SECONDS
  shift 2
  mkdir -p "$logs"
  log="$logs/$(tr -cs 'A-Za-z0-9.\n' '-' <<<"$title" | tr '[:upper:]' '[:lower:]' | sed 's/-*$//').log"
  printf '• %s …' "$title"
  if [ -t 1 ]; then
    while sleep 1; do printf '\r• %s … %d s' "$title" $((SECONDS - start)); done &
    ticker=$!
    # shellcheck disable=SC2064
    trap "kill $ticker 2>/dev/null; echo" EXIT
  fi
  local status=0
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ -n "$ticker" ]; then
    kill "$ticker" 2>/dev/null
    wait "$ticker" 2>/dev/null || true
    trap - EXIT
  fi
  if [ "$status" -ne 0 ]; then
    printf ' failed\n\n' >&2
    tail -n 15 "$log" >&2
    fail "$title failed. $advice (whole log: ${log#"$root"/})"
  fi
  if [ -t 1 ]; then printf '\r• %s …' "$title"; fi
  printf ' %d s\n' $((SECONDS - start))
}
