"""The chart in a browser: what it weighs, how soon it stands beside Superset's own Tree Chart, how it moves.

Superset serves its demo home; headless Chromium on the same machine draws. The same tree with its numbers
is drawn by both charts, each alone in Explore, in turn; the browser's cache and Superset's are warm for both.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.bench.table import Row, at_least, at_most
from tests.e2e.chart import LOADED, Chart, chart_id, send
from tests.support import chromium, homes, live
from tests.support.processes import ROOT
from tests.support.trees import large_tree

STATIC = ROOT / "superset_kpi_plugin" / "static"
ENTRY_LIMIT, CHART_LIMIT = 15, 200  # kB gzip
PAGE_LIMITS = {"list": 330, "start": 410, "tree": 430, "edit": 490}
"""The screens of the page, in kB gzip; as build.mjs has them."""
FRAMES = 30
OPEN_NODES, MANY_NODES = 500, 5_000
UNFOLDED = 1_000  # milliseconds
CARDS = 150
"""At most so many cards of a large tree may be in the page when it is looked at from where it can be read."""
VIEWPORT = ViewportSize(width=1440, height=900)
DEMO = "marketing-automation"

# Notes when the picture is there: the end of the first frame in which one finds a card, or ink on a canvas.
_WATCH = """
(() => {
  performance.setResourceTimingBufferSize(5000);
  const probe = document.createElement('canvas');
  probe.width = probe.height = 64;
  const ink = canvas => {
    const context = probe.getContext('2d', { willReadFrequently: true });
    context.clearRect(0, 0, 64, 64);
    if (canvas.width && canvas.height) context.drawImage(canvas, 0, 0, 64, 64);
    return context.getImageData(0, 0, 64, 64).data.some(value => value > 0);
  };
  const ready = '[data-test="kpi-content"][data-state="ready"] [data-test="kpi-node"]';
  const look = () => {
    if (document.querySelector(ready) || [...document.querySelectorAll('canvas')].some(ink))
      requestAnimationFrame(() => (window.drawnAt = performance.now()));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""
_ANSWERED = """
() => Math.max(...performance.getEntriesByType('resource')
  .filter(({ name }) => /\\/evaluate$|\\/chart\\/data/.test(name)).map(({ responseEnd }) => responseEnd))
"""
_COUNT_FRAMES = """
() => {
  const frames = (window.frames_ = []);
  const next = at => { frames.push(at); if (window.frames_ === frames) requestAnimationFrame(next); };
  requestAnimationFrame(next);
}
"""
_FRAMES = "() => { const frames = window.frames_; window.frames_ = null; return frames; }"

Evaluation = Mapping[str, Any]


def measure(runs: int) -> list[Row]:
    rows = sizes()
    with _browser() as (page, browse):
        demo = Subject(page, _uuid(page, DEMO))
        rows += first_draw(f"the demo's tree, {len(demo.nodes)} open nodes", demo, runs)
        large = Subject(page, _made(page, OPEN_NODES, months=12))
        rows += first_draw(f"a tree of {OPEN_NODES} open nodes", large, runs)
        rows += frames(browse, large)
        rows += many(browse, Subject(page, _made(page, MANY_NODES, months=1)))
    return rows


def sizes() -> list[Row]:
    """What every page of Superset loads, and what a page with the chart or a screen of ours loads besides."""

    def kilobytes(files: list[Path]) -> float:
        return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) / 1000

    chart = [*(STATIC / "chunks").glob("KpiTreeChart-*.js")]
    screens = json.loads((STATIC / "page.json").read_text())
    return [
        at_most("Frontend: on every page, gzip", kilobytes([STATIC / "kpi-tree.js"]), ENTRY_LIMIT, "kB"),
        at_most("Frontend: with a chart, gzip", kilobytes(chart), CHART_LIMIT, "kB"),
        *(
            at_most(
                f"Frontend: page, {screen}, gzip",
                kilobytes([STATIC / "page.js", *(STATIC / chunk for chunk in chunks)]),
                PAGE_LIMITS[screen],
                "kB",
            )
            for screen, chunks in screens.items()
        ),
    ]


# --- the same tree on both charts -------------------------------------------------------------------


@dataclass
class Subject:
    """A tree, as the demo's chart shows it and as Superset's own Tree Chart does, with the same numbers."""

    page: Page
    uuid: str

    def __post_init__(self) -> None:
        asked = {"as_of": str(homes.DEMO_UNTIL)}
        told = send(self.page, "POST", f"/api/v1/kpi_tree/{self.uuid}/evaluate", asked)["result"]
        self.tree: Evaluation = told["tree"]
        self.nodes: Mapping[str, Evaluation] = told["nodes"]

    def ours(self, **controls: Any) -> str:
        """The address of the KPI Tree chart with the whole tree open."""
        identity = chart_id(self.page)
        chart = self.page.request.get(f"/api/v1/chart/{identity}").json()["result"]
        told = {"kpi_tree": self.uuid, "kpi_as_of": str(homes.DEMO_UNTIL), "kpi_layout": "right"}
        params = {**json.loads(chart["params"]), **told, "kpi_initial_depth": 0, **controls}
        send(self.page, "PUT", f"/api/v1/chart/{identity}", {"params": json.dumps(params)})
        return f"/explore/?slice_id={identity}&standalone=1"

    def theirs(self) -> str:
        """The address of a Tree Chart (ECharts) of the same nodes, all of them open."""
        name = f"bench {self.tree['slug']}"
        query = "(filters:!((col:database_name,opr:eq,value:'KPI demo')))"
        database = self.page.request.get(f"/api/v1/database/?q={query}").json()["result"][0]["id"]
        made = {"database": database, "schema": "main", "table_name": name, "sql": self._sql()}
        dataset = send(self.page, "POST", "/api/v1/dataset/", made)["id"]
        params = {
            "viz_type": "tree_chart",
            "datasource": f"{dataset}__table",
            "id": "id",
            "parent": "parent",
            "name": "name",
            "root_node_id": self.tree["root"],
            "metric": {"expressionType": "SQL", "sqlExpression": "SUM(actual)", "label": "actual"},
            "initialTreeDepth": -1,
            "row_limit": 10_000,
        }
        chart = {
            "slice_name": name,
            "viz_type": "tree_chart",
            "datasource_id": dataset,
            "datasource_type": "table",
            "params": json.dumps(params),
        }
        identity = send(self.page, "POST", "/api/v1/chart/", chart)["id"]
        return f"/explore/?slice_id={identity}&standalone=1"

    def _sql(self) -> str:
        """Each node once, under its first parent."""
        parents = {link["child"]: link["parent"] for link in reversed(self.tree["links"])}

        def text(value: str | None) -> str:
            return "NULL" if value is None else "'" + value.replace("'", "''") + "'"

        rows = (
            f"({text(node['key'])}, {text(parents.get(node['key']))}, {text(node['name'])},"
            f" {self.nodes[node['key']]['actual'] or 0})"
            for node in self.tree["nodes"]
        )
        return f"SELECT * FROM (VALUES {', '.join(rows)}) AS tree(id, parent, name, actual)"


def first_draw(what: str, subject: Subject, runs: int) -> list[Row]:
    """From the address typed, and from the answer with the numbers, to the first frame with the picture."""
    addresses = {"KPI Tree": subject.ours(), "Tree Chart": subject.theirs()}
    samples: dict[str, list[tuple[float, float]]] = {name: [] for name in addresses}
    for number in range(runs + 1):
        turn = list(addresses.items())
        for name, address in reversed(turn) if number % 2 else turn:
            sample = _drawn(subject.page, address)
            if number:  # the first round fills the caches
                samples[name].append(sample)
    told = f"First draw, {what}"
    rows = []
    for index, since in enumerate(("from the address", "from the answer")):
        ours, theirs = (median(one[index] for one in samples[name]) for name in addresses)
        rows += [
            Row(f"{told}, {since}: KPI Tree over Superset's Tree Chart", ours / theirs, "×"),
            Row("    KPI Tree", ours, "ms"),
            Row("    Tree Chart (ECharts)", theirs, "ms"),
        ]
    return rows


def _drawn(page: Page, address: str) -> tuple[float, float]:
    page.goto(address)
    page.wait_for_function("() => window.drawnAt", timeout=LOADED)
    drawn: float = page.evaluate("window.drawnAt")
    return drawn, drawn - page.evaluate(_ANSWERED)


# --- moving -----------------------------------------------------------------------------------------


def frames(page: Page, subject: Subject) -> list[Row]:
    """Frames a second of a hand that drags and turns the wheel without pause, near and far."""
    chart = _open(page, subject.ours())
    x, y = _middle(chart)

    def pan() -> None:
        page.mouse.move(x, y)
        page.mouse.down()
        for step in [*range(60), *range(60, 0, -1)]:
            page.mouse.move(x + 5 * step, y + 3 * step)
        page.mouse.up()

    def zoom(turns: int, by: int) -> Callable[[], None]:
        def turn() -> None:
            page.mouse.move(x, y)
            for _ in range(turns):
                page.mouse.wheel(0, by)

        return turn

    told = {"pan, where it can be read": _frames(page, pan)}
    chart.hook("kpi-zoom-fit").click()
    told["pan, the whole tree in sight"] = _frames(page, pan)
    told["zoom in from the whole tree"] = _frames(page, zoom(60, -80))
    told["zoom out to the whole tree"] = _frames(page, zoom(60, 80))
    name = f"{OPEN_NODES} open nodes"
    rows: list[Row] = []
    for way, gaps in told.items():
        rows += [
            at_least(f"{name}, {way}", 1000 * len(gaps) / sum(gaps), FRAMES, "frames/s"),
            Row("    its longest frame", max(gaps), "ms"),
        ]
    return rows


def many(page: Page, subject: Subject) -> list[Row]:
    """Thousands of nodes, folded at first: unfolding all of them, with only what is in sight in the page."""
    chart = _open(page, subject.ours(kpi_initial_depth=2))
    times = []
    for _ in range(3):
        chart.hook("kpi-fold-all").click()
        expect(chart.hook("kpi-node")).to_have_count(1)
        times.append(page.evaluate(_UNFOLD))
    name = f"{MANY_NODES:,} nodes"
    return [
        at_most(f"{name}: unfold all, to the next frame", median(times), UNFOLDED, "ms"),
        at_most("    cards in the page then", float(chart.hook("kpi-node").count()), CARDS, ""),
    ]


_UNFOLD = """
() => new Promise(done => {
  const began = performance.now();
  document.querySelector('[data-test="kpi-unfold-all"]').click();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
})
"""


def _frames(page: Page, move: Callable[[], None]) -> list[float]:
    """Milliseconds between the frames while something moves."""
    page.wait_for_timeout(500)
    page.evaluate(_COUNT_FRAMES)
    move()
    at: list[float] = page.evaluate(_FRAMES)
    return [later - sooner for sooner, later in pairwise(at)]


def _open(page: Page, address: str) -> Chart:
    page.goto(address)
    chart = Chart(page).ready()
    # A wheel turns the page until one has clicked into the tree.
    box = chart.hook("kpi-canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] - 5, box["y"] + 5)
    return chart


def _middle(chart: Chart) -> tuple[float, float]:
    box = chart.hook("kpi-canvas").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


# --- the stand --------------------------------------------------------------------------------------


@contextmanager
def _browser() -> Iterator[tuple[Page, Page]]:
    """Two pages of an administrator: one that watches for the first draw, one to move about in."""
    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.ADVICE)
    with (
        tempfile.TemporaryDirectory(prefix="kpi-bench-") as folder,
        live.serve("bench-frontend", homes.copy(homes.template(demo=True), Path(folder) / "home")) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield _page(browser, server, _WATCH), _page(browser, server)
        browser.close()


def _page(browser: Browser, server: live.LiveServer, script: str | None = None) -> Page:
    context = browser.new_context(
        base_url=server.url, storage_state=server.login(browser, "admin"), viewport=VIEWPORT
    )
    context.set_default_timeout(LOADED)
    if script:
        context.add_init_script(script)
    page = context.new_page()
    page.goto("/superset/welcome/")
    return page


def _uuid(page: Page, slug: str) -> str:
    uuid: str = page.request.get(f"/api/v1/kpi_tree/{slug}").json()["result"]["uuid"]
    return uuid


def _made(page: Page, count: int, months: int) -> str:
    document = large_tree(count, homes.DEMO_UNTIL, months)
    send(page, "POST", "/api/v1/kpi_tree/", document)
    return _uuid(page, document["slug"])
