"""Advice in the editor: each finding offers its fix, or opens the field where it is mended."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.chart import LOADED, send
from tests.e2e.editor import API, Editor, shop


@pytest.fixture
def editor(page: Page) -> Editor:
    """The editor of `shop` with the advice open: nobody answers for anything, half of it has no target."""
    send(page, "POST", API, shop("shop"))
    editor = Editor(page).open("shop").computed()
    editor.hook("kpi-advice-open").click()
    expect(editor.hook("kpi-advice")).to_be_visible(timeout=LOADED)
    return editor


def within(editor: Editor, code: str, hook: str) -> Locator:
    return editor.hook("kpi-finding", code=code).locator(f'[data-test="{hook}"]')


def test_a_fix_is_one_press_and_one_step_of_undo(editor: Editor) -> None:
    fix = within(editor, "no_owner", "kpi-finding-fix").first
    expect(fix).to_have_text("Make Admin Tester the owner")
    fix.click()
    expect(editor.hook("kpi-finding", code="no_owner")).to_have_count(0, timeout=LOADED)
    kept = editor.kept()
    assert kept
    assert {node["owner"]["first_name"] for node in kept["nodes"]} == {"Admin"}
    editor.press("Control+z").saved()
    expect(editor.hook("kpi-finding", code="no_owner")).to_be_visible(timeout=LOADED)


def test_what_only_a_person_knows_opens_where_it_is_entered(editor: Editor) -> None:
    within(editor, "no_target", "kpi-finding-go").first.click()
    expect(editor.hook("kpi-year-name")).to_have_text(str(date.today().year), timeout=LOADED)
    editor.hook("kpi-grid-cell").first.fill("120")
    editor.press("Enter", "Escape")
    # Whoever came from the advice goes on with it.
    expect(editor.hook("kpi-advice")).to_be_visible()
    kept = editor.kept()
    assert kept
    assert [row["value"] for row in kept["nodes"][1]["targets"]] == [120]


def test_a_source_left_open_opens_the_metrics_of_its_name(editor: Editor) -> None:
    editor.choose("value").press("Tab").type("Impressions").press("Enter").computed()
    editor.hook("kpi-advice-open").click()
    within(editor, "no_source", "kpi-finding-go").click()
    found = editor.hook("kpi-metric-picker").locator(".kpi-ant-list-item")
    expect(found).to_have_count(1, timeout=LOADED)
    expect(found).to_contain_text("Impressions")
