"""The chart by itself: folding, looking around, the keyboard, its states, readers, words and sizes."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.chart import Chart, chart_id, number, send
from tests.support.homes import DEMO_UNTIL
from tests.support.live import LiveServer

TREE = "marketing-automation"
EVALUATE = "**/api/v1/kpi_tree/*/evaluate"
MANUAL = "brand_awareness"  # the only node without a dataset
AA = 4.5
CLOSER_THAN = """
scale => new DOMMatrix(getComputedStyle(document.querySelector('.kpi-layer')).transform).a > scale"""
TOO_WIDE = """
rows => rows.filter(row => row.scrollWidth > row.clientWidth + 1).map(row => row.textContent)"""

Opener = Callable[..., Chart]


@pytest.fixture
def open_chart(page: Page) -> Opener:
    """Open the demo's chart in Explore as of the last day with rows, on admin's page or another person's."""
    identity = chart_id(page)
    chart = page.request.get(f"/api/v1/chart/{identity}").json()["result"]
    params = {**json.loads(chart["params"]), "kpi_as_of": str(DEMO_UNTIL)}

    def open_it(reader: Page = page, whole_page: bool = False, **controls: Any) -> Chart:
        saved = {"params": json.dumps({**params, **controls})}
        send(page, "PUT", f"/api/v1/chart/{identity}", saved)
        reader.goto(f"/explore/?slice_id={identity}" + ("" if whole_page else "&standalone=1"))
        return Chart(reader)

    return open_it


@pytest.fixture
def many_trees(live_server: LiveServer) -> None:
    """1,500 trees for everybody, "Goal number 0000" to "Goal number 1499"; the last is the demo's."""
    with closing(sqlite3.connect(live_server.home / "superset.db", timeout=30)) as metadata, metadata:
        columns = [row[1] for row in metadata.execute("PRAGMA table_info(kpi_tree)")]
        found = metadata.execute("SELECT * FROM kpi_tree WHERE slug = ?", [TREE]).fetchone()
        one = {**dict(zip(columns, found, strict=True)), "published": True}
        metadata.execute("UPDATE kpi_tree SET name = 'Goal number 1499' WHERE slug = ?", [TREE])
        for index in range(1499):
            name = f"Goal number {index:04}"
            own = {"id": 1000 + index, "uuid": uuid4().bytes, "slug": f"goal-{index}", "name": name}
            metadata.execute(
                f"INSERT INTO kpi_tree ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
                list({**one, **own}.values()),
            )


def test_a_tree_beyond_the_first_thousand_is_chosen_by_typing_its_name(
    many_trees: None, open_chart: Opener, page_as: Callable[..., Page]
) -> None:
    reader = page_as("alpha")
    chart = open_chart(reader, whole_page=True, kpi_tree=None)
    choice = reader.get_by_role("combobox", name="KPI tree")
    choice.click()
    expect(chart.hook("kpi-tree-choice")).to_have_count(50)
    chart.hook("kpi-tree-choice").last.scroll_into_view_if_needed()
    expect(chart.hook("kpi-tree-choice")).to_have_count(100)
    choice.press_sequentially("number 1499")
    expect(chart.hook("kpi-tree-choice")).to_have_text(["Goal number 1499"])
    reader.keyboard.press("Enter")
    expect(choice).to_have_value("Goal number 1499")
    reader.get_by_role("button", name=re.compile("(Update|Create) chart")).click()
    chart.ready()
    expect(chart.node("revenue")).to_be_visible()


def test_branches_fold_and_unfold(open_chart: Opener) -> None:
    chart = open_chart(kpi_initial_depth=3).ready()
    branch = chart.node("repeat_orders")
    before = chart.keys()
    expect(branch).to_have_attribute("aria-expanded", "true")
    expect(chart.node("email_open_rate")).to_be_attached()

    branch.locator('[data-test="kpi-fold"]').click()
    expect(branch).to_have_attribute("aria-expanded", "false")
    expect(chart.node("email_open_rate")).to_have_count(0)
    expect(chart.node("revenue")).to_have_attribute("aria-expanded", "true")

    branch.locator('[data-test="kpi-fold"]').click()
    expect(branch).to_have_attribute("aria-expanded", "true")
    expect(chart.node("email_open_rate")).to_be_attached()
    assert chart.keys() == before

    chart.hook("kpi-fold-all").click()
    expect(chart.hook("kpi-node")).to_have_count(1)
    chart.hook("kpi-unfold-all").click()
    expect(chart.node(MANUAL)).to_be_attached()
    assert len(chart.keys()) == 48


def test_the_layer_pans_and_zooms(open_chart: Opener, page: Page) -> None:
    chart = open_chart().ready()
    x, y, scale = chart.view()
    box = chart.hook("kpi-canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 140, box["y"] + 110, steps=4)
    page.mouse.up()
    assert chart.view() == pytest.approx((x + 100, y + 70, scale))

    page.mouse.wheel(0, -300)
    page.wait_for_function(CLOSER_THAN, arg=scale)
    closer = chart.view()[2]
    chart.hook("kpi-zoom-fit").click()
    expect(chart.hook("kpi-node").last).to_be_in_viewport()
    expect(chart.node("revenue")).to_be_in_viewport()
    assert chart.view()[2] < closer


def test_the_keyboard_walks_the_tree(open_chart: Opener, page: Page) -> None:
    chart = open_chart().ready()
    root, keys = chart.node("revenue"), chart.keys()
    chart.hook("kpi-fold-all").focus()
    for _ in range(4):  # what holds the goal back, and the notices, stand between the tools and the tree
        page.keyboard.press("Tab")
        if chart.focused():
            break
    expect(root).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(chart.node(keys[1])).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(chart.node(keys[2])).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(chart.node(keys[1])).to_be_focused()
    page.keyboard.press("End")
    expect(root).not_to_be_focused()
    assert chart.focused() == chart.page.locator('[role="treeitem"]').last.get_attribute("data-key")
    page.keyboard.press("Home")
    expect(root).to_be_focused()
    page.keyboard.press("Enter")
    expect(root).to_have_attribute("aria-expanded", "false")
    expect(chart.hook("kpi-node")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(root).to_have_attribute("aria-expanded", "true")
    expect(root).to_be_focused()
    assert chart.keys() == keys


def test_a_draft_of_others_is_honestly_not_available(
    open_chart: Opener, page: Page, page_as: Callable[..., Page]
) -> None:
    document = page.request.get(f"/api/v1/kpi_tree/{TREE}").json()["result"]
    send(page, "PUT", f"/api/v1/kpi_tree/{TREE}", {**document, "published": False})
    chart = open_chart(page_as("gamma"))
    hidden = chart.state("hidden")
    expect(hidden).to_contain_text("This tree is not available to you")
    expect(hidden).to_contain_text("Ask its owner")
    expect(chart.root).not_to_contain_text("Marketing automation")
    expect(chart.hook("kpi-node")).to_have_count(0)


def test_a_tree_that_does_not_exist_says_the_same(open_chart: Opener) -> None:
    chart = open_chart(kpi_tree="6f2d2a37-5c5b-4d0e-9d36-000000000000")
    expect(chart.state("hidden")).to_contain_text("It does not exist, or you may not see it")


def test_a_network_failure_can_be_tried_again(open_chart: Opener, page: Page) -> None:
    page.route(EVALUATE, lambda route: route.abort())
    chart = open_chart()
    failed = chart.state("failed")
    expect(failed).to_have_attribute("role", "alert")
    expect(failed).to_contain_text("The tree could not be computed")
    expect(failed).to_contain_text("The server did not answer.")
    page.unroute(EVALUATE)
    chart.hook("kpi-retry").click()
    assert chart.ready().number("revenue") is not None


def test_a_skeleton_stands_there_while_the_tree_is_computed(open_chart: Opener, page: Page) -> None:
    held: list[Route] = []
    page.route(EVALUATE, lambda route: held.append(route))
    with page.expect_request(EVALUATE):
        chart = open_chart()
    skeleton = chart.state("loading")
    expect(skeleton).to_have_attribute("aria-label", "Loading the tree")
    expect(chart.hook("kpi-node")).to_have_count(0)
    assert held
    for route in held:
        route.continue_()
    chart.ready()
    expect(skeleton).to_have_count(0)


def test_who_may_not_read_the_data_sees_words_and_no_numbers(
    open_chart: Opener, page_as: Callable[..., Page]
) -> None:
    chart = open_chart(page_as("gamma"), kpi_initial_depth=0).ready()
    for name in ("kpi-actual", "kpi-attainment"):
        assert {key for key, value in chart.numbers(name).items() if value is not None} <= {MANUAL}
    assert number(chart.hook("kpi-headline")) is None
    expect(chart.hook("kpi-headline-status")).to_have_text("Restricted")
    cards = chart.hook("kpi-node")
    for key in set(chart.keys()) - {MANUAL}:
        card = chart.node(key)
        expect(card.locator('[data-test="kpi-status"]')).to_have_text("Restricted")
        expect(card.locator('[data-test="kpi-reason"]')).to_contain_text("No access to the data")
    assert cards.count() == 48


WORDS = {
    "vi": (
        "Mức đạt",
        {"Đã đạt", "Đúng tiến độ", "Có rủi ro", "Chệch tiến độ"},
        "Cây KPI",
        "Tháng 10 năm 2026",
    ),
    "ja": ("達成率", {"達成", "順調", "要注意", "遅れ"}, "KPIツリー", "2026年10月"),
}


@pytest.mark.parametrize("language", sorted(WORDS))
def test_the_chart_speaks_the_language_of_the_page(open_chart: Opener, page: Page, language: str) -> None:
    attainment, statuses, control, month = WORDS[language]
    # The host builds its control panel once: here the bundle is in the browser's cache before.
    with page.expect_event("requestfinished", lambda request: "/static/kpi-tree.js" in request.url):
        page.goto(f"/lang/{language}")
    chart = open_chart(whole_page=True).ready()
    expect(chart.root.locator(".kpi-headline")).to_contain_text(attainment)
    expect(chart.hook("kpi-window")).to_contain_text(month)
    told = set(chart.hook("kpi-status").all_inner_texts())
    assert told & statuses
    assert not told & {"Achieved", "On track", "At risk", "Off track", "No data"}
    expect(page.locator('[data-test="kpi_tree-header"]')).to_contain_text(control)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_written_has_the_contrast_of_aa(
    open_chart: Opener, page_as: Callable[..., Page], scheme: str
) -> None:
    chart = open_chart(page_as("admin", color_scheme=scheme), kpi_initial_depth=0).ready()
    assert (chart.background() < 0.1) is (scheme == "dark")
    written = chart.contrasts()
    assert {name for _, name, _ in written} >= {"kpi-label", "kpi-name", "kpi-tree-name"}
    assert [one for one in written if one[2] < AA] == []


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (600, 400), (360, 300)])
def test_no_number_is_cut_off_at_any_size(
    open_chart: Opener, page_as: Callable[..., Page], width: int, height: int
) -> None:
    chart = open_chart(page_as("admin", viewport={"width": width, "height": height})).ready()
    rows = chart.root.locator(".kpi-row, .kpi-headline, .kpi-pill, .kpi-header")
    assert rows.evaluate_all(TOO_WIDE) == []
    for part in (chart.root.locator(".kpi-headline"), chart.root.locator(".kpi-toolbar")):
        expect(part).to_be_in_viewport(ratio=1)
    expect(chart.node("revenue")).to_be_in_viewport(ratio=0.9)
