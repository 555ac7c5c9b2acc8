"""The chart's layouts, and reading a tree: the answers, search, filters, branches and the wheel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.chart import Opener, choose, number

AA = 4.5
EVALUATE = "**/api/v1/kpi_tree/*/evaluate"
LAYOUTS = ("right", "down", "outline", "icicle")
NUMBERS = ("kpi-actual", "kpi-target", "kpi-attainment")
CUT_OFF = """
figures => figures.filter(one => {
  const cuts = box => getComputedStyle(box).overflow !== 'visible' && box.scrollWidth > box.clientWidth + 1;
  const whole = '.kpi-face, .kpi-tr, .kpi-cell, .kpi-headline, .kpi-sr';
  for (let box = one.parentElement; box && !box.matches(whole); box = box.parentElement)
    if (cuts(box)) return true;
  return false;
}).map(one => one.textContent)"""


def test_every_layout_shows_the_same_numbers(open_chart: Opener) -> None:
    chart = open_chart(kpi_initial_depth=2, kpi_layout="right")
    told = {name: chart.numbers(name) for name in NUMBERS}
    assert len(told["kpi-actual"]) > 4
    for layout in LAYOUTS[1:]:
        choose(chart, layout)
        expect(chart.hook("kpi-canvas" if layout == "down" else f"kpi-{layout}")).to_be_visible()
        for name in NUMBERS:
            shown = chart.numbers(name)
            assert shown == told[name], (layout, name)


def test_the_answers_stand_there_without_a_click(open_chart: Opener, page: Page) -> None:
    chart = open_chart()
    for answer in ("goal", "outlook", "driver", "since"):
        expect(chart.hook(f"kpi-answer-{answer}")).to_be_in_viewport(ratio=1)
    assert number(chart.hook("kpi-headline")) == chart.number("revenue", "kpi-attainment")
    assert number(chart.hook("kpi-headline-forecast")) is not None
    culprit = chart.hook("kpi-answer-go")
    key = culprit.get_attribute("data-value")
    assert key
    culprit.click()
    expect(chart.node(key)).to_be_focused()
    expect(chart.node(key)).to_be_in_viewport(ratio=0.9)
    status = chart.node(key).locator('[data-test="kpi-status"]')
    assert status.get_attribute("data-value") in {"at_risk", "off_track"}


def test_one_call_brings_history_and_changes(open_chart: Opener, page: Page) -> None:
    asked: list[dict[str, Any]] = []
    page.on(
        "request",
        lambda request: asked.append(request.post_data_json) if request.url.endswith("/evaluate") else None,
    )
    chart = open_chart(kpi_initial_depth=1, kpi_history=6)
    assert [(one["history"], one["compare"]) for one in asked] == [(6, ["previous_period"])]
    root = chart.node("revenue")
    expect(root).to_have_attribute("data-density", "detail")
    expect(root.locator('[data-test="kpi-spark"] path').first).to_be_attached()
    assert chart.number("revenue", "kpi-change") is not None
    expect(root.locator('[data-test="kpi-data-through"]')).to_be_visible()
    for _ in range(5):
        chart.hook("kpi-zoom-out").click()
    expect(root).to_have_attribute("data-density", "compact")
    assert chart.number("revenue") is not None


def test_a_page_scrolls_on_over_the_chart_until_one_clicks_into_it(open_chart: Opener, page: Page) -> None:
    chart = open_chart()
    before = chart.view()
    box = chart.hook("kpi-canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + box["height"] - 60)
    page.mouse.wheel(0, -300)
    expect(chart.hook("kpi-wheel-hint")).to_contain_text("Ctrl")
    assert chart.view() == before
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_function(
        "scale => new DOMMatrix(getComputedStyle(document.querySelector('.kpi-layer')).transform).a > scale",
        arg=before[2],
    )


def test_searching_goes_to_the_node(open_chart: Opener, page: Page) -> None:
    chart = open_chart(kpi_initial_depth=1)
    chart.hook("kpi-search").click()
    expect(chart.hook("kpi-search-input")).to_be_focused()
    page.keyboard.type("email opn")
    expect(chart.hook("kpi-found").first).to_have_attribute("data-key", "email_open_rate")
    page.keyboard.press("Enter")
    expect(chart.node("email_open_rate")).to_be_focused()
    expect(chart.node("email_open_rate")).to_be_in_viewport(ratio=0.9)


def test_filters_and_branches_show_a_part_with_the_way_back(open_chart: Opener, page: Page) -> None:
    chart = open_chart(kpi_initial_depth=0)
    chart.hook("kpi-filter").click()
    chart.hook("kpi-filter-choice", value="off_track").check()
    page.keyboard.press("Escape")
    asked_for = chart.page.locator('[data-test="kpi-node"]:not(.kpi-dimmed)')
    expect(asked_for.first).to_be_attached()
    assert asked_for.count() == int(chart.hook("kpi-off-track").get_attribute("data-value") or 0) > 0
    chart.hook("kpi-filter").click()
    chart.hook("kpi-filter-clear").click()
    page.keyboard.press("Escape")
    assert len(chart.keys()) == 48

    chart.node("repeat_orders").focus()
    page.keyboard.press("Shift+Enter")
    expect(chart.hook("kpi-breadcrumbs")).to_be_visible()
    expect(chart.node("revenue")).to_have_count(0)
    expect(chart.node("repeat_orders")).to_be_focused()
    page.keyboard.press("Escape")
    expect(chart.node("revenue")).to_be_attached()
    expect(chart.hook("kpi-breadcrumbs")).to_have_count(0)


def test_what_is_off_track_is_opened(open_chart: Opener) -> None:
    chart = open_chart(kpi_initial_depth=1)
    chart.hook("kpi-off-track").click()
    shown = chart.hook("kpi-node").locator('[data-test="kpi-status"]')
    told = shown.evaluate_all("pills => pills.map(pill => pill.dataset.value)")
    assert told.count("off_track") == int(chart.hook("kpi-off-track").get_attribute("data-value") or 0)


def test_the_outline_is_a_table_for_the_keyboard_and_a_phone(
    open_chart: Opener, page_as: Callable[..., Page]
) -> None:
    phone = page_as("admin", viewport={"width": 390, "height": 780}, has_touch=True)
    chart = open_chart(phone, kpi_initial_depth=2)
    expect(chart.hook("kpi-outline")).to_be_visible()
    chart.hook("kpi-sort", value="attainment").click()
    values = list(chart.numbers("kpi-attainment").values())[1:]
    known = [value for value in values if value is not None]
    assert known == sorted(known)
    assert values[: len(known)] == known
    chart.node("revenue").focus()
    phone.keyboard.press("ArrowLeft")
    expect(chart.hook("kpi-node")).to_have_count(1)
    phone.keyboard.press("ArrowRight")
    phone.keyboard.press("End")
    assert chart.focused() == chart.keys()[-1]
    width = phone.evaluate("document.querySelector('.kpi-outline').scrollWidth")
    assert width <= 390


def test_the_heatmap_divides_the_tree_by_a_column(open_chart: Opener, page: Page) -> None:
    chart = open_chart(kpi_initial_depth=2, kpi_layout="heatmap", kpi_by="region")
    cells = chart.node("revenue").locator('[data-test="kpi-member"]')
    expect(cells.first).to_have_attribute("data-member", "East", timeout=60_000)
    members = cells.evaluate_all("cells => cells.map(cell => cell.dataset.member)")
    assert members[:4] == ["East", "North", "South", "West"]
    whole = chart.node("revenue").locator('[data-test="kpi-whole"]')
    assert number(whole) == number(chart.hook("kpi-headline"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("layout", ["down", "outline", "icicle"])
def test_layouts_have_the_contrast_of_aa_and_cut_no_number_off(
    open_chart: Opener, page_as: Callable[..., Page], layout: str, scheme: str
) -> None:
    chart = open_chart(page_as("admin", color_scheme=scheme), kpi_initial_depth=0, kpi_layout=layout)
    assert [one for one in chart.contrasts() if one[2] < AA] == []
    assert chart.root.locator(".kpi-figure").evaluate_all(CUT_OFF) == []


def test_beside_the_panel_the_chosen_card_stays_in_sight_and_the_view_comes_back(open_chart: Opener) -> None:
    chart = open_chart(kpi_layout="down", kpi_initial_depth=3)
    layer = chart.hook("kpi-layer")
    before = layer.get_attribute("style") or ""
    expect(chart.node("revenue")).to_be_in_viewport(ratio=1)
    rightmost = chart.hook("kpi-node").evaluate_all(
        """cards => {
          const edge = document.querySelector('[data-test="kpi-canvas"]').getBoundingClientRect().right;
          const seen = cards.map(card => [card.getBoundingClientRect().right, card.dataset.key]);
          return seen.filter(([right]) => right < edge).sort(([a], [b]) => b - a)[0][1];
        }"""
    )
    chart.node(rightmost).click()
    expect(chart.hook("kpi-details")).to_have_attribute("data-key", rightmost)
    expect(chart.node(rightmost)).to_be_in_viewport(ratio=1)
    chart.hook("kpi-panel-close").click()
    expect(layer).to_have_attribute("style", before)
