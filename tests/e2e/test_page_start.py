"""Starting a tree: from the catalogue, a metric, a copy, or nothing. Only the editor saves it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.chart import LOADED
from tests.e2e.page import API, BASE, TreesPage

PageAs = Callable[..., Page]


@pytest.fixture
def start(page: Page) -> TreesPage:
    page.goto(f"{BASE}new/")
    trees = TreesPage(page)
    expect(trees.hook("kpi-template").first).to_be_visible(timeout=LOADED)
    return trees


def in_editor(trees: TreesPage) -> Locator:
    """The cards of the editor, once it stands."""
    expect(trees.page).to_have_url(re.compile(rf"{BASE}new/edit/$"))
    expect(trees.hook("kpi-canvas")).to_be_visible(timeout=LOADED)
    return trees.hook("kpi-node")


def test_a_goal_of_the_catalogue_comes_with_metrics_to_confirm(start: TreesPage, page: Page) -> None:
    purposes = start.hook("kpi-purpose")
    expect(purposes).to_have_count(4)
    everything = start.hook("kpi-template").count()
    purposes.nth(1).click()
    assert 0 < start.hook("kpi-template").count() < everything
    start.hook("kpi-template", value="A-G1").click()
    rows = start.hook("kpi-review-row")
    expect(rows.first).to_have_attribute("data-key", "marketing_revenue", timeout=LOADED)
    calls = start.hook("kpi-review-row", key="calls").locator('[data-test="kpi-review-metric"]')
    expect(calls).to_contain_text("demo_calls")
    waiting = int(start.hook("kpi-review-waiting").get_attribute("data-value") or -1)
    calls.locator(".kpi-ant-select-selector").click()
    page.locator(".kpi-ant-select-item-option", has_text="Leave open for now").click()
    expect(start.hook("kpi-review-waiting")).to_have_attribute("data-value", str(waiting + 1), timeout=LOADED)

    count = rows.count()
    start.hook("kpi-review-open").click()
    expect(in_editor(start)).to_have_count(count)
    assert page.request.get(API).json()["count"] == 1


def test_a_quotient_becomes_a_goal_with_two_drivers(start: TreesPage) -> None:
    start.hook("kpi-way", value="metric").click()
    start.hook("kpi-start-metric-search").fill("Appointments / calls")
    start.hook("kpi-start-metric").filter(has_text="Appointments / calls").first.click()
    rows = start.hook("kpi-review-row")
    expect(rows).to_have_count(3, timeout=LOADED)
    # What its SQL names is linked, and shown to be.
    expect(start.hook("kpi-review-metric", value="appointments")).to_be_visible()
    expect(start.hook("kpi-review-waiting")).to_have_attribute("data-value", "0")
    start.hook("kpi-review-open").click()
    expect(in_editor(start)).to_have_count(3)


def test_a_metric_without_arithmetic_is_a_goal_alone_and_says_so(start: TreesPage) -> None:
    start.hook("kpi-way", value="metric").click()
    start.hook("kpi-start-metric-search").fill("Appointments")
    start.hook("kpi-start-metric").filter(has_text=re.compile("^Appointments(?! /)")).first.click()
    expect(start.hook("kpi-review-row")).to_have_count(1, timeout=LOADED)
    expect(start.hook("kpi-review-note")).to_contain_text("no arithmetic")
    expect(start.hook("kpi-review").get_by_text("is made of")).to_have_count(0)


def test_a_copy_is_a_new_draft(start: TreesPage, page: Page) -> None:
    start.hook("kpi-way", value="copy").click()
    start.hook("kpi-start-copy").first.click()
    in_editor(start)
    expect(page.get_by_text("Copy of Marketing automation").first).to_be_visible()


def test_from_nothing_there_is_a_goal_alone(start: TreesPage) -> None:
    start.hook("kpi-way", value="blank").click()
    expect(in_editor(start)).to_have_count(1)


def test_who_may_not_write_does_not_start(page_as: PageAs) -> None:
    reader = TreesPage(page_as("gamma"))
    reader.page.goto(f"{BASE}new/")
    expect(reader.hook("kpi-page-state", state="reader")).to_contain_text("Ask an admin", timeout=LOADED)
