"""Every screen of the page "KPI Trees" in its languages, light and dark, on a narrow and on a wide desk.

Each is put as a picture into build/screens, to be looked at. What no person need look for is found here:
what axe objects to, English words among others, and a page that has to be moved sideways.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import grave
from tests.e2e.chart import LOADED, MOVING, Chart
from tests.e2e.editor import Editor, shop
from tests.e2e.page import API, BASE, TreesPage, create
from tests.support.homes import DEMO_UNTIL, PACKAGE
from tests.support.processes import ROOT

TREE = "marketing-automation"
AS_OF = f"?as_of={DEMO_UNTIL}"
WORDS = PACKAGE / "frontend" / "src" / "i18n"
PAGE = '[data-test="kpi-page"]'
NAMES = {node["name"] for node in shop("shop")["nodes"]}
ALL_LOOKS = list(product(("en", "vi", "ja"), ("light", "dark"), (1280, 1920)))
LOOKS = [("en", "dark", 1920), ("vi", "dark", 1280), ("ja", "light", 1280)]
"""Enough to find what is wrong in a language, in dark, or where it is narrow; all with KPI_ALL_SCREENS=1."""

_TEXTS = """
() => [...document.querySelectorAll('#kpi-root *, body > div:not(#app) *')]
  .filter(element => element.checkVisibility() && !element.closest('[data-test=kpi-canvas], svg, code, kbd'))
  .flatMap(element => [
    ...[...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.textContent),
    element.getAttribute('placeholder') || '', element.getAttribute('aria-label') || '',
  ]).map(text => text.trim()).filter(Boolean)
"""


class Screens:
    def __init__(self, page: Page, language: str, folder: Path) -> None:
        self.page, self.language, self.folder = page, language, folder
        self.trees, self.editor = TreesPage(page), Editor(page)
        self.wrong: dict[str, Any] = {}

    def hook(self, name: str, **having: str) -> Any:
        return self.trees.hook(name, **having)

    def look(self, name: str, part: str = PAGE) -> None:
        """Take the picture of what is there, and note what is wrong with it."""
        expect(self.page.locator(MOVING)).to_have_count(0, timeout=LOADED)
        self.page.screenshot(path=self.folder / f"{name}.png", animations="disabled")
        wide = self.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        root = self.page.evaluate("(e => e.scrollWidth - e.clientWidth)(document.getElementById('kpi-page'))")
        english = sorted({text for text in self.page.evaluate(_TEXTS) if text in untranslated(self.language)})
        axe = grave(self.page, part)
        if wide > 0 or root > 0 or english or axe:
            self.wrong[name] = {"sideways": max(wide, root), "english": english, "axe": axe}


@cache
def untranslated(language: str) -> frozenset[str]:
    """The English texts that are said otherwise in a language."""
    if language == "en":
        return frozenset()
    pair = re.compile(r"^  (?:'((?:[^'\\]|\\.)+)'|(\w+)):\s+'((?:[^'\\]|\\.)*)',$", re.MULTILINE)
    found = set()
    for path in WORDS.glob("*.ts"):
        for quoted, bare, told in pair.findall(path.read_text()):
            text = (quoted or bare).replace("\\'", "'")
            if text != told and "{" not in text and text not in NAMES:
                found.add(text)
    return frozenset(found)


@pytest.fixture(
    params=ALL_LOOKS if os.environ.get("KPI_ALL_SCREENS") else LOOKS,
    ids=lambda look: "-".join(map(str, look)),
)
def screens(request: pytest.FixtureRequest, page_as: Callable[..., Page]) -> Iterator[Screens]:
    language, theme, width = request.param
    size = {"width": width, "height": 800 if width < 1500 else 1080}
    page = page_as("admin", color_scheme=theme, viewport=size, reduced_motion="reduce")
    assert page.request.get(f"/lang/{language}").ok
    folder = ROOT / "build" / "screens" / f"{language}-{theme}-{width}"
    folder.mkdir(parents=True, exist_ok=True)
    looked = Screens(page, language, folder)
    yield looked
    assert not looked.wrong, json.dumps(looked.wrong, indent=1, ensure_ascii=False)


def dialog(screens: Screens) -> str:
    expect(screens.page.locator(".kpi-ant-modal")).to_be_visible(timeout=LOADED)
    return ".kpi-ant-modal"


def test_the_list(screens: Screens) -> None:
    page, hook = screens.page, screens.hook
    create(page, {**shop("shop"), "published": True, "departments": ["Retail", "Online"]})
    create(page, {**shop("draft"), "name": "Draft shop", "description": "What a shop earns. " * 12})
    screens.trees.list("?order=name")
    expect(hook("kpi-list-attainment")).to_have_count(3, timeout=LOADED)
    screens.look("list-cards")
    hook("kpi-actions").first.click()
    expect(page.locator(".kpi-ant-dropdown").get_by_role("menuitem").first).to_be_visible()
    screens.look("list-menu")
    page.keyboard.press("Escape")
    hook("kpi-list-view").locator("label").nth(1).click()
    hook("kpi-bulk").click()
    expect(hook("kpi-table")).to_be_visible(timeout=LOADED)
    page.locator(".kpi-ant-table-row .kpi-ant-checkbox-input").first.check()
    screens.look("list-table")
    hook("kpi-bulk-delete").click()
    screens.look("list-delete", dialog(screens))
    page.keyboard.press("Escape")
    hook("kpi-import-open").click()
    screens.look("import", dialog(screens))
    page.locator('[data-test="kpi-import"] input[type=file]').set_input_files(
        {"name": "trees.zip", "mimeType": "application/zip", "buffer": b"no zip"}
    )
    page.locator(".kpi-ant-modal .kpi-ant-btn-primary").click()
    expect(hook("kpi-import-error")).to_be_visible(timeout=LOADED)
    screens.look("import-refused", dialog(screens))
    page.keyboard.press("Escape")
    screens.trees.list("?search=nothing+like+it")
    screens.look("list-none")
    page.route(f"**{API}?q=*", lambda route: route.fulfill(json={"count": 0, "ids": [], "result": []}))
    screens.trees.list()
    screens.look("list-empty")
    page.unroute_all()
    page.evaluate("localStorage.removeItem('kpi-list-view')")


def test_the_start(screens: Screens) -> None:
    page, hook = screens.page, screens.hook
    page.goto(f"{BASE}new/")
    expect(hook("kpi-template").first).to_be_visible(timeout=LOADED)
    screens.look("start-catalogue")
    hook("kpi-template", value="A-G1").click()
    expect(hook("kpi-review-row").first).to_be_visible(timeout=LOADED)
    screens.look("start-review")
    hook("kpi-way", value="metric").click()
    expect(hook("kpi-start-metric").first).to_be_visible(timeout=LOADED)
    screens.look("start-metric")
    hook("kpi-start-metric-search").fill("Appointments / calls")
    hook("kpi-start-metric").filter(has_text="Appointments / calls").first.click()
    expect(hook("kpi-review-row").first).to_be_visible(timeout=LOADED)
    screens.look("start-metric-review")
    hook("kpi-way", value="copy").click()
    expect(hook("kpi-start-copy").first).to_be_visible(timeout=LOADED)
    screens.look("start-copy")


def test_a_trees_page(screens: Screens) -> None:
    page, hook = screens.page, screens.hook
    screens.trees.tree(TREE, AS_OF)
    screens.look("tree")
    hook("kpi-period").click()
    expect(page.locator(".kpi-ant-picker-dropdown")).to_be_visible()
    screens.look("tree-period")
    page.keyboard.press("Escape")
    hook("kpi-range").click()
    hook("kpi-range-between").check()
    screens.look("tree-range")
    with page.expect_response("**/evaluate"):
        hook("kpi-range-apply").click()
    Chart(page).ready()
    screens.look("tree-in-range")
    screens.trees.tree(TREE, AS_OF)
    hook("kpi-as-of").click()
    expect(page.locator(".kpi-ant-picker-dropdown")).to_be_visible()
    screens.look("tree-as-of")
    page.keyboard.press("Escape")
    hook("kpi-compare").locator(".kpi-ant-select-selector").click()
    expect(page.locator(".kpi-ant-select-item-option").first).to_be_visible()
    screens.look("tree-compare")
    page.keyboard.press("Escape")
    hook("kpi-share").click()
    expect(hook("kpi-share-link")).to_be_visible()
    screens.look("tree-share")
    page.keyboard.press("Escape")
    hook("kpi-add-to-dashboard").click()
    screens.look("dashboard", dialog(screens))
    page.keyboard.press("Escape")
    page.goto(f"{BASE}no-such-tree/")
    expect(hook("kpi-page-state")).to_be_visible(timeout=LOADED)
    screens.look("hidden")


def test_the_editor(screens: Screens, page_as: Callable[..., Page]) -> None:
    page, hook, editor = screens.page, screens.hook, screens.editor
    editor.open(TREE, str(DEMO_UNTIL)).computed()
    screens.look("editor")
    editor.choose("calls")
    for part in ("source", "links", "goal", "identity"):
        hook(f"kpi-form-{part}").click()
        screens.look(f"editor-{part}")
    hook("kpi-form-goal").click()
    hook("kpi-targets-open").click()
    screens.look("editor-targets", dialog(screens))
    page.keyboard.press("Escape")
    hook("kpi-form-source").click()
    hook("kpi-metric-pick").click()
    expect(hook("kpi-metric-row").first).to_be_visible(timeout=LOADED)
    screens.look("editor-metrics", dialog(screens))
    page.keyboard.press("Escape")
    hook("kpi-tab-advice").click()
    screens.look("editor-advice")
    editor.choose("calls").press("Delete")
    screens.look("editor-delete", dialog(screens))
    page.keyboard.press("Escape")
    hook("kpi-tool-help").click()
    screens.look("editor-help", dialog(screens))
    page.keyboard.press("Escape")

    create(page, shop("shop"))
    editor.open("shop").computed()
    hook("kpi-tree-targets-open").click()
    screens.look("editor-tree-targets", dialog(screens))
    page.keyboard.press("Escape")
    Editor(page_as("admin")).open("shop").rename("value", "Order value").save().saved()
    editor.rename("value", "Basket").save()
    expect(hook("kpi-conflict")).to_be_attached(timeout=LOADED)
    screens.look("editor-conflict", dialog(screens))
