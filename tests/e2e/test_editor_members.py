"""Targets of a dimension's members, where a KPI has none yet."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.chart import LOADED
from tests.e2e.editor import Editor
from tests.support.homes import DEMO_UNTIL

DEMO = "marketing-automation"


def test_a_member_is_chosen_among_those_there_are_and_gets_targets_of_its_own(page: Page) -> None:
    editor = Editor(page).open(DEMO, as_of=str(DEMO_UNTIL)).computed()
    measured = [row for row in editor.stored(DEMO)["nodes"] if row["metric"]]
    key = measured[0]["key"]
    editor.choose(key).hook("kpi-form-goal").click()
    editor.hook("kpi-targets-open").click()
    expect(editor.hook("kpi-year", state="told")).to_be_visible(timeout=LOADED)
    editor.hook("kpi-whose-add").click()
    editor.hook("kpi-whose-dimension").click()
    page.locator('.kpi-ant-select-item-option[title="Region"], [title="region"]').first.click(timeout=LOADED)
    editor.hook("kpi-whose-member").locator("input").click(timeout=LOADED)
    page.locator(".kpi-ant-select-item-option", has_text="North").click(timeout=LOADED)
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
