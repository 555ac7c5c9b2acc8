"""The page "KPI Trees" for everybody: what axe finds on every screen of it, light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import grave
from tests.e2e.chart import LOADED
from tests.e2e.page import BASE, TreesPage
from tests.support.homes import DEMO_UNTIL

PAGE = '[data-test="kpi-page"]'


@pytest.fixture(params=["light", "dark"])
def trees(request: pytest.FixtureRequest, page_as: Callable[..., Page]) -> TreesPage:
    """The page of an admin, as wide as the narrowest desk's screen; nothing fades in or out."""
    size = {"width": 1280, "height": 800}
    return TreesPage(page_as("admin", color_scheme=request.param, viewport=size, reduced_motion="reduce"))


def test_axe_finds_nothing_grave_in_the_list(trees: TreesPage) -> None:
    trees.list()
    expect(trees.hook("kpi-list-attainment")).to_be_visible(timeout=LOADED)
    trees.hook("kpi-bulk").click()
    assert grave(trees.page, PAGE) == []
    trees.hook("kpi-filter-status").locator(".kpi-ant-select-selector").click()
    expect(trees.page.locator(".kpi-ant-select-item-option").first).to_be_visible()
    assert grave(trees.page, ".kpi-ant-select-dropdown") == []
    assert grave(trees.page, PAGE) == []
    trees.page.keyboard.press("Escape")
    trees.hook("kpi-list-view").locator("label").nth(1).click()
    expect(trees.hook("kpi-list-attainment")).to_be_visible(timeout=LOADED)
    assert grave(trees.page, PAGE) == []


def test_axe_finds_nothing_grave_in_the_start(trees: TreesPage) -> None:
    trees.page.goto(f"{BASE}new/")
    expect(trees.hook("kpi-template").first).to_be_visible(timeout=LOADED)
    assert grave(trees.page, PAGE) == []
    trees.hook("kpi-template").first.click()
    expect(trees.hook("kpi-review-row").first).to_be_visible(timeout=LOADED)
    assert grave(trees.page, PAGE) == []


def test_axe_finds_nothing_grave_on_a_trees_page(trees: TreesPage) -> None:
    trees.tree("marketing-automation", f"?as_of={DEMO_UNTIL}")
    assert grave(trees.page, PAGE) == []
    trees.hook("kpi-add-to-dashboard").click()
    dialog = ".kpi-ant-modal"
    expect(trees.page.locator(dialog)).to_be_visible()
    assert grave(trees.page, dialog) == []
    trees.page.goto(f"{BASE}no-such-tree/")
    expect(trees.hook("kpi-page-state")).to_be_visible(timeout=LOADED)
    assert grave(trees.page, PAGE) == []
