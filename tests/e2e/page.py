"""The page "KPI Trees" as a test reads it: by the hooks that superset_kpi_plugin/frontend/README.md lists."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.chart import LOADED, Chart, send

API = "/api/v1/kpi_tree/"
BASE = "/kpi/trees/"


class TreesPage:
    def __init__(self, page: Page) -> None:
        self.page = page

    def hook(self, name: str, **having: str) -> Locator:
        more = "".join(f'[data-{key}="{value}"]' for key, value in having.items())
        return self.page.locator(f'[data-test="{name}"]{more}')

    def list(self, search: str = "") -> TreesPage:
        """Open the list and wait for its rows."""
        self.page.goto(BASE + search)
        return self.listed()

    def listed(self) -> TreesPage:
        expect(self.hook("kpi-list")).to_have_attribute("data-state", "ready", timeout=LOADED)
        return self

    def names(self) -> list[str]:
        return self.hook("kpi-tree-link").all_inner_texts()

    def row(self, uuid: str) -> Locator:
        return self.hook("kpi-tree-row", uuid=uuid)

    def tree(self, tree: str, search: str = "") -> Chart:
        """Open a tree's page and wait for its numbers."""
        self.page.goto(f"{BASE}{tree}/{search}")
        return Chart(self.page).ready()

    def choose(self, hook: str, text: str) -> None:
        """Choose in one of the page's lists."""
        self.hook(hook).locator(".kpi-ant-select-selector").click()
        self.page.locator(".kpi-ant-select-item-option", has_text=text).first.click()

    def theme(self) -> str | None:
        return self.hook("kpi-page").get_attribute("data-theme")


def create(page: Page, document: dict[str, Any]) -> dict[str, Any]:
    """Save a tree as the one logged in on the page; answers it as stored, with its id."""
    answer = send(page, "POST", API, document)
    return {**answer["result"], "id": answer["id"]}
