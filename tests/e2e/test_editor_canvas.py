"""The editor's canvas: several cards chosen by a rectangle, and the tree from the top down."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.chart import LOADED, send
from tests.e2e.editor import API, Editor, outline, shop


@pytest.fixture
def editor(page: Page) -> Editor:
    page.emulate_media(reduced_motion="reduce")
    send(page, "POST", API, shop("shop"))
    return Editor(page).open("shop").computed()


def chosen(editor: Editor) -> list[str]:
    cards = editor.page.locator('[data-test="kpi-node"][aria-selected="true"]')
    return sorted(str(key) for key in cards.evaluate_all("cards => cards.map(card => card.dataset.key)"))


def draw_around(editor: Editor, first: str, last: str) -> None:
    """A rectangle over the empty canvas that touches what lies between two cards."""
    start, end = editor.card(first).bounding_box(), editor.card(last).bounding_box()
    assert start
    assert end
    mouse = editor.page.mouse
    mouse.move(start["x"] - 12, start["y"] - 12)
    mouse.down()
    mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=6)
    expect(editor.hook("kpi-lasso")).to_be_visible()
    mouse.up()


def test_a_rectangle_with_shift_chooses_all_that_it_touches(editor: Editor) -> None:
    editor.page.keyboard.down("Shift")
    draw_around(editor, "visits", "rate")
    editor.page.keyboard.up("Shift")
    assert chosen(editor) == ["rate", "visits"]
    # The keyboard goes on with them.
    editor.press("Delete")
    editor.confirm("delete")
    expect(editor.card("visits")).to_have_count(0)
    expect(editor.card("rate")).to_have_count(0)
    editor.press("Control+z")
    expect(editor.card("rate")).to_be_visible()


def test_the_tool_draws_rectangles_without_a_key_and_escape_lets_go(editor: Editor) -> None:
    editor.hook("kpi-tool-lasso").click()
    draw_around(editor, "orders", "value")
    assert chosen(editor) == ["orders", "value"]
    editor.page.mouse.move(20, 300)
    draw_around(editor, "visits", "rate")
    assert chosen(editor) == ["rate", "visits"]
    editor.hook("kpi-tool-lasso").click()
    editor.choose("revenue").press("Shift+ArrowDown")
    assert chosen(editor) == ["orders", "revenue"]
    editor.press("Control+a")
    assert chosen(editor) == sorted(editor.keys())


def test_the_tree_grows_from_the_top_down_and_is_edited_so(editor: Editor) -> None:
    editor.hook("kpi-tool-grow-down").click()
    above, below = (editor.card(key).bounding_box() for key in ("revenue", "orders"))
    assert above
    assert below
    assert below["y"] > above["y"] + above["height"]
    # To the left of its sibling is before it.
    box = editor.card("visits").bounding_box()
    assert box
    rate = editor.card("rate").bounding_box()
    assert rate
    mouse = editor.page.mouse
    mouse.move(rate["x"] + rate["width"] / 2, rate["y"] + rate["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.1, box["y"] + box["height"] / 2, steps=8)
    expect(editor.hook("kpi-drop", kind="between")).to_be_visible()
    mouse.up()
    editor.save().saved()
    assert outline(editor.stored("shop"))["orders"] == ["rate", "visits"]
    editor.page.reload()
    expect(editor.hook("kpi-tool-grow-down")).to_have_attribute("aria-pressed", "true", timeout=LOADED)
