"""docker/: the compose file is one that Docker understands, and start.sh runs all of it without Docker."""

from __future__ import annotations

import http.cookiejar
import re
import subprocess
import time
import urllib.parse
import urllib.request

import pytest
import yaml

from tests.support import compose
from tests.support.homes import DEMO_UNTIL, SECRET_KEY
from tests.support.processes import LOGS, ROOT, START, background, free_port, run, wait_for_http
from tests.support.servers import Postgres, Redis

COMPOSE_FILE = ROOT / "docker" / "compose.yml"
NEEDED = {
    "KPI_ADMIN_PASSWORD": "an-admin-password",
    "KPI_DB_PASSWORD": "a-db-password",
    "KPI_SECRET_KEY": "secret",
}


@pytest.fixture(scope="module")
def config() -> dict[str, dict[str, dict[str, object]]]:
    """The compose file as `docker compose config` resolves it."""
    said = run(*compose.command(), "-f", COMPOSE_FILE, "config", env=NEEDED)
    resolved: dict[str, dict[str, dict[str, object]]] = yaml.safe_load(said)
    return resolved


def test_the_compose_file_has_every_part(config: dict[str, dict[str, dict[str, object]]]) -> None:
    assert set(config["services"]) == {"postgres", "redis", "init", "web", "worker", "beat"}


@pytest.mark.parametrize("part", ["init", "web", "worker", "beat"])
def test_each_part_runs_the_start_script_on_both_servers(
    config: dict[str, dict[str, dict[str, object]]], part: str
) -> None:
    service = config["services"][part]
    environment = service["environment"]
    assert isinstance(environment, dict)
    assert service["command"] == [part]
    assert environment["KPI_METADATA_URI"] == "postgresql+psycopg2://superset:a-db-password@postgres/superset"
    assert environment["KPI_REDIS_URL"] == "redis://redis:6379"


def test_the_image_starts_what_the_demo_starts() -> None:
    dockerfile = (ROOT / "docker" / "Dockerfile").read_text()
    assert 'ENTRYPOINT ["/opt/kpi/docker/start.sh"]' in dockerfile
    assert START == ROOT / "docker" / "start.sh"


@pytest.mark.parametrize("missing", sorted(NEEDED))
def test_no_secret_has_a_default(missing: str) -> None:
    environment = {**NEEDED, missing: ""}
    with pytest.raises(RuntimeError, match=f"set {missing}"):
        run(*compose.command(), "-f", COMPOSE_FILE, "config", env=environment)


@pytest.fixture(scope="module")
def deployment(
    pg_server: Postgres, redis_server: Redis, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The environment of the compose file's services, on servers of this machine, after `start.sh init`."""
    environment = {
        "KPI_HOME": str(tmp_path_factory.mktemp("deployment")),
        "KPI_METADATA_URI": pg_server.create_database("deployment"),
        "KPI_REDIS_URL": redis_server.url,
        "KPI_SECRET_KEY": SECRET_KEY,
        "KPI_ADMIN_PASSWORD": "an-admin-password",
        "KPI_DEMO": "1",
        "KPI_DEMO_UNTIL": str(DEMO_UNTIL),
        "PORT": str(free_port()),
    }
    said = run(START, "init", env=environment)
    assert "Loading the demo" in said
    return environment


@pytest.mark.timeout(300)
def test_a_second_init_does_nothing(deployment: dict[str, str]) -> None:
    assert run(START, "init", env=deployment) == ""


@pytest.mark.timeout(300)
def test_a_worker_answers(deployment: dict[str, str]) -> None:
    ping = ["celery", "--app", "superset.tasks.celery_app:app", "inspect", "ping", "--timeout", "10"]
    environment = {
        **deployment,
        "SUPERSET_HOME": deployment["KPI_HOME"],
        "SUPERSET_CONFIG_PATH": str(ROOT / "docker" / "superset_config.py"),
    }
    with background("deploy-worker", START, "worker", env=deployment) as worker:
        _wait_for_log("deploy-worker", " ready.", worker)
        assert "pong" in run(*ping, env=environment)


@pytest.mark.timeout(300)
def test_beat_keeps_the_schedule(deployment: dict[str, str]) -> None:
    with background("deploy-beat", START, "beat", env=deployment) as beat:
        _wait_for_log("deploy-beat", "beat: Starting...", beat)


@pytest.mark.timeout(300)
def test_the_web_server_lets_the_administrator_in(deployment: dict[str, str]) -> None:
    url = f"http://127.0.0.1:{deployment['PORT']}"
    with background("deploy-web", START, "web", env={**deployment, "KPI_WORKERS": "1"}) as web:
        wait_for_http(f"{url}/health", web, "deploy-web")
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        form = browser.open(f"{url}/login/").read().decode()
        token = re.search(r'id="csrf_token"\s+value="([^"]+)"', form)
        assert token, form
        fields = {"username": "admin", "password": "an-admin-password", "csrf_token": token[1]}
        browser.open(f"{url}/login/", urllib.parse.urlencode(fields).encode()).read()
        me = browser.open(f"{url}/api/v1/me/").read().decode()
        assert '"username":"admin"' in me.replace(" ", "")
        dashboard = browser.open(f"{url}/superset/dashboard/kpi-marketing-automation/")
        assert dashboard.status == 200


def _wait_for_log(name: str, word: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 120
    while word not in (said := (LOGS / f"{name}.log").read_text(errors="replace")):
        assert process.poll() is None, said[-4000:]
        assert time.monotonic() < end, said[-4000:]
        time.sleep(0.2)
