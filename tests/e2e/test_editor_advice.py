"""Advice in the editor: each finding offers its fix, or opens the field where it is mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import grave
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_disproven_formula_shows_its_proof(page_as: Callable[..., Page], scheme: str) -> None:
    page = page_as("admin", color_scheme=scheme, reduced_motion="reduce")
    last = date.today().year - 1
    document = shop("shop")
    revenue, _, *leaves = document["nodes"]
    years = [{"start": f"{year}-01-01", "end": f"{year + 1}-01-01"} for year in (last - 2, last - 1, last)]
    revenue |= {"source": "manual", "manual_values": [{**year, "value": 4000} for year in years]}
    for leaf in leaves:
        leaf["manual_values"] = [{**year, "value": leaf["manual_values"][0]["value"]} for year in years]
    send(page, "POST", API, document)
    editor = Editor(page).open("shop").computed()
    editor.hook("kpi-advice-open").click()
    opener = within(editor, "formula_disproven", "kpi-finding-proof")
    opener.click()
    dialog = editor.hook("kpi-proof-dialog")
    expect(dialog).to_contain_text("Revenue = Orders × Value", timeout=LOADED)
    rows = dialog.locator('[data-test="kpi-proof-period"][data-value="disproven"]')
    expect(rows).to_have_count(3)
    expect(rows.first.locator("td")).to_contain_text(["3,000", "4,000", "25%", "Does not hold"])
    assert grave(page, ".kpi-ant-modal") == []
    editor.press("Enter")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()
