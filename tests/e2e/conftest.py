"""The browser tests. `page` (admin) and `page_as("gamma")` stand in tests/conftest.py, for other folders.

Two servers: `live_server`, with readers and rows up to a fixed day, and `demo`, which `make demo` starts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, StorageState

from tests.e2e.chart import Chart, Opener, chart_id, send
from tests.e2e.make_demo import MakeDemo, check_out
from tests.support.browser import Browsers, Watch
from tests.support.homes import DEMO_UNTIL
from tests.support.processes import ROOT, free_port


@pytest.fixture(autouse=True)
def metadata_as_loaded(request: pytest.FixtureRequest) -> Iterator[None]:
    """What one browser test writes, the next one does not see."""
    if "live_server" not in request.fixturenames:
        yield
        return
    server, loaded = request.getfixturevalue("live_server"), request.getfixturevalue("demo_home")
    yield
    server.restore(loaded)


@pytest.fixture
def open_chart(page: Page) -> Opener:
    """Open the demo's chart alone, as of the last day with rows, with these controls.

    On admin's page or another person's, with Explore around it (`whole_page=True`); `ready=False` does not
    wait for its numbers.
    """
    identity = chart_id(page)
    chart = page.request.get(f"/api/v1/chart/{identity}").json()["result"]
    params = {**json.loads(chart["params"]), "kpi_as_of": str(DEMO_UNTIL)}

    def open_it(reader: Page = page, ready: bool = True, whole_page: bool = False, **controls: Any) -> Chart:
        saved = {"params": json.dumps({**params, **controls})}
        send(page, "PUT", f"/api/v1/chart/{identity}", saved)
        standalone = "" if whole_page else "&standalone=1"
        reader.goto(f"/explore/?slice_id={identity}{standalone}")
        return Chart(reader).ready() if ready else Chart(reader)

    return open_it


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeDemo]:
    """What `make demo` starts in a fresh checkout; its output is build/logs/make-demo.log."""
    started = MakeDemo(check_out(tmp_path_factory.mktemp("checkout")), free_port())
    try:
        started.start()
        yield started
    finally:
        started.close()


@pytest.fixture(scope="session")
def demo_login(demo: MakeDemo, browsers: Browsers) -> StorageState:
    """The browser of a person who typed the printed login into the form."""
    username, password = demo.login
    context = browsers.running().new_context(base_url=demo.url)
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/login/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/superset/welcome/", wait_until="commit")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def demo_page(
    request: pytest.FixtureRequest, demo: MakeDemo, demo_login: StorageState, browser: Browser
) -> Iterator[Page]:
    """A page of the demo with the printed person logged in; as strict as `page_as`."""
    watch = Watch()
    context = browser.new_context(
        base_url=demo.url, storage_state=demo_login, viewport={"width": 1440, "height": 900}
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    watch.on(page)
    yield page
    folder: Path = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{request.node.name}.png")
    context.close()
    assert not watch.problems, "\n".join(watch.problems)
