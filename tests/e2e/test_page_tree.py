"""A tree's own page: its window, its state in the address, and what leads on from there."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.chart import LOADED, Chart, send
from tests.e2e.editor import NODE, shop
from tests.e2e.page import API, BASE, TreesPage, create
from tests.support.homes import DEMO_UNTIL

TREE = "marketing-automation"
AS_OF = f"?as_of={DEMO_UNTIL}"

PageAs = Callable[..., Page]


@pytest.fixture
def trees(page: Page) -> TreesPage:
    return TreesPage(page)


def evaluated(page: Page, **request: Any) -> dict[str, Any]:
    answer = send(page, "POST", f"{API}{TREE}/evaluate", {"as_of": str(DEMO_UNTIL), **request})
    result: dict[str, Any] = answer["result"]
    return result


def test_it_shows_the_servers_numbers_of_the_period_asked_for(trees: TreesPage, page: Page) -> None:
    chart = trees.tree(TREE, AS_OF)
    assert chart.number("revenue") == evaluated(page)["nodes"]["revenue"]["actual"]
    trees.hook("kpi-period-before").click()
    chart.ready("2026-09-01/2026-10-01")
    september = evaluated(page, period="2026-09")["nodes"]["revenue"]["actual"]
    assert chart.number("revenue") == september
    page.reload()
    chart.ready("2026-09-01/2026-10-01")
    assert chart.number("revenue") == september
    trees.hook("kpi-period-after").click()
    chart.ready("2026-10-01/2026-11-01")
    for _ in range(3):
        trees.hook("kpi-period-before").click()
    chart.ready("2026-07-01/2026-08-01")


def test_it_is_read_over_days_that_are_no_period(trees: TreesPage, page: Page, page_as: PageAs) -> None:
    chart = trees.tree(TREE, AS_OF)
    trees.hook("kpi-range").click()
    trees.hook("kpi-range-between").check()
    first, last = (trees.hook("kpi-range-days").locator("input[date-range]").nth(index) for index in (0, 1))
    first.fill("2026-09-05")
    first.press("Enter")
    expect(last).to_be_focused()
    last.fill("2026-10-04")
    last.press("Enter")
    expect(page.locator(".kpi-ant-picker-dropdown").locator("visible=true")).to_have_count(0)
    trees.hook("kpi-range-apply").click()
    chart.ready("2026-09-05/2026-10-05")
    shown = chart.number("revenue")
    assert shown == evaluated(page, time_range="2026-09-05 : 2026-10-05")["nodes"]["revenue"]["actual"]

    trees.hook("kpi-share").click()
    reader = page_as("alpha")
    reader.goto(trees.hook("kpi-share-link").input_value())
    theirs = Chart(reader).ready("2026-09-05/2026-10-05")
    assert theirs.number("revenue") == shown
    TreesPage(reader).hook("kpi-period-before").click()
    theirs.ready("2026-08-06/2026-09-05")


def test_the_last_days_are_supersets_own_words(trees: TreesPage, page: Page) -> None:
    chart = trees.tree(TREE)
    trees.hook("kpi-range").click()
    trees.hook("kpi-range-last").check()
    trees.hook("kpi-range-count").fill("7")
    trees.choose("kpi-range-unit", "weeks")
    trees.hook("kpi-range-apply").click()
    expect(page).to_have_url(re.compile(r"time_range=Last\+7\+weeks"))
    window = send(page, "POST", f"{API}{TREE}/evaluate", {"time_range": "Last 7 weeks"})["result"]["window"]
    chart.ready(f"{window['since']}/{window['until']}")
    expect(trees.hook("kpi-period")).to_have_count(0)
    trees.hook("kpi-range").click()
    trees.hook("kpi-range-period").check()
    trees.hook("kpi-range-apply").click()
    expect(page).not_to_have_url(re.compile("time_range"))
    expect(trees.hook("kpi-period")).to_be_visible()


def test_it_compares_with_the_period_or_with_the_year_before(trees: TreesPage, page: Page) -> None:
    trees.tree(TREE, f"{AS_OF}&layout=outline")
    answer = evaluated(page, compare=["previous_period", "previous_year"])["compare"]
    ratio = {kind: str(answer[kind]["nodes"]["revenue"]["ratio"]) for kind in answer}
    change = Chart(page).node("revenue").locator('[data-test="kpi-change"]')
    expect(change).to_have_attribute("data-ratio", ratio["previous_period"])
    trees.choose("kpi-compare", "Against the year before")
    expect(change).to_have_attribute("data-ratio", ratio["previous_year"], timeout=LOADED)


def test_a_link_carries_what_is_on_the_screen(trees: TreesPage, page: Page, page_as: PageAs) -> None:
    chart = trees.tree(TREE, f"{AS_OF}&layout=outline")
    chart.node("revenue").click()
    chart.hook("kpi-tab-contributions").click()
    expect(page).to_have_url(re.compile(r"tab=contributions"))
    trees.hook("kpi-share").click()
    link = trees.hook("kpi-share-link").input_value()
    reader = page_as("gamma")
    reader.goto(link)
    shown = Chart(reader).ready()
    expect(shown.hook("kpi-outline")).to_be_visible()
    expect(shown.hook("kpi-panel")).to_have_attribute("data-tab", "contributions")
    expect(shown.hook("kpi-window")).to_contain_text("as of Oct 20, 2026")


def test_what_is_supposed_survives_a_reload(trees: TreesPage, page: Page) -> None:
    chart = trees.tree(TREE, f'{AS_OF}&tab=what-if&suppose={{"repeat_orders":{{"actual":{{"percent":10}}}}}}')
    banner = chart.hook("kpi-what-if-banner")
    expect(banner).to_be_visible(timeout=LOADED)
    page.reload()
    expect(banner).to_be_visible(timeout=LOADED)
    chart.hook("kpi-banner-reset").click()
    expect(page).not_to_have_url(re.compile("suppose"))


def test_it_is_put_on_a_new_dashboard(trees: TreesPage, page: Page) -> None:
    trees.tree(TREE)
    trees.hook("kpi-add-to-dashboard").click()
    trees.hook("kpi-dashboard-new").click()
    trees.hook("kpi-dashboard-title").fill("Goals of the year")
    trees.hook("kpi-dashboard-add").click()
    trees.hook("kpi-dashboard-open").click()
    page.wait_for_url("**/superset/dashboard/**")
    Chart(page).ready()
    expect(page.get_by_text("Goals of the year").first).to_be_visible()


def test_only_who_may_edit_is_offered_to(trees: TreesPage, page: Page, page_as: PageAs) -> None:
    trees.tree(TREE)
    trees.hook("kpi-edit").click()
    expect(page).to_have_url(re.compile(rf"{BASE}{TREE}/edit/$"))
    reader = TreesPage(page_as("gamma"))
    reader.tree(TREE)
    for hook in ("kpi-edit", "kpi-add-to-dashboard"):
        expect(reader.hook(hook)).to_have_count(0)
    expect(reader.hook("kpi-star")).to_be_visible(timeout=LOADED)


def test_a_draft_of_others_and_no_tree_at_all_look_the_same(page: Page, page_as: PageAs) -> None:
    draft = create(page, shop("secret"))
    reader = TreesPage(page_as("gamma"))
    said = []
    for tree in (draft["slug"], "no-such-tree"):
        reader.page.goto(f"{BASE}{tree}/")
        expect(reader.hook("kpi-page-state", state="hidden")).to_be_visible(timeout=LOADED)
        said.append(reader.hook("kpi-page-state").inner_text())
    assert said[0] == said[1]
    assert "Shop" not in said[0]


def test_the_star_is_the_readers_own(trees: TreesPage, page: Page, page_as: PageAs) -> None:
    trees.tree(TREE)
    with page.expect_response("**/favorites/"):
        trees.hook("kpi-star").click()
    page.reload()
    expect(trees.hook("kpi-star")).to_have_attribute("aria-pressed", "true", timeout=LOADED)
    other = TreesPage(page_as("gamma"))
    other.tree(TREE)
    expect(other.hook("kpi-star")).to_have_attribute("aria-pressed", "false")


def test_why_there_is_no_number_stands_clear_of_the_line_above(trees: TreesPage, page: Page) -> None:
    node = {**NODE, "key": "goal", "name": "Goal of the year that nobody has typed in any value for"}
    create(page, {"slug": "alone", "name": "Alone", "grain": "month", "nodes": [node]})
    goal = trees.tree("alone").node("goal")
    expect(goal).to_have_attribute("data-density", "detail")
    above, below = (
        goal.locator(part).evaluate("one => one.getBoundingClientRect().toJSON()")
        for part in ('[data-test="kpi-target"]', ".kpi-why")
    )
    assert above["bottom"] <= below["top"]
