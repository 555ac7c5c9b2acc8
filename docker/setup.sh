#!/usr/bin/env bash
# Makes the environment. `setup.sh python` : .venv with Superset; `plugin`: this checkout in it; `dev`: the tools of
# make check and make test; `node`: Node 20 or newer, if need be; `frontend`: its packages; `bundle`: the built chart.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=docker/lib.sh
. "$here/lib.sh"
requirements="$here/requirements"
retry="Check the connection (or the proxy) to the Python package index, then run it again: it goes on where it stopped."
npm_retry="Check the connection (or the proxy) to the npm registry, then run it again."
frontend="$root/superset_kpi_plugin/frontend"
packages="$frontend/node_modules/.stamp" # the Makefile's stamp

# One at a time: two makes in one checkout would install into each other's half-made folders.
if command -v flock >/dev/null; then
  mkdir -p "$root/build"
  exec 9>"$root/build/setup.lock"
  flock 9
fi

is_311() {
  [ "$("$1" -c 'import sys; print(*sys.version_info[:2])' 2>/dev/null)" = "3 11" ]
}

create_venv() {
  local python='' without_venv='' candidate
  if "$venv/bin/python" -c '' 2>/dev/null; then return; fi
  for candidate in ${PYTHON:-python3.11 python3 python}; do
    is_311 "$candidate" || continue
    if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then python="$candidate" && break; fi
    without_venv="$candidate"
  done
  [ -n "$python$without_venv" ] ||
    fail "Python 3.11 is not here: install it (Debian: apt install python3.11-venv) or name it: make PYTHON=/path/to/python3.11"
  [ -n "$python" ] ||
    fail "$without_venv cannot make environments: install its venv module (Debian: apt install python3.11-venv)."
  rm -rf "$venv"
  step "Creating the environment in ${venv##*/}" "Is there room on the disk?" "$python" -m venv "$venv"
  export PATH="$venv/bin:$PATH" VIRTUAL_ENV="$venv"
}

install() {
  local files=() name
  for name in "$@"; do files+=(-r "$requirements/$name.txt"); done
  # Else every process compiles Superset anew where PYTHONDONTWRITEBYTECODE is set, and seven seconds pass.
  UV_LINK_MODE="${UV_LINK_MODE:-copy}" uv pip install --compile-bytecode --require-hashes "${files[@]}"
}

node_is_new() {
  command -v npm >/dev/null && [ "$(node -p 'parseInt(process.versions.node)' 2>/dev/null || echo 0)" -ge 20 ]
}

case "${1:-}" in
  python)
    create_venv
    step "Fetching the installer" "$retry" python -m pip install --disable-pip-version-check --require-hashes \
      -r "$requirements/bootstrap.txt"
    step "Installing Superset 6.1.0" "$retry" install superset demo
    ;;
  dev) step "Installing the development tools" "$retry" install dev ;;
  plugin)
    step "Installing the plugin" "Is pyproject.toml whole?" \
      uv pip install --no-deps --no-build-isolation --editable "$root"
    ;;
  node) node_is_new || step "Installing Node.js into the environment" "$retry" install node ;;
  frontend)
    if [ "$packages" -nt "$frontend/package-lock.json" ]; then exit; fi # another make was waiting for the same
    step "Installing the frontend's packages" "$npm_retry" npm --prefix "$frontend" ci
    touch "$packages"
    ;;
  bundle) step "Building the frontend" "The log says which file is wrong." npm --prefix "$frontend" run build ;;
  *) fail "Usage: docker/setup.sh python|dev|plugin|node|frontend|bundle" ;;
esac
