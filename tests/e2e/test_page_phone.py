"""The page "KPI Trees" on a phone, where Superset's bar stands as a list and takes half of the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.chart import choose
from tests.e2e.editor import Editor, shop
from tests.e2e.page import TreesPage, create
from tests.support.homes import DEMO_UNTIL


@pytest.fixture
def phone(page_as: Callable[..., Page]) -> TreesPage:
    size = {"width": 390, "height": 700}
    return TreesPage(page_as("admin", viewport=size, has_touch=True, reduced_motion="reduce"))


def box(part: Locator) -> tuple[float, float]:
    """How wide and how high it stands there."""
    found = part.bounding_box()
    assert found
    return found["width"], found["height"]


def sideways(page: Page) -> int:
    return int(page.evaluate("document.scrollingElement.scrollWidth - innerWidth"))


def test_a_tree_and_its_panel_have_room(phone: TreesPage) -> None:
    chart = phone.tree("marketing-automation", f"?as_of={DEMO_UNTIL}")
    expect(chart.hook("kpi-answer-driver")).to_be_visible()
    choose(chart, "outline")
    chart.node("revenue").click()
    assert box(chart.hook("kpi-panel"))[1] > 250
    chart.hook("kpi-panel").scroll_into_view_if_needed()
    expect(chart.hook("kpi-panel")).to_be_in_viewport(ratio=1)
    assert sideways(phone.page) <= 0


def test_the_list_names_itself_and_scrolls(phone: TreesPage) -> None:
    phone.list()
    title = phone.page.locator("h1")
    assert title.evaluate("one => one.scrollWidth <= one.clientWidth")
    phone.hook("kpi-tree-link").first.scroll_into_view_if_needed()
    expect(phone.hook("kpi-tree-link").first).to_be_in_viewport(ratio=1)
    assert sideways(phone.page) <= 0


def test_the_editor_has_a_canvas_a_form_and_its_buttons(phone: TreesPage) -> None:
    create(phone.page, shop("shop"))
    editor = Editor(phone.page).open("shop").computed()
    width, height = box(editor.hook("kpi-canvas"))
    assert width > 350
    assert height > 250
    assert box(editor.hook("kpi-side"))[0] > 350
    editor.rename("value", "Basket").changed()
    for button in ("kpi-undo", "kpi-publish", "kpi-save"):
        editor.hook(button).scroll_into_view_if_needed()
        expect(editor.hook(button)).to_be_in_viewport(ratio=1)
    editor.save().saved()
    assert sideways(phone.page) <= 0
