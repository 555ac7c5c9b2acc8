"""One person with the editor in several tabs: each keeps its own draft, nothing is lost or written over."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.chart import LOADED, send
from tests.e2e.editor import API, Editor, names, shop


@pytest.fixture
def tabs(page: Page) -> tuple[Editor, Editor]:
    """Two tabs on the tree `shop`, in which different things were renamed."""
    send(page, "POST", API, shop("shop"))
    one, other = (Editor(tab).open("shop") for tab in (page, page.context.new_page()))
    one.rename("value", "Basket").kept()
    other.rename("rate", "Conversion").kept()
    return one, other


def test_each_tab_keeps_its_own_draft_through_a_reload(tabs: tuple[Editor, Editor]) -> None:
    for tab, key, name, untouched in zip(
        tabs, ("value", "rate"), ("Basket", "Conversion"), ("rate", "value"), strict=True
    ):
        tab.page.reload()
        expect(tab.card(key)).to_contain_text(name, timeout=LOADED)
        expect(tab.card(untouched)).to_contain_text(untouched.capitalize())
        expect(tab.hook("kpi-elsewhere")).to_be_visible()
        expect(tab.hook("kpi-left")).to_have_count(0)


def test_both_tabs_are_saved_and_neither_is_lost(tabs: tuple[Editor, Editor]) -> None:
    one, other = tabs
    one.save().saved()
    other.save().hook("kpi-merge").click(timeout=LOADED)
    told = names(other.saved().stored("shop"))
    assert (told["value"], told["rate"]) == ("Basket", "Conversion")


def test_what_a_closed_tab_left_is_offered_in_a_tab_of_its_own(tabs: tuple[Editor, Editor]) -> None:
    one, other = tabs
    other.page.close()
    one.page.reload()
    expect(one.card("value")).to_contain_text("Basket", timeout=LOADED)
    with one.page.context.expect_page() as opened:
        one.hook("kpi-left-open").click()
    again = Editor(opened.value)
    expect(again.card("rate")).to_contain_text("Conversion", timeout=LOADED)
    expect(again.card("value")).to_contain_text("Value")
    again.changed()


def test_a_draft_whose_tab_was_closed_comes_back_where_the_editor_is_opened_next(
    tabs: tuple[Editor, Editor],
) -> None:
    one, other = tabs
    other.save().saved().page.close()
    context = one.page.context
    one.page.close()
    next_tab = Editor(context.new_page()).open("shop")
    expect(next_tab.hook("kpi-restored", outdated="true")).to_be_visible()
    expect(next_tab.card("value")).to_contain_text("Basket")
