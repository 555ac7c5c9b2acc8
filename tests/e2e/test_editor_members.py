"""Targets of a dimension's members, where a KPI has none yet."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import grave
from tests.e2e.chart import LOADED
from tests.e2e.editor import Editor
from tests.support.homes import DEMO_UNTIL

DEMO = "marketing-automation"
DIALOG = ".kpi-ant-modal-wrap"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_member_is_chosen_among_those_there_are_and_gets_targets_of_its_own(
    page_as: Callable[..., Page], scheme: str
) -> None:
    page = page_as("admin", color_scheme=scheme, reduced_motion="reduce")
    editor = Editor(page).open(DEMO, as_of=str(DEMO_UNTIL)).computed()
    measured = [row for row in editor.stored(DEMO)["nodes"] if row["metric"]]
    key = measured[0]["key"]
    editor.choose(key).hook("kpi-form-goal").click()
    editor.hook("kpi-targets-open").click()
    expect(editor.hook("kpi-year", state="told")).to_be_visible(timeout=LOADED)
    editor.hook("kpi-whose-add").click()
    assert grave(page, DIALOG) == []
    editor.hook("kpi-whose-dimension").click()
    page.locator('.kpi-ant-select-item-option[title="Region"], [title="region"]').first.click(timeout=LOADED)
    editor.hook("kpi-whose-member").locator("input").click(timeout=LOADED)
    north = page.locator(".kpi-ant-select-item-option", has_text="North")
    expect(north).to_be_visible(timeout=LOADED)
    assert grave(page, ".kpi-ant-select-dropdown:not(.kpi-ant-select-dropdown-hidden)") == []
    north.click()
    expect(editor.hook("kpi-whose-choice")).to_contain_text("region: North")
    expect(editor.hook("kpi-year", state="told")).to_be_visible(timeout=LOADED)
    editor.hook("kpi-grid-cell").first.fill("7")
    editor.press("Enter", "Escape").save().saved()
    (stored,) = (row for row in editor.stored(DEMO)["nodes"] if row["key"] == key)
    (own,) = (row for row in stored["targets"] if row["member"] is not None)
    assert (own["dimension"], own["member"], own["value"]) == ("region", "North", 7)
    # The whole keeps what it had.
    whole = [row for row in stored["targets"] if row["member"] is None]
    assert len(whole) == len(measured[0]["targets"])
