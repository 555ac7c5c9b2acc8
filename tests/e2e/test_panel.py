"""What stands beside the tree: a node's details, contributions, what-if, goal seek, queries and the file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.chart import LOADED, Chart, chart_id, number, send
from tests.support.homes import DEMO_UNTIL

API = "/api/v1/kpi_tree/marketing-automation"
AS_OF = {"as_of": str(DEMO_UNTIL)}
LEAF = "nurtured_negotiations"
AA = 4.5
BESIDE_EACH_OTHER = """key => {
  const [told, telling] = [`[data-test="kpi-node"][data-key="${key}"]`, '[data-test="kpi-panel"]']
    .map(one => document.querySelector(one).getBoundingClientRect());
  const beside = told.right <= telling.left || told.bottom <= telling.top + 1;
  return told.left >= 0 && told.right <= innerWidth && beside;
}"""
TABS = ("details", "contributions", "what-if", "data")

Opener = Callable[..., Chart]


@pytest.fixture
def open_chart(page: Page) -> Opener:
    """The demo's chart in Explore as of the last day with rows, on admin's page or another person's."""
    identity = chart_id(page)
    chart = page.request.get(f"/api/v1/chart/{identity}").json()["result"]
    params = {**json.loads(chart["params"]), "kpi_as_of": str(DEMO_UNTIL)}
    send(page, "PUT", f"/api/v1/chart/{identity}", {"params": json.dumps(params)})

    def open_it(reader: Page = page) -> Chart:
        reader.goto(f"/explore/?slice_id={identity}&standalone=1")
        return Chart(reader).ready()

    return open_it


def answered(chart: Chart, name: str) -> Locator:
    """Wait for what a part of the panel was asked to tell."""
    part = chart.hook(name)
    expect(part).to_have_attribute("data-state", "ready", timeout=LOADED)
    return part


def asked(page: Page, verb: str, **question: Any) -> dict[str, Any]:
    result: dict[str, Any] = send(page, "POST", f"{API}/{verb}", {**AS_OF, **question})["result"]
    return result


def slide(chart: Chart, key: str, percent: int, of: str = "actual") -> None:
    lever = chart.hook("kpi-lever", key=key).locator(f'[data-test="kpi-lever-of"][data-value="{of}"]')
    slider = lever.locator('[data-test="kpi-lever-slider"]')
    slider.focus()
    for _step in range(abs(percent)):
        chart.page.keyboard.press("ArrowRight" if percent > 0 else "ArrowLeft")
    expect(slider).to_have_value(str(percent))


def test_a_node_opens_its_details_and_gets_the_keyboard_back(open_chart: Opener, page: Page) -> None:
    chart = open_chart()
    card = chart.node("revenue")
    card.focus()
    page.keyboard.press("Space")
    panel = chart.hook("kpi-panel")
    expect(panel).to_be_focused()
    expect(panel).to_have_attribute("data-kind", "beside")
    answered(chart, "kpi-history")
    expect(chart.hook("kpi-history-period")).to_have_count(12)
    real = asked(page, "evaluate", history=12)
    told = real["history"]["nodes"]["revenue"]["actual"]
    shown = chart.hook("kpi-history-period").evaluate_all("all => all.map(one => Number(one.dataset.value))")
    assert shown == pytest.approx(told)
    assert number(chart.hook("kpi-panel-actual")) == pytest.approx(real["nodes"]["revenue"]["actual"])
    words = chart.hook("kpi-panel-formula").get_attribute("title") or ""
    assert "First orders × Average value of first orders + Repeat orders ×" in words

    chart.hook("kpi-panel-formula").get_by_role("button", name="First orders", exact=True).click()
    expect(chart.hook("kpi-details")).to_have_attribute("data-key", "new_orders")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(chart.node("new_orders")).to_be_focused()


@pytest.mark.parametrize(("width", "kind"), [(800, "beside"), (640, "beside"), (390, "sheet")])
def test_the_panel_does_not_cover_what_it_tells_about(
    width: int, kind: str, open_chart: Opener, page: Page
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    chart = open_chart()
    card, panel = chart.node("cost_per_order"), chart.hook("kpi-panel")
    card.focus()
    page.keyboard.press("Space")
    expect(panel).to_have_attribute("data-kind", kind)
    chart.hook("kpi-details-name").wait_for()
    page.wait_for_function(BESIDE_EACH_OTHER, arg="cost_per_order")


def test_the_steps_lead_from_target_to_actual(open_chart: Opener, page: Page) -> None:
    chart = open_chart()
    chart.hook("kpi-open-contributions").click()
    for compare in ("target", "previous_period", "previous_year"):
        chart.hook(f"kpi-compare-{compare}").check(force=True)
        told = asked(page, "contributions", compare=compare)
        waterfall = answered(chart, "kpi-waterfall")
        expect(waterfall).to_have_attribute("data-value", str(told["change"]).removesuffix(".0"))
        if chart.hook("kpi-waterfall-all").count():
            chart.hook("kpi-waterfall-all").click()
        steps = chart.hook("kpi-waterfall-step").evaluate_all(
            "all => all.map(one => Number(one.dataset.value))"
        )
        before, after = (number(chart.hook(name)) for name in ("kpi-waterfall-before", "kpi-waterfall-after"))
        assert before is not None
        assert before + sum(steps) == pytest.approx(after)


def test_what_is_supposed_is_answered_by_the_server_and_never_looks_real(
    open_chart: Opener, page: Page
) -> None:
    chart = open_chart()
    real = chart.number("revenue")
    chart.hook("kpi-open-what-if").click()
    with page.expect_response(
        lambda one: one.url.endswith("/evaluate") and "overrides" in str(one.request.post_data)
    ):
        slide(chart, LEAF, 8)
    answered(chart, "kpi-what-if")
    wanted = asked(page, "evaluate", overrides={LEAF: {"actual": {"percent": 8}}})["nodes"]["revenue"]
    assert number(chart.hook("kpi-goal-actual")) == pytest.approx(wanted["actual"])
    assert number(chart.hook("kpi-goal-real")) == pytest.approx(real)
    assert chart.number("revenue") == pytest.approx(wanted["actual"])
    expect(chart.hook("kpi-what-if-banner")).to_contain_text("What-if, not real")
    expect(chart.hook("kpi-goal").locator('[data-test="kpi-not-real"]')).to_be_visible()

    chart.hook("kpi-banner-reset").click()
    expect(chart.hook("kpi-what-if-banner")).to_have_count(0)
    assert chart.number("revenue") == pytest.approx(real)


def test_a_supposed_target_moves_attainment_and_status_and_can_be_taken_back(
    open_chart: Opener, page: Page
) -> None:
    chart = open_chart()
    real = chart.number("revenue", "kpi-target")
    chart.hook("kpi-open-what-if").click()
    chart.hook("kpi-levers-above").locator("summary").click()
    slide(chart, "revenue", -5, "target")
    answered(chart, "kpi-what-if")
    wanted = asked(page, "evaluate", overrides={"revenue": {"target": {"percent": -5}}})["nodes"]["revenue"]
    assert chart.number("revenue", "kpi-target") == pytest.approx(wanted["target"])
    assert chart.number("revenue", "kpi-attainment") == pytest.approx(wanted["attainment"])
    assert number(chart.hook("kpi-goal-real-target")) == pytest.approx(real)
    expect(chart.hook("kpi-what-if-banner")).to_contain_text("(target)")
    expect(chart.node("revenue").locator('[data-test="kpi-supposed"]')).to_have_count(1)

    chart.hook("kpi-lever", key="revenue").locator('[data-test="kpi-lever-reset"]').click()
    expect(chart.hook("kpi-what-if-banner")).to_have_count(0)
    assert chart.number("revenue", "kpi-target") == pytest.approx(real)


def test_what_goal_seek_finds_meets_the_target_once_it_is_supposed(open_chart: Opener, page: Page) -> None:
    chart = open_chart()
    chart.hook("kpi-open-what-if").click()
    chart.hook("kpi-seek-node").select_option("negotiations")
    chart.hook("kpi-seek-ask").click()
    answer = chart.hook("kpi-seek-answer")
    expect(answer).to_be_visible(timeout=LOADED)
    assert number(answer) == pytest.approx(asked(page, "seek", key="negotiations")["value"])
    expect(answer.locator('[data-test="kpi-not-real"]')).to_be_visible()
    chart.hook("kpi-seek-suppose").click()
    expect(chart.hook("kpi-what-if-banner")).to_be_visible()
    answered(chart, "kpi-what-if")
    assert number(chart.hook("kpi-goal-attainment")) == pytest.approx(1)


def test_the_proof_is_told_with_its_numbers(open_chart: Opener, page: Page) -> None:
    chart = open_chart()
    chart.node("revenue").click()
    chart.hook("kpi-proof-open").click()
    answered(chart, "kpi-proof")
    told = asked(page, "proof")
    component = chart.hook("kpi-proof-component")
    (row,) = [row for row in told["components"] if row["parent"] == "revenue"]
    expect(component.locator('[data-test="kpi-proof-verdict"]')).to_have_attribute(
        "data-value", row["verdict"]
    )
    expect(component).to_contain_text(f"n = {row['count']} periods")
    expect(chart.hook("kpi-proof-influence").first).to_contain_text("Not proof of cause.")
    expect(chart.hook("kpi-proof-influence").first).to_contain_text("p-value")


def test_explore_shows_the_very_number(open_chart: Opener, page: Page) -> None:
    chart = open_chart()
    chart.node("revenue").click()
    href = chart.hook("kpi-panel-explore").get_attribute("href")
    assert href
    with page.expect_response(lambda one: "/api/v1/chart/data" in one.url, timeout=LOADED) as response:
        page.goto(href)
    (row,) = response.value.json()["result"][0]["data"]
    real = asked(page, "evaluate")["nodes"]["revenue"]["actual"]
    assert next(iter(row.values())) == pytest.approx(real)


def test_queries_and_numbers_can_be_looked_at_and_taken_away(open_chart: Opener, page: Page) -> None:
    chart = open_chart()
    chart.hook("kpi-open-data").click()
    datasets = chart.hook("kpi-query").evaluate_all("all => all.map(one => one.dataset.dataset)")
    assert {"demo_orders", "demo_calls"} <= set(datasets)
    with page.expect_download() as download:
        chart.hook("kpi-csv").click()
    assert download.value.suggested_filename == "marketing-automation-2026-10.csv"
    text = download.value.path().read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(text.decode("utf-8-sig")))}
    assert len(rows) == 48
    real = asked(page, "evaluate")["nodes"]
    assert float(rows["revenue"]["actual"]) == pytest.approx(real["revenue"]["actual"])
    assert {key: row["status"] for key, row in rows.items()} == {
        key: one["status"] for key, one in real.items()
    }


def test_who_may_not_read_the_data_is_told_so_and_nothing_else(
    open_chart: Opener, page_as: Callable[..., Page]
) -> None:
    chart = open_chart(page_as("gamma"))
    chart.node("revenue").click()
    expect(chart.hook("kpi-panel-reason")).to_contain_text("No access to the data")
    expect(chart.hook("kpi-panel-origin")).to_contain_text("Not shown to you")
    expect(chart.hook("kpi-panel-explore")).to_have_count(0)
    expect(chart.hook("kpi-panel")).not_to_contain_text("demo_orders")
    chart.hook("kpi-tab-contributions").click()
    expect(chart.hook("kpi-waterfall")).to_contain_text("No access to the data", timeout=LOADED)
    chart.hook("kpi-tab-data").click()
    expect(chart.hook("kpi-data")).to_contain_text("No database was asked")


def test_a_failure_in_the_panel_leaves_the_tree_and_can_be_tried_again(
    open_chart: Opener, page: Page
) -> None:
    chart = open_chart()
    page.route("**/contributions", lambda route: route.abort())
    chart.hook("kpi-open-contributions").click()
    expect(chart.hook("kpi-waterfall")).to_have_attribute("data-state", "failed", timeout=LOADED)
    expect(chart.hook("kpi-waterfall")).to_contain_text("The server did not answer.")
    assert chart.number("revenue") is not None
    page.unroute("**/contributions")
    chart.hook("kpi-waterfall-retry").click()
    answered(chart, "kpi-waterfall")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_written_in_the_panel_has_the_contrast_of_aa(
    open_chart: Opener, page_as: Callable[..., Page], scheme: str
) -> None:
    chart = open_chart(page_as("admin", color_scheme=scheme))
    assert (chart.background() < 0.1) is (scheme == "dark")
    chart.hook("kpi-open-details").click()
    answered(chart, "kpi-history")
    answered(chart, "kpi-adds")
    chart.hook("kpi-proof-open").click()
    answered(chart, "kpi-proof")
    for tab in TABS:
        chart.hook(f"kpi-tab-{tab}").click()
        if tab == "contributions":
            answered(chart, "kpi-waterfall")
        if tab == "what-if":
            slide(chart, LEAF, 3)
            answered(chart, "kpi-what-if")
        assert [one for one in chart.contrasts() if one[2] < AA] == [], tab


@pytest.mark.parametrize(("width", "height", "kind"), [(390, 700, "sheet"), (640, 600, "beside")])
def test_on_small_screens_the_panel_takes_its_room_from_the_tree_and_gives_it_back(
    open_chart: Opener, page_as: Callable[..., Page], width: int, height: int, kind: str
) -> None:
    chart = open_chart(page_as("admin", viewport={"width": width, "height": height}))
    picture = chart.root.locator(".kpi-body > *").first
    before = picture.bounding_box()
    chart.hook("kpi-open-details").click()
    panel = chart.hook("kpi-panel")
    expect(panel).to_have_attribute("data-kind", kind)
    answered(chart, "kpi-history")
    panel.evaluate("panel => Promise.all(panel.getAnimations().map(one => one.finished))")
    box = panel.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width + 1
    assert panel.locator(".kpi-panel-body").evaluate("body => body.scrollWidth <= body.clientWidth")
    left = picture.bounding_box()
    assert left
    assert left["x"] + left["width"] <= box["x"] + 1 or left["y"] + left["height"] <= box["y"] + 1
    chart.page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    assert picture.bounding_box() == before


WORDS = {"vi": ("Chi tiết", "Giả định, không phải số thật"), "ja": ("詳細", "仮定の数値(実際ではありません)")}


@pytest.mark.parametrize("language", sorted(WORDS))
def test_the_panel_speaks_the_language_of_the_page(open_chart: Opener, page: Page, language: str) -> None:
    details, not_real = WORDS[language]
    page.goto(f"/lang/{language}")
    chart = open_chart()
    chart.hook("kpi-open-what-if").click()
    expect(chart.hook("kpi-tab-details")).to_have_text(details)
    slide(chart, LEAF, 2)
    expect(chart.hook("kpi-what-if-banner")).to_contain_text(not_real)
