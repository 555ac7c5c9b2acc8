#!/usr/bin/env bash
# Starts one part of Superset with the plugin: init, web, worker or beat.
# The demo, compose.yml and the tests all come through here; superset_config.py lists the environment it reads.
# Besides: PORT, KPI_BIND, KPI_WORKERS, KPI_THREADS (web); KPI_CONCURRENCY (worker); KPI_VENV.
# init takes KPI_ADMIN_USERNAME and KPI_ADMIN_PASSWORD; KPI_DEMO=1 loads the demo, up to KPI_DEMO_UNTIL or today.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=docker/lib.sh
. "$here/lib.sh"

export KPI_HOME="${KPI_HOME:-$root/build/demo}"
mkdir -p "$KPI_HOME"
KPI_HOME="$(cd "$KPI_HOME" && pwd)"
export SUPERSET_HOME="$KPI_HOME" SUPERSET_CONFIG_PATH="$here/superset_config.py"
export FLASK_APP="superset.app:create_app()"
logs="${KPI_LOGS:-$KPI_HOME/logs}"
cd "$KPI_HOME"

# What the tables were made by: another Superset, plugin or set of migrations means that they must be looked at again.
# Nothing, where the database is new while the home is not.
fingerprint() {
  python - <<'PY'
import hashlib
import os
from importlib.metadata import version
from pathlib import Path

import sqlalchemy
import superset_kpi_plugin

metadata = os.environ.get("KPI_METADATA_URI") or f"sqlite:///{os.environ['KPI_HOME']}/superset.db"
if not sqlalchemy.inspect(sqlalchemy.create_engine(metadata)).has_table("alembic_version_kpi"):
    raise SystemExit

package = Path(superset_kpi_plugin.__file__).parent
revisions = [*package.glob("migrations/versions/*.py"), *package.parent.glob("migrations/versions/*.py")]
names = sorted(path.name for path in revisions)
told = repr((version("apache-superset"), version("superset-kpi-plugin"), names))
print(hashlib.sha256(told.encode()).hexdigest())
PY
}

init() {
  local stamp="$KPI_HOME/initialised" loaded="$KPI_HOME/demo_loaded" log="$logs/init.log" mark todo=()
  mark="$(fingerprint)" || fail "The metadata database does not answer: is KPI_METADATA_URI right?"
  if [ -z "$mark" ]; then rm -f "$stamp" "$loaded"; fi
  if [ -z "$mark" ] || [ "$(cat "$stamp" 2>/dev/null || true)" != "$mark" ]; then todo+=(tables); fi
  if [ "${KPI_DEMO:-0}" = 1 ] && [ ! -e "$loaded" ]; then todo+=(demo); fi
  if [ ${#todo[@]} -eq 0 ]; then return; fi
  : "${KPI_ADMIN_PASSWORD:?is missing: the password of the administrator}"
  mkdir -p "$logs"
  if ! python "$here/prepare.py" "$log" "${todo[@]}"; then
    tail -n 15 "$log" >&2
    fail "Superset could not be prepared; its whole log is $log. Run it again, or start over with an empty home."
  fi
  fingerprint >"$stamp"
  if [ "${KPI_DEMO:-0}" = 1 ]; then touch "$loaded"; fi
}

need_redis() {
  [ -n "${KPI_REDIS_URL:-}" ] || fail "Celery needs Redis: set KPI_REDIS_URL, for example redis://localhost:6379."
}

case "${1:-}" in
  init) init ;;
  web) exec gunicorn --config "$here/gunicorn.conf.py" ;;
  worker)
    need_redis
    exec celery --app superset.tasks.celery_app:app worker --pool prefork --concurrency "${KPI_CONCURRENCY:-2}" \
      --loglevel INFO -O fair
    ;;
  beat)
    need_redis
    exec celery --app superset.tasks.celery_app:app beat --loglevel INFO --pidfile= \
      --schedule "$KPI_HOME/celerybeat-schedule"
    ;;
  *) fail "Usage: docker/start.sh init|web|worker|beat" ;;
esac
