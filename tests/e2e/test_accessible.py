"""For everybody: what axe finds in every state, the keyboard, the focus, large print and less motion."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.axe import grave
from tests.e2e.chart import LOADED, Chart, Opener, choose

EVALUATE = "**/api/v1/kpi_tree/*/evaluate"
LAYOUTS = ("right", "down", "outline", "icicle", "heatmap")
LOOKS = [("light", 1440), ("dark", 1440), ("light", 390), ("dark", 390)]

looks = pytest.mark.parametrize(("scheme", "width"), LOOKS)


@pytest.fixture
def page_like(page_as: Callable[..., Page]) -> Callable[[str, int], Page]:
    """A page of admin's, light or dark, as wide as a desk's screen or a phone's; nothing fades in or out."""
    return lambda scheme, width: page_as(
        "admin", color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )


def members_told(chart: Chart) -> None:
    expect(chart.hook("kpi-member").first).to_be_attached(timeout=LOADED)


@looks
def test_axe_finds_nothing_grave_in_any_layout(
    open_chart: Opener, page_like: Callable[[str, int], Page], scheme: str, width: int
) -> None:
    chart = open_chart(page_like(scheme, width), kpi_initial_depth=2, kpi_by="region")
    for layout in LAYOUTS:
        choose(chart, layout)
        if layout == "heatmap":
            members_told(chart)
        assert grave(chart.page) == [], layout


@looks
def test_axe_finds_nothing_grave_in_the_panel(
    open_chart: Opener, page_like: Callable[[str, int], Page], scheme: str, width: int
) -> None:
    chart = open_chart(page_like(scheme, width), kpi_initial_depth=2)
    chart.node("revenue").click()
    for tab, told in (
        ("details", "kpi-history"),
        ("contributions", "kpi-waterfall"),
        ("what-if", "kpi-what-if"),
        ("data", None),
    ):
        chart.hook(f"kpi-tab-{tab}").click()
        if told:
            expect(chart.hook(told, state="ready")).to_be_attached(timeout=LOADED)
        assert grave(chart.page) == [], tab
    chart.hook("kpi-tab-what-if").click()
    goal = chart.hook("kpi-goal-actual")
    real = goal.get_attribute("data-value") or ""
    chart.hook("kpi-levers-above").locator("summary").click()
    lever = chart.hook("kpi-lever", key="nurtured_negotiations")
    lever.locator('[data-test="kpi-lever-slider"]').first.focus()
    chart.page.keyboard.press("ArrowRight")
    expect(goal).not_to_have_attribute("data-value", real, timeout=LOADED)
    expect(chart.hook("kpi-what-if", state="ready")).to_be_attached(timeout=LOADED)
    assert grave(chart.page) == [], "supposed"


@looks
def test_axe_finds_nothing_grave_in_what_the_tools_open(
    open_chart: Opener, page_like: Callable[[str, int], Page], scheme: str, width: int
) -> None:
    chart = open_chart(page_like(scheme, width), kpi_initial_depth=2)
    keyboard = chart.page.keyboard
    for tool in ("kpi-search", "kpi-filter", "kpi-layout"):
        chart.hook(tool).click()
        if tool == "kpi-search":
            keyboard.type("email")
            expect(chart.hook("kpi-found").first).to_be_visible()
        assert grave(chart.page) == [], tool
        keyboard.press("Escape")
    chart.hook("kpi-filter").click()
    chart.hook("kpi-filter-choice", value="off_track").check()
    keyboard.press("Escape")
    assert grave(chart.page) == [], "filtered"


@looks
def test_axe_finds_nothing_grave_in_numbers_from_the_cache_and_in_the_menu(
    open_chart: Opener, page_like: Callable[[str, int], Page], scheme: str, width: int
) -> None:
    chart = open_chart(page_like(scheme, width), kpi_initial_depth=2)
    chart.page.reload()
    expect(chart.ready().hook("kpi-cached")).to_be_visible()
    assert grave(chart.page) == [], "cached"
    chart.node("revenue").click(button="right")
    expect(chart.hook("kpi-menu")).to_be_visible()
    assert grave(chart.page) == [], "menu"


@looks
def test_axe_finds_nothing_grave_in_what_is_supposed_and_sought(
    open_chart: Opener, page_like: Callable[[str, int], Page], scheme: str, width: int
) -> None:
    chart = open_chart(page_like(scheme, width), kpi_initial_depth=2)
    chart.hook("kpi-open-what-if").click()
    chart.hook("kpi-levers-above").locator("summary").click()
    for of in ("actual", "target"):
        lever = chart.hook("kpi-lever", key="nurtured_negotiations").locator(f'[data-value="{of}"]')
        lever.locator('[data-test="kpi-lever-slider"]').focus()
        chart.page.keyboard.press("ArrowRight")
        expect(lever.locator('[data-test="kpi-lever-reset"]')).to_be_visible()
    chart.hook("kpi-seek-ask").click()
    expect(chart.hook("kpi-seek-answer")).to_be_visible(timeout=LOADED)
    expect(chart.hook("kpi-what-if", state="ready")).to_be_attached(timeout=LOADED)
    assert grave(chart.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_in_the_choice_of_a_tree(
    open_chart: Opener, page_like: Callable[[str, int], Page], scheme: str
) -> None:
    part = '.Control[data-test="kpi_tree"], [data-test="kpi-tree-choices"]'
    chart = open_chart(page_like(scheme, 1440), whole_page=True)
    chart.hook("kpi-tree-control").click()
    expect(chart.hook("kpi-tree-choice").first).to_be_visible()
    assert grave(chart.page, part) == [], "open"
    chart.page.keyboard.type("no tree has this name")
    expect(chart.hook("kpi-tree-choice")).to_have_count(0)
    assert grave(chart.page, part) == [], "none found"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_where_there_is_no_tree(
    open_chart: Opener, page_like: Callable[[str, int], Page], scheme: str
) -> None:
    reader = page_like(scheme, 1440)
    held: list[Route] | None = []
    # Questions are kept waiting at first, and then all refused.
    reader.route(EVALUATE, lambda route: route.abort() if held is None else held.append(route))
    with reader.expect_request(EVALUATE):
        chart = open_chart(reader, ready=False)
    chart.state("loading")
    assert grave(reader) == [], "loading"
    waiting, held = held, None
    for route in waiting:
        route.abort()
    chart.state("failed")
    assert grave(reader) == [], "failed"
    reader.unroute(EVALUATE)

    missing = "6f2d2a37-5c5b-4d0e-9d36-000000000000"
    open_chart(reader, ready=False, kpi_tree=missing).state("hidden")
    assert grave(reader) == [], "hidden"

    def emptied(route: Route) -> None:
        """No tree can be saved without a node: the answer of one that has none is made up."""
        told = route.fetch().json()
        told["result"]["tree"] |= {"nodes": [], "links": []}
        route.fulfill(json=told)

    reader.route(EVALUATE, emptied)
    open_chart(reader, ready=False).state("empty")
    assert grave(reader) == [], "empty"


def test_the_whole_tree_is_read_by_the_keyboard_alone(open_chart: Opener, page: Page) -> None:
    chart = open_chart(kpi_initial_depth=2)
    keyboard = page.keyboard
    chart.hook("kpi-off-track").focus()
    for _ in range(30):
        if chart.focused():
            break
        keyboard.press("Tab")
    assert chart.focused() == "revenue"
    keyboard.press("End")
    last = chart.focused()
    assert last != "revenue"
    keyboard.press("Home")
    assert chart.focused() == "revenue"
    keyboard.type("repeat")
    expect(chart.node("repeat_orders")).to_be_focused()
    keyboard.press("Enter")
    expect(chart.node("repeat_orders")).to_have_attribute("aria-expanded", "true")
    keyboard.press("ArrowRight")
    below = chart.focused()
    assert below not in {None, "repeat_orders"}
    keyboard.press("ArrowLeft")
    expect(chart.node("repeat_orders")).to_be_focused()
    keyboard.press("Space")
    expect(chart.hook("kpi-details", key="repeat_orders")).to_be_visible()
    keyboard.press("Escape")
    expect(chart.hook("kpi-panel")).to_have_count(0)
    expect(chart.node("repeat_orders")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("layout", ["right", "outline", "icicle", "heatmap"])
def test_where_the_focus_is_can_be_seen(
    open_chart: Opener, page_like: Callable[[str, int], Page], layout: str, scheme: str
) -> None:
    chart = open_chart(page_like(scheme, 1440), kpi_initial_depth=2, kpi_layout=layout, kpi_by="region")
    chart.node("revenue").focus()
    chart.page.keyboard.press("ArrowRight")
    focused = chart.page.locator(":focus")
    expect(focused).to_have_attribute("data-test", "kpi-node")
    style = focused.evaluate(
        "one => { const s = getComputedStyle(one); return [s.outlineStyle, s.outlineWidth]; }"
    )
    assert style == ["solid", "2px"]
    expect(focused).to_be_in_viewport(ratio=0.9)


def test_at_twice_the_size_everything_is_still_there(
    open_chart: Opener, page_as: Callable[..., Page]
) -> None:
    """A browser that shows a page at 200 % gives it half the pixels."""
    reader = page_as("admin", viewport={"width": 720, "height": 450}, device_scale_factor=2)
    chart = open_chart(reader, kpi_initial_depth=2)
    for part in ("kpi-headline", "kpi-off-track", "kpi-search", "kpi-layout", "kpi-unfold-all"):
        expect(chart.hook(part)).to_be_in_viewport(ratio=1)
    assert reader.evaluate("document.documentElement.scrollWidth") <= 720
    for layout in LAYOUTS:
        choose(chart, layout)
        expect(chart.node("revenue")).to_be_in_viewport(ratio=0.5)


def test_who_wants_less_motion_gets_none(open_chart: Opener, page_as: Callable[..., Page]) -> None:
    reader = page_as("admin", reduced_motion="reduce")
    chart = open_chart(reader, kpi_initial_depth=2)
    before = chart.view()
    chart.hook("kpi-zoom-in").click()
    assert chart.view()[2] > before[2] * 1.2  # at once, not over some frames
    moving = reader.evaluate(
        "document.querySelector('.kpi-tree').getAnimations({ subtree: true })"
        ".filter(one => one.playState === 'running').length"
    )
    assert moving == 0
