#!/usr/bin/env bash
# Compiles requirements/*.in into pinned, hashed *.txt. What is pinned already stays, unless UPGRADE=1.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=docker/lib.sh
. "$here/lib.sh"
cd "$here/requirements"

compile() {
  local name="$1"
  shift
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-emit-find-links --no-annotate --no-header ${UPGRADE:+--upgrade} "$name.in" -o "$name.txt" "$@"
}

compile superset
compile demo
compile bootstrap
compile dev
compile node
compile compose --override compose-overrides.in
