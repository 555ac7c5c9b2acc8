"""One tree with all that is hard to draw: every layout, desk and phone, and who may see half of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.chart import Opener, choose, send
from tests.support.homes import DEMO_UNTIL
from tests.support.processes import ROOT
from tests.support.trees import WIDTH, hurtful_tree

DATASET = "demo_orders"
MEASURED = {f"m{index}" for index in range(8)}
STATUSES = {"achieved", "on_track", "at_risk", "off_track", "no_target", "no_data"}
REASONS = {
    "no_data", "division_by_zero", "operand_undefined", "no_target", "target_incomplete", "no_baseline",
    "baseline_beyond_target", "target_zero", "not_positive", "band_zero",
}  # fmt: skip
# Numbers that a box cuts off; names may be, they end in dots and are told in full by their title.
CUT_OFF = """
figures => figures.filter(one => {
  const cuts = box => getComputedStyle(box).overflow !== 'visible' && box.scrollWidth > box.clientWidth + 1;
  const whole = '.kpi-face, .kpi-tr, .kpi-cell, .kpi-headline, .kpi-sr';
  for (let box = one.parentElement; box && !box.matches(whole); box = box.parentElement)
    if (cuts(box)) return true;
  const face = one.closest('.kpi-face, .kpi-tr, .kpi-cell, .kpi-header');
  const [inner, outer] = [one.getBoundingClientRect(), (face ?? one).getBoundingClientRect()];
  return inner.right > outer.right + 1 || inner.left < outer.left - 1;
}).map(one => `${one.closest('[data-key]')?.dataset.key}: ${one.textContent}`)"""


@pytest.fixture
def hurtful(page: Page) -> str:
    """The uuid of the tree."""
    query = f"(filters:!((col:table_name,opr:eq,value:{DATASET})))"
    dataset = page.request.get(f"/api/v1/dataset/?q={query}").json()["result"][0]["uuid"]
    document = hurtful_tree(DEMO_UNTIL, dataset, "orders")
    send(page, "POST", "/api/v1/kpi_tree/", document)
    uuid: str = page.request.get(f"/api/v1/kpi_tree/{document['slug']}").json()["result"]["uuid"]
    return uuid


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_breaks_and_no_number_is_cut_off(
    open_chart: Opener, page_as: Callable[..., Page], hurtful: str, width: int
) -> None:
    reader = page_as("admin", viewport={"width": width, "height": 900})
    chart = open_chart(reader, kpi_tree=hurtful, kpi_initial_depth=0, kpi_layout="right")
    told = chart.numbers()
    assert len(told) > WIDTH
    statuses = chart.hook("kpi-node").locator('[data-test="kpi-status"]')
    assert set(statuses.evaluate_all("pills => pills.map(pill => pill.dataset.value)")) >= STATUSES
    reasons = chart.hook("kpi-reason").evaluate_all("all => all.map(one => one.dataset.value)")
    assert set(reasons) >= REASONS
    expect(chart.hook("kpi-reference")).to_have_count(2)
    for layout in ("right", "down", "outline", "icicle"):
        choose(chart, layout)
        chart.hook("kpi-unfold-all").click()
        numbers = chart.numbers()
        assert numbers.items() <= told.items(), layout
        assert chart.root.locator(".kpi-figure").evaluate_all(CUT_OFF) == [], layout
        assert reader.evaluate("document.documentElement.scrollWidth") <= width
        folder = ROOT / "build" / "screenshots"
        folder.mkdir(parents=True, exist_ok=True)
        chart.root.screenshot(path=folder / f"hurtful-{layout}-{width}.png")


def test_names_are_text_and_keep_their_direction(open_chart: Opener, hurtful: str) -> None:
    chart = open_chart(kpi_tree=hurtful, kpi_initial_depth=0, kpi_layout="outline")
    chart.hook("kpi-search").click()
    chart.page.keyboard.type("<img")
    chart.page.keyboard.press("Enter")
    name = chart.node("nought").locator(".kpi-name")
    expect(name).to_have_text("<img src=x onerror=alert(1)>")
    arabic = chart.node("tiny").locator(".kpi-name")
    assert arabic.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert chart.root.locator("img").count() == 0


def test_who_may_see_half_of_it_sees_that_half(
    open_chart: Opener, page_as: Callable[..., Page], hurtful: str
) -> None:
    chart = open_chart(page_as("gamma"), kpi_tree=hurtful, kpi_initial_depth=0, kpi_layout="right")
    told = chart.numbers()
    assert {told[key] for key in MEASURED} == {None}
    assert told["w1"] is not None
    for key in MEASURED:
        status = chart.node(key).locator('[data-test="kpi-status"]')
        expect(status).to_have_attribute("data-value", "restricted")
    assert told["off_track"] is not None


def test_a_tree_of_one_node_fills_the_chart(open_chart: Opener, page: Page) -> None:
    one = hurtful_tree(DEMO_UNTIL, "", "")["nodes"][5]
    document = {"slug": "one", "name": "One", "published": True, "nodes": [one], "links": []}
    send(page, "POST", "/api/v1/kpi_tree/", document)
    uuid = page.request.get("/api/v1/kpi_tree/one").json()["result"]["uuid"]
    chart = open_chart(kpi_tree=uuid, kpi_layout="right")
    for layout in ("right", "down", "outline", "icicle"):
        choose(chart, layout)
        expect(chart.node(one["key"])).to_be_in_viewport(ratio=0.9)
        assert chart.number(one["key"]) == chart.numbers()[one["key"]] is not None
