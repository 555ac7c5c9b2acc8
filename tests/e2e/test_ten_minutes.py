"""A BI admin's first goal tree, from Superset's front page to a dashboard, as `make demo` leaves Superset.

Every click and every key that it takes is counted and printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.chart import LOADED, MOVING, Chart, number, send
from tests.e2e.make_demo import MakeDemo

API = "/api/v1/kpi_tree/"
DEMO_TREE = "marketing-automation"
GROWTH = {  # in percent, for each KPI that is measured
    "calls": "12",
    "appointment_rate": "2",
    "negotiation_rate": "0",
    "nurtured_negotiations": "20",
    "mqls": "10",
    "visits": "8",
    "order_rate": "1",
    "average_order_value": "3",
}


@dataclass
class Admin:
    """A person at the page, with what their hands do."""

    page: Page
    clicks: int = 0
    keys: int = 0

    def hook(self, name: str, **having: str) -> Locator:
        more = "".join(f'[data-{key}="{value}"]' for key, value in having.items())
        return self.page.locator(f'[data-test="{name}"]{more}')

    def click(self, target: Locator | str) -> None:
        locator = self.hook(target) if isinstance(target, str) else target
        # Nobody aims at what still flies in: a dialog counts as stable between two frames of a busy machine.
        expect(self.page.locator(MOVING)).to_have_count(0, timeout=LOADED)
        locator.click(timeout=LOADED)
        self.clicks += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1


@pytest.fixture
def admin(demo: MakeDemo, demo_page: Page) -> Iterator[Admin]:
    """On Superset's front page, with the demo's datasets and no tree; afterwards the demo is as it was."""
    page = demo_page
    page.goto("/superset/welcome/")
    kept = page.request.get(f"{API}{DEMO_TREE}").json()["result"]
    send(page, "DELETE", f"{API}{DEMO_TREE}", {})
    try:
        yield Admin(page)
    finally:
        trees = page.request.get(API).json()["result"]
        for tree in trees:
            send(page, "DELETE", f"{API}{tree['uuid']}", {})
        send(page, "POST", API, kept)


def test_from_nothing_to_a_goal_on_a_dashboard(admin: Admin) -> None:
    page, hook, click = admin.page, admin.hook, admin.click

    click(page.get_by_role("link", name="KPI Trees"))
    click("kpi-start-first")
    click(hook("kpi-template", value="A-G1"))
    expect(hook("kpi-review-waiting", value="0")).to_be_visible(timeout=LOADED)
    click("kpi-review-open")

    # Twelve months of targets for every KPI that is measured; the goal's own follow by its formula.
    click("kpi-tree-targets-open")
    click(hook("kpi-tree-targets-percent").first)
    rows = hook("kpi-tree-targets-percent")
    assert [rows.nth(index).get_attribute("data-key") for index in range(rows.count())] == list(GROWTH)
    for percent in GROWTH.values():
        admin.type(percent)
        admin.press("Tab")
    click("kpi-tree-targets-fill")
    expect(hook("kpi-tree-targets")).to_be_hidden(timeout=LOADED)

    # One KPI counts only some of the metric's rows, as the start said.
    click(hook("kpi-node", key="nurtured_negotiations"))
    click("kpi-filter-add")
    click("kpi-filter-column")
    admin.type("source")
    admin.press("Enter")
    click("kpi-filter-value")
    admin.type("nurturing")
    admin.press("Enter")
    admin.press("Tab")

    click("kpi-publish")
    expect(hook("kpi-draft-state", state="saved")).to_be_attached(timeout=LOADED)
    click("kpi-leave")

    click("kpi-add-to-dashboard")
    click("kpi-dashboard-new")
    click("kpi-dashboard-add")
    click("kpi-dashboard-open")
    chart = Chart(page).ready()
    shown = {name: number(chart.hook(f"kpi-headline{name}")) for name in ("", "-actual", "-target")}

    tree = page.request.get(API).json()["result"][0]
    document = page.request.get(f"{API}{tree['uuid']}").json()["result"]
    assert document["published"]
    assert len(document["nodes"]) == 11
    assert len({row["metric"]["dataset_uuid"] for row in document["nodes"] if row["metric"]}) == 5
    assert sum(row["formula"] is not None for row in document["nodes"]) == 3
    evaluated = send(page, "POST", f"{API}{tree['uuid']}/evaluate", {})["result"]
    since = evaluated["window"]["since"]
    targets = {
        row["key"]: next(one["value"] for one in row["targets"] if one["start"] == since)
        for row in document["nodes"]
        if row["targets"]
    }
    assert set(targets) == set(GROWTH)
    actual = goal({key: evaluated["nodes"][key]["actual"] for key in GROWTH})
    target = goal(targets)
    assert shown["-actual"] == pytest.approx(actual, rel=1e-9)
    assert shown["-target"] == pytest.approx(target, rel=1e-9)
    assert shown[""] == pytest.approx(actual / target, rel=1e-9)
    print(
        f"\nFrom the front page to the goal on a dashboard: {admin.clicks} clicks, {admin.keys} key presses"
    )


def goal(of: dict[str, float]) -> float:
    """The KGI, by the formulas of the catalogue."""
    appointed = of["calls"] * of["appointment_rate"] * of["negotiation_rate"]
    negotiations = appointed + of["nurtured_negotiations"]
    return negotiations * of["order_rate"] * of["average_order_value"]
