"""The page "KPI Trees" without a mouse: nothing here points or clicks, and what has the keyboard shows it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.chart import LOADED, Chart
from tests.e2e.editor import shop
from tests.e2e.keyboard import Keyboard
from tests.e2e.page import API, BASE, TreesPage, create
from tests.support.homes import DEMO_UNTIL

PageAs = Callable[..., Page]
TREE = "marketing-automation"


@pytest.fixture
def trees(page: Page) -> TreesPage:
    return TreesPage(page)


@pytest.fixture
def keys(page: Page) -> Keyboard:
    return Keyboard(page)


@pytest.fixture
def shops(page: Page) -> list[dict[str, Any]]:
    published = {**shop("shop"), "published": True, "departments": ["Retail"]}
    return [create(page, document) for document in (published, {**shop("draft"), "name": "Draft shop"})]


def test_the_list_is_searched_filtered_and_sorted(
    trees: TreesPage, keys: Keyboard, shops: list[dict[str, Any]]
) -> None:
    trees.list()
    found = trees.hook("kpi-tree-link")
    keys.to(trees.hook("kpi-list-search")).type("shop")
    expect(found).to_have_count(2, timeout=LOADED)
    keys.choose(trees.hook("kpi-filter-published"), "Draft")
    expect(found).to_have_text(["Draft shop"], timeout=LOADED)
    keys.to(trees.hook("kpi-filters-clear")).press("Enter")
    expect(found).to_have_count(3, timeout=LOADED)
    keys.choose(trees.hook("kpi-list-order"), "Name")
    expect(found).to_have_text(["Draft shop", "Marketing automation", "Shop"], timeout=LOADED)
    keys.to(trees.hook("kpi-list-view"), back=True).press("ArrowRight")
    expect(trees.hook("kpi-table")).to_be_visible()
    keys.to(trees.page.get_by_role("columnheader", name="Name")).press("Enter")
    expect(found).to_have_text(["Shop", "Marketing automation", "Draft shop"], timeout=LOADED)


def test_rows_are_starred_exported_and_deleted(
    trees: TreesPage, keys: Keyboard, shops: list[dict[str, Any]]
) -> None:
    trees.list("?order=name")
    draft = trees.row(shops[1]["uuid"])
    star = draft.locator('[data-test="kpi-star"]')
    with trees.page.expect_response("**/favorites/"):
        keys.to(star).press("Space")
    expect(star).to_have_attribute("aria-pressed", "true")

    keys.to(draft.locator('[data-test="kpi-actions"]')).press("Enter", "ArrowDown")
    expect(trees.page.get_by_role("menuitem", name="Edit")).to_be_visible()
    keys.press("Escape")
    expect(draft.locator('[data-test="kpi-actions"]')).to_be_focused()

    keys.to(trees.hook("kpi-bulk"), back=True).press("Enter")
    for tree in reversed(shops):
        keys.to(trees.row(tree["uuid"]).locator("label")).press("Space")
    expect(trees.hook("kpi-bulk-count")).to_have_attribute("data-value", "2")
    with trees.page.expect_download() as download:
        keys.to(trees.hook("kpi-bulk-export"), back=True).press("Enter")
    files = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())).namelist()
    assert len([name for name in files if "kpi_trees/" in name]) == 2

    keys.to(trees.hook("kpi-bulk-delete"), back=True).press("Enter")
    expect(trees.page.get_by_role("dialog").get_by_role("button", name="Cancel")).to_be_focused()
    keys.press("Escape")
    expect(trees.page.get_by_role("dialog")).to_be_hidden()
    keys.to(trees.hook("kpi-bulk-delete")).press("Enter")
    keys.to(trees.hook("kpi-delete-confirm")).press("Enter")
    expect(trees.hook("kpi-tree-link")).to_have_text(["Marketing automation"], timeout=LOADED)


def test_a_tree_begins_with_a_template_and_is_saved(trees: TreesPage, keys: Keyboard, page: Page) -> None:
    trees.list()
    keys.to(trees.hook("kpi-start")).press("Enter")
    keys.to(trees.hook("kpi-purpose").nth(1)).press("Enter")
    keys.to(trees.hook("kpi-purpose").nth(1)).press("Enter")
    keys.to(trees.hook("kpi-template", value="A-G1")).press("Enter")
    calls = trees.hook("kpi-review-row", key="calls").locator('[data-test="kpi-review-metric"]')
    keys.choose(calls, "Leave open for now")
    expect(calls).to_have_attribute("data-value", "")
    keys.to(trees.hook("kpi-review-open")).press("Enter")
    expect(page).to_have_url(re.compile(rf"{BASE}new/edit/$"))
    keys.to(trees.hook("kpi-save")).press("Enter")
    expect(trees.hook("kpi-draft-state", state="saved")).to_be_attached(timeout=LOADED)
    keys.to(trees.hook("kpi-leave"), back=True).press("Enter")
    expect(trees.hook("kpi-tree-page")).to_be_visible(timeout=LOADED)
    assert page.request.get(API).json()["count"] == 2


def test_a_tree_is_opened_and_read(trees: TreesPage, keys: Keyboard, page: Page) -> None:
    trees.list()
    keys.to(trees.hook("kpi-tree-link")).press("Enter")
    chart = Chart(page).ready()
    keys.to(trees.hook("kpi-as-of")).type(str(DEMO_UNTIL)).press("Enter")
    chart.ready("2026-10-01/2026-11-01")
    keys.to(trees.hook("kpi-period-before"), back=True).press("Enter")
    chart.ready("2026-09-01/2026-10-01")
    keys.to(trees.hook("kpi-period")).press("Control+a").type("2026-08").press("Enter")
    chart.ready("2026-08-01/2026-09-01")
    keys.to(trees.hook("kpi-share")).press("Enter")
    link = trees.hook("kpi-share-link")
    expect(link).to_be_focused()
    assert "period=2026-08-01" in link.input_value()
    keys.press("Escape")
    expect(trees.hook("kpi-share")).to_be_focused()
    keys.to(trees.hook("kpi-range"), back=True).press("Enter")
    expect(trees.hook("kpi-range-period")).to_be_focused()
    keys.press("ArrowDown").to(trees.hook("kpi-range-count")).press("Control+a").type("14").press("Enter")
    expect(page).to_have_url(re.compile(r"time_range=Last\+14\+days"))
    expect(trees.hook("kpi-range")).to_be_focused()
    expect(trees.hook("kpi-range-form")).to_have_count(0)
    keys.press("Enter")
    expect(trees.hook("kpi-range-last")).to_be_focused()
    keys.press("ArrowUp").to(trees.hook("kpi-range-apply")).press("Enter")
    expect(page).not_to_have_url(re.compile("time_range"))
    keys.choose(trees.hook("kpi-compare"), "Against the year before")
    expect(page).to_have_url(re.compile("compare=previous_year"))
    keys.to(trees.hook("kpi-add-to-dashboard")).press("Enter")
    keys.to(trees.hook("kpi-dashboard-existing")).press("ArrowRight")
    keys.to(trees.hook("kpi-dashboard-title")).press("Escape")
    expect(trees.hook("kpi-dashboard-title")).to_be_hidden()
    expect(trees.hook("kpi-add-to-dashboard")).to_be_focused()
    keys.to(trees.hook("kpi-star"), back=True)
    keys.to(trees.hook("kpi-layout")).press("Enter")
    keys.down_to(trees.hook("kpi-layout-choice", value="outline")).press("Enter")
    expect(trees.hook("kpi-outline")).to_be_visible()
    keys.to(trees.hook("kpi-open-what-if")).press("Enter")
    expect(trees.hook("kpi-what-if")).to_be_visible(timeout=LOADED)


def test_a_tree_is_divided_and_explained_and_put_on_a_dashboard(
    trees: TreesPage, keys: Keyboard, page: Page
) -> None:
    chart = trees.tree(TREE, f"?as_of={DEMO_UNTIL}")
    keys.to(trees.hook("kpi-layout")).press("Enter")
    keys.down_to(trees.hook("kpi-layout-choice", value="heatmap")).press("Enter")
    keys.to(trees.hook("kpi-by")).press("ArrowDown")
    expect(trees.hook("kpi-member").first).to_be_visible(timeout=LOADED)
    keys.to(trees.hook("kpi-node").first).press("ArrowDown")
    assert chart.focused() == chart.keys()[1]
    keys.press("Space")
    expect(trees.hook("kpi-details", key=chart.keys()[1])).to_be_visible(timeout=LOADED)
    keys.press("Escape")
    assert chart.focused() == chart.keys()[1]
    keys.to(trees.hook("kpi-open-contributions")).press("Enter")
    expect(trees.hook("kpi-waterfall-step").first).to_be_visible(timeout=LOADED)
    keys.to(trees.hook("kpi-compare-target")).press("ArrowRight")
    expect(trees.hook("kpi-compare-previous_period")).to_be_checked()
    expect(trees.hook("kpi-waterfall-step").first).to_be_visible(timeout=LOADED)
    keys.to(trees.hook("kpi-panel-close"), back=True).press("Enter")
    expect(trees.hook("kpi-open-contributions")).to_be_focused()
    keys.to(trees.hook("kpi-add-to-dashboard"), back=True).press("Enter")
    keys.to(trees.hook("kpi-dashboard-existing")).press("ArrowRight")
    keys.to(trees.hook("kpi-dashboard-title")).type("Goals of the year")
    keys.to(trees.hook("kpi-dashboard-add")).press("Enter")
    expect(trees.hook("kpi-dashboard-open")).to_be_focused(timeout=LOADED)
    keys.to(trees.hook("kpi-dashboard-open")).press("Enter")
    page.wait_for_url("**/superset/dashboard/**")
    Chart(page).ready()
