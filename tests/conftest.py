"""What every test can ask for: Superset in this process or behind a port, a browser, PostgreSQL and Redis."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.support import homes, live, servers
from tests.support.processes import LOGS, ROOT

if TYPE_CHECKING:
    from flask import Flask
    from playwright.sync_api import Browser, Page

    from tests.support.browser import Browsers
    from tests.support.client import Client

# What Superset 6.1.0 and what it stands on warn of at import and in use. Nothing of ours may be added.
THIRD_PARTY_WARNINGS = [
    r"ignore::DeprecationWarning:superset(\.|$)",
    r"ignore::marshmallow.warnings.ChangedInMarshmallow4Warning:superset\.",
    r"ignore::marshmallow.warnings.RemovedInMarshmallow4Warning:marshmallow\.fields",
    r"ignore::DeprecationWarning:flask_appbuilder\.",
    r"ignore:Multiple schemas resolved to the name:UserWarning:apispec\.",
    r"ignore:<class '(superset|flask_appbuilder)\..*already been added to the spec:UserWarning:apispec\.",
    r"ignore:Dialect sqlite.pysqlite does .not. support Decimal:sqlalchemy.exc.SAWarning",
]

# A property is no timed test: on a busy machine anything takes longer than anybody thought.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

HUNG = 180  # seconds: three times what the slowest part of a browser test takes on two busy cores
RUNNING, FAILURES = LOGS / "running.txt", LOGS / "failures.txt"
HOME = pytest.StashKey[Path]()
REPORT = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--new-pictures", action="store_true", help="keep what is drawn as what is approved")


def pytest_configure(config: pytest.Config) -> None:
    """Superset reads its configuration at its first import, which may come with the first test module."""
    FAILURES.unlink(missing_ok=True)
    home = Path(tempfile.mkdtemp(prefix="kpi-test-home-"))
    config.stash[HOME] = home
    os.environ.update(homes.environment(home))
    for line in THIRD_PARTY_WARNINGS:
        config.addinivalue_line("filterwarnings", line)


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[HOME], ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser test that fails is run once more, and told as RERUN with its failure."""
    for item in items:
        if _in_browser(item):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_runtest_logstart(nodeid: str) -> None:
    LOGS.mkdir(parents=True, exist_ok=True)
    RUNNING.write_text(f"{nodeid}\n")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Iterator[None]:
    report: Any = yield
    item.stash[REPORT] = report.failed or (call.when != "setup" and item.stash.get(REPORT, False))
    if report.failed:
        _note(f"{call.when} of {item.nodeid}: {_where(report)} {call.excinfo and call.excinfo.exconly()}")
    return report  # type: ignore[no-any-return]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    with _patience(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    with _patience(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    with _patience(item):
        return (yield)


def _in_browser(item: pytest.Item) -> bool:
    return "browser" in getattr(item, "fixturenames", ())


def _patience(item: pytest.Item) -> AbstractContextManager[None]:
    if not _in_browser(item):
        return nullcontext()
    from tests.support.browser import ended_when_hung

    return ended_when_hung(HUNG, lambda told: _note(f"{item.nodeid} hung; its browser was ended: {told}"))


def _where(report: Any) -> str:
    """The last line of the tests that the failure went through."""
    lines = re.findall(r"^(tests/\S+?:\d+)", report.longreprtext, re.MULTILINE)
    return lines[-1] if lines else ""


def _note(line: str) -> None:
    """Keep it where .ci/run finds it when nothing else is left to tell."""
    with open(FAILURES, "a") as failures:
        failures.write(f"{line.splitlines()[0]}\n")


# --- Superset in this process ---------------------------------------------------------------------


@pytest.fixture(scope="session")
def plain_home() -> Path:
    """A finished home with users and no demo: copy it, do not write to it."""
    return homes.template(demo=False)


@pytest.fixture(scope="session")
def demo_home() -> Path:
    """A finished home with the demo loaded up to `homes.DEMO_UNTIL`: copy it, do not write to it."""
    return homes.template(demo=True)


@pytest.fixture(scope="session")
def session_app(pytestconfig: pytest.Config, demo_home: Path) -> Flask:
    """The one app of this process, on a copy of the demo home. Tests ask for `app`."""
    homes.copy(demo_home, pytestconfig.stash[HOME])
    from superset.app import create_app

    app = create_app()
    app.config["TESTING"] = True
    return app


@pytest.fixture
def app(session_app: Flask, demo_home: Path, pytestconfig: pytest.Config) -> Iterator[Flask]:
    """Superset with the plugin and the demo; whatever the test writes to the metadata is undone after it."""
    home = pytestconfig.stash[HOME]
    with closing(sqlite3.connect(home / "superset.db")) as watcher:
        before = watcher.execute("PRAGMA data_version").fetchone()
        yield session_app
        written = watcher.execute("PRAGMA data_version").fetchone() != before
    with session_app.app_context():
        from superset.extensions import cache_manager, db

        db.session.remove()
        if written:
            db.engine.dispose()
            homes.restore_metadata(demo_home, home)
            for cache in (cache_manager.cache, cache_manager.data_cache):
                cache.clear()


@pytest.fixture
def app_context(app: Flask) -> Iterator[Flask]:
    """The app with its context pushed, for code that uses the database session or the configuration."""
    with app.app_context():
        yield app


@pytest.fixture
def client_as(app: Flask) -> Callable[[str | None], Client]:
    """`client_as("gamma").get("/api/v1/kpi_tree/")`; `client_as(None)` is nobody."""
    from tests.support.client import Client

    return lambda username: Client(app, username)


# --- Superset behind a port -----------------------------------------------------------------------


@pytest.fixture(scope="session")
def live_server(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[live.LiveServer]:
    """Superset with the demo behind a port, for the browser. Its log is build/logs/live-server.log."""
    with live.serve("live-server", homes.copy(demo_home, tmp_path_factory.mktemp("live"))) as server:
        yield server


@pytest.fixture(scope="session")
def pg_server() -> Iterator[servers.Postgres]:
    """A real PostgreSQL: `pg_server.create_database("name")` gives a URI."""
    with servers.postgres() as server:
        yield server


@pytest.fixture(scope="session")
def redis_server() -> Iterator[servers.Redis]:
    """A real Redis: `redis_server.url`, without a database number."""
    with servers.redis() as server:
        yield server


# --- the browser ----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browsers() -> Iterator[Browsers]:
    """Where there is no Chromium, the test fails with the line that says what to install."""
    from playwright.sync_api import sync_playwright

    from tests.support import chromium
    from tests.support.browser import Browsers

    path = chromium.find()
    if path is None:
        pytest.fail(chromium.ADVICE, pytrace=False)
    with sync_playwright() as playwright:
        started = Browsers(playwright, path)
        yield started
        started.close()


@pytest.fixture
def browser(browsers: Browsers) -> Browser:
    """Headless Chromium, the same for all tests as long as it runs."""
    return browsers.running()


@pytest.fixture
def page_as(
    request: pytest.FixtureRequest, browser: Browser, live_server: live.LiveServer
) -> Iterator[Callable[..., Page]]:
    """`page_as("alpha")` is a page with that person logged in; options go to `browser.new_context`.

    The test fails when the page throws or the plugin's bundle writes an error; a failed test leaves a
    screenshot in build/screenshots.
    """
    from tests.support.browser import Watch

    watch = Watch()
    pages: list[Page] = []

    def open_page(username: str | None = "admin", **options: Any) -> Page:
        state = live_server.login(browser, username) if username else None
        options = {"viewport": {"width": 1440, "height": 900}, **options}
        context = browser.new_context(base_url=live_server.url, storage_state=state, **options)
        context.set_default_timeout(30_000)
        page = context.new_page()
        watch.on(page)
        pages.append(page)
        return page

    yield open_page
    if watch.problems or request.node.stash.get(REPORT, False):
        _screenshots(request.node.name, pages)
    for page in pages:
        if browser.is_connected():
            page.context.close()
    assert not watch.problems, "\n".join(watch.problems)


@pytest.fixture
def page(page_as: Callable[..., Page]) -> Page:
    """A page with admin logged in."""
    return page_as("admin")


def _screenshots(test: str, pages: list[Page]) -> None:
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages):
        if not page.is_closed() and page.context.browser and page.context.browser.is_connected():
            page.screenshot(path=folder / f"{re.sub(r'[^A-Za-z0-9_.-]+', '-', test)}-{number}.png")
