"""What the plugin costs every page of Superset."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.chart import LOADED
from tests.e2e.make_demo import ENVIRONMENT
from tests.support.homes import PACKAGE
from tests.support.processes import run

LIMIT = 15_000
STATIC: Path = PACKAGE / "static"
STATIC_IMPORT = re.compile(
    r"""(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{},\s]+?\s*from\s*)?["'](\./[^"']+)["']"""
)


def test_the_entry_is_small_and_whole() -> None:
    """One file: whatever it imported at once would be one more journey before Superset knows the chart."""
    run("make", "setup", env=ENVIRONMENT)
    text = (STATIC / "kpi-tree.js").read_text()
    assert STATIC_IMPORT.findall(text) == []
    (chart,) = re.findall(r"""import\(["'](\./chunks/[^"']+)["']\)""", text)
    assert (STATIC / chart).is_file()
    assert len(gzip.compress(text.encode())) < LIMIT


def test_a_slow_browser_draws_the_chart_in_explore(page: Page) -> None:
    """Superset asks the chart's query without waiting for run-time plugins; on a slow machine it is first."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    found = page.request.get("/api/v1/chart/?q=(filters:!((col:viz_type,opr:eq,value:kpi_tree)))").json()
    page.goto(f"/explore/?slice_id={found['result'][0]['id']}", timeout=120_000, wait_until="commit")
    page.locator("[data-test='kpi-node']").first.wait_for(timeout=120_000)


def test_the_bundle_comes_beside_the_hosts_own_scripts(page: Page) -> None:
    """Explore builds its control panel once: what is asked for after the list of plugins may be too late."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.split("?")[0]))
    found = page.request.get("/api/v1/chart/?q=(filters:!((col:viz_type,opr:eq,value:kpi_tree)))").json()
    page.goto(f"/explore/?slice_id={found['result'][0]['id']}", wait_until="commit")
    expect(page.locator('[data-test="kpi_tree-header"]')).to_be_visible(timeout=LOADED)
    ours = [
        url.rsplit("/", 1)[-1] for url in asked if url.endswith(("/kpi-tree.js", "/dynamic-plugins/api/read"))
    ]
    assert ours == ["kpi-tree.js", "read"]
