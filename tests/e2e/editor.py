"""The editor as a test works in it: by its keys, and by the hooks that the frontend's README lists."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.chart import LOADED, MOVING

API = "/api/v1/kpi_tree/"
NODE = {"direction": "increase", "accumulation": "flow", "source": "manual"}
# What is kept of a draft, but for the moment.
_KEPT = """() => {
  window.dispatchEvent(new Event('pagehide'));
  const name = Object.keys(localStorage).find(name => name.startsWith('kpi-draft:'));
  return name === undefined ? null : JSON.parse(localStorage.getItem(name)).draft;
}"""


def shop(slug: str, year: int | None = None) -> dict[str, Any]:
    """revenue = orders × value, orders = visits × rate; a year's numbers typed in: 200 × 0.5 × 30 = 3,000."""
    year = year or date.today().year
    numbers = {"value": 30.0, "visits": 200.0, "rate": 0.5}
    span = {"start": f"{year}-01-01", "end": f"{year + 1}-01-01"}
    nodes: list[dict[str, Any]] = [
        {
            **NODE,
            "key": "revenue",
            "name": "Revenue",
            "source": "formula",
            "formula": "orders * value",
            "unit": "USD",
            "targets": [{**span, "value": 4000}],
        },
        {**NODE, "key": "orders", "name": "Orders", "source": "formula", "formula": "visits * rate"},
        *({**NODE, "key": key, "name": key.capitalize(), "manual_values": [{**span, "value": value}]}
          for key, value in numbers.items()),
    ]  # fmt: skip
    links = [
        {"parent": parent, "child": child, "order": order}
        for parent, children in {"revenue": ("orders", "value"), "orders": ("visits", "rate")}.items()
        for order, child in enumerate(children)
    ]
    return {"slug": slug, "name": "Shop", "grain": "year", "nodes": nodes, "links": links}


class Editor:
    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, tree: str, as_of: str = "") -> Editor:
        self.page.goto(f"/kpi/trees/{tree}/edit/{f'?as_of={as_of}' if as_of else ''}")
        expect(self.hook("kpi-canvas")).to_be_visible(timeout=LOADED)
        return self

    def hook(self, name: str, **having: str) -> Locator:
        more = "".join(f'[data-{key}="{value}"]' for key, value in having.items())
        return self.page.locator(f'[data-test="{name}"]{more}')

    def card(self, key: str) -> Locator:
        return self.hook("kpi-node", key=key)

    def keys(self) -> list[str]:
        """The cards in reading order."""
        cards = self.hook("kpi-node")
        return [str(key) for key in cards.evaluate_all("cards => cards.map(card => card.dataset.key)")]

    def choose(self, key: str) -> Editor:
        """By keyboard, wherever the card is on the canvas."""
        self.card(key).focus()
        self.press("Space")
        expect(self.card(key)).to_have_attribute("aria-selected", "true")
        return self

    def press(self, *keys: str) -> Editor:
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def type(self, name: str) -> Editor:
        """A name, into the card that asks for one."""
        expect(self.hook("kpi-rename")).to_be_focused()
        self.page.keyboard.type(name)
        return self

    def drag(self, what: Locator, onto: str) -> Editor:
        """By its middle onto the middle of a card."""
        mouse = self.page.mouse
        for box, act in ((what.bounding_box(), mouse.down), (self.card(onto).bounding_box(), mouse.up)):
            assert box
            mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=8)
            act()
        return self

    def confirm(self, dialog: str) -> Editor:
        """Press a dialog's button once it has come to rest where it will stand."""
        expect(self.page.locator(MOVING)).to_have_count(0, timeout=LOADED)
        self.hook(f"kpi-{dialog}-confirm").click()
        return self

    def rename(self, key: str, name: str) -> Editor:
        return self.choose(key).press("F2").type(name).press("Enter")

    def saved(self) -> Editor:
        expect(self.hook("kpi-draft-state", state="saved")).to_be_attached(timeout=LOADED)
        return self

    def changed(self) -> Editor:
        expect(self.hook("kpi-draft-state", state="changed")).to_be_attached()
        return self

    def save(self) -> Editor:
        self.hook("kpi-save").click()
        return self

    def computed(self) -> Editor:
        """Wait for the numbers of what is on the canvas."""
        expect(self.hook("kpi-preview", state="ready")).to_be_attached(timeout=LOADED)
        return self

    def number(self, key: str, name: str = "kpi-actual") -> float | None:
        value = self.card(key).locator(f'[data-test="{name}"]').get_attribute("data-value")
        return float(value) if value else None

    def kept(self) -> dict[str, Any] | None:
        """The draft as the browser would keep it, were the page to go now."""
        draft: dict[str, Any] | None = self.page.evaluate(_KEPT)
        return draft

    def stored(self, tree: str) -> dict[str, Any]:
        """The tree as the server has it."""
        document: dict[str, Any] = self.page.request.get(f"{API}{tree}").json()["result"]
        return document


def names(document: dict[str, Any]) -> dict[str, str]:
    return {node["key"]: node["name"] for node in document["nodes"]}


def outline(document: dict[str, Any]) -> dict[str, list[str]]:
    """The children of each parent, in their order."""
    found: dict[str, list[str]] = {}
    for link in sorted(document["links"], key=lambda link: link["order"]):
        found.setdefault(link["parent"], []).append(link["child"])
    return found


def canonical(document: dict[str, Any]) -> str:
    return json.dumps(document, sort_keys=True)
