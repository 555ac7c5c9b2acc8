"""The wheel of `make build`: what it carries, and that it works where nothing else of this checkout is."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support import homes
from tests.support.browser import Watch
from tests.support.homes import DEMO_UNTIL
from tests.support.live import LiveServer, serve
from tests.support.processes import ROOT, START, run

PACKAGE = "superset_kpi_plugin"
REQUIREMENTS = ROOT / "docker" / "requirements"
PASSWORD = "the-password-of-the-wheel's-admin"

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run("make", "build", f"DIST={folder}")
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    return next(dist.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    return zipfile.ZipFile(wheel).namelist()


def test_it_carries_the_bundle_and_the_migrations(names: list[str]) -> None:
    versions = [path.name for path in (ROOT / "migrations" / "versions").glob("*.py")]
    for needed in (
        "static/kpi-tree.js",
        "static/page.js",
        "static/page.json",
        "templates/kpi_tree/page.html",
        "migrations/env.py",
        "migrations/script.py.mako",
        "py.typed",
    ):
        assert f"{PACKAGE}/{needed}" in names
    assert versions
    for version in versions:
        assert f"{PACKAGE}/migrations/versions/{version}" in names


def test_it_carries_every_file_that_the_bundles_import(wheel: Path) -> None:
    contents = _contents(wheel)
    static = f"{PACKAGE}/static/"
    bundles = {name: text.decode() for name, text in contents.items() if re.match(rf"{static}.*\.js$", name)}
    imported = {
        f"{static}chunks/{chunk}"
        for text in bundles.values()
        for chunk in re.findall(r"""["']\./(?:chunks/)?([\w-]+-[A-Z0-9]{8}\.js)["']""", text)
    }
    assert len(imported) > 10
    assert imported == {name for name in bundles if "/chunks/" in name}


def test_it_carries_the_translations(wheel: Path) -> None:
    catalogues = sorted((ROOT / PACKAGE / "translations").rglob("*.po"))
    assert catalogues
    contents = _contents(wheel)
    for path in catalogues:
        assert contents[path.relative_to(ROOT).as_posix()] == path.read_bytes()


def test_it_carries_no_typescript_and_no_tests(names: list[str]) -> None:
    unwanted = re.compile(r"\.tsx?$|/frontend/|/tests?/|node_modules|\.map$|\.pot$|\.pyc$")
    assert [name for name in names if unwanted.search(name)] == []


def test_it_installs_one_package_and_nothing_beside_it(names: list[str]) -> None:
    top = {name.split("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} == {PACKAGE}


def test_the_sdist_builds_the_same_wheel(dist: Path, wheel: Path, tmp_path: Path) -> None:
    run("tar", "-xzf", next(dist.glob("*.tar.gz")), "-C", tmp_path)
    source = next(path for path in tmp_path.iterdir() if path.is_dir())
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path / "again", cwd=source)
    again = next((tmp_path / "again").glob("*.whl"))
    assert _contents(again) == _contents(wheel)


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment: Superset as pinned, the demo's driver, and the wheel."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    python = folder / "bin" / "python"
    pinned = [word for name in ("superset", "demo") for word in ("-r", REQUIREMENTS / f"{name}.txt")]
    run("uv", "venv", "--quiet", "--python", sys.executable, folder)
    run("uv", "pip", "install", "--quiet", "--require-hashes", "-p", python, *pinned)
    run("uv", "pip", "install", "--quiet", "--no-deps", "-p", python, wheel)
    run("uv", "pip", "check", "-p", python)
    return folder


@pytest.fixture(scope="module")
def installed(environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """Superset served from that environment, its tables and demo made by the wheel."""
    home = homes.copy(homes.bare(), tmp_path_factory.mktemp("wheel-home"))
    settings = {
        **homes.environment(home),
        "KPI_VENV": str(environment),
        "KPI_ADMIN_PASSWORD": PASSWORD,
        "KPI_DEMO": "1",
        "KPI_DEMO_UNTIL": str(DEMO_UNTIL),
    }
    run(START, "init", env=settings)
    with serve("wheel-server", home, KPI_VENV=str(environment)) as server:
        yield server


def test_python_finds_the_wheel_and_not_the_checkout(environment: Path, tmp_path: Path) -> None:
    command = [environment / "bin" / "python", "-c", f"import {PACKAGE}; print({PACKAGE}.__file__)"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(said.stdout.strip()).is_relative_to(environment)


def test_the_chart_loads_in_explore(installed: LiveServer, browser: Browser) -> None:
    state = installed.login(browser, "admin", PASSWORD)
    context = browser.new_context(base_url=installed.url, storage_state=state)
    page = context.new_page()
    page.set_default_timeout(60_000)
    watch = Watch()
    watch.on(page)
    bundles: list[int] = []
    page.on("response", lambda got: bundles.append(got.status) if "/kpi-tree.js" in got.url else None)

    charts = page.request.get("/api/v1/chart/?q=(filters:!((col:viz_type,opr:eq,value:kpi_tree)))").json()
    assert charts["count"] >= 1
    page.goto(f"/explore/?slice_id={charts['result'][0]['id']}")

    page.locator("[data-test='kpi-node']").first.wait_for()
    assert bundles == [200]
    page.get_by_text("KPI Tree", exact=True).first.wait_for()
    context.close()
    assert watch.problems == []


def _contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
