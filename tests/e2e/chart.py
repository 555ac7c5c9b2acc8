"""The chart as a test reads it: by the hooks that superset_kpi_plugin/frontend/README.md lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

LOADED = 60_000
"""Milliseconds: generous, for a machine that does other things as well."""

MOVING = ", ".join(f'[class*="-{name}-active"]' for name in ("appear", "enter", "leave"))
"""What antd still lets fly in or out: it takes no clicks, and does not notice the mouse that is there."""

# The contrast of every text in an element with what it stands on, by the formula of WCAG 2.
_CONTRASTS = r"""
root => {
  const channels = color => (color.match(/[\d.]+/g) || []).map(Number);
  const alpha = color => { const [, , , a = 1] = channels(color); return a; };
  const over = (top, below) => {
    const a = alpha(top);
    return channels(top).slice(0, 3).map((value, index) => value * a + below[index] * (1 - a));
  };
  const surface = element => {
    if (!element) return [255, 255, 255];
    const color = getComputedStyle(element).backgroundColor;
    return alpha(color) === 0 ? surface(element.parentElement) : over(color, surface(element.parentElement));
  };
  const luminance = color => {
    const [r, g, b] = color.map(value => value / 255)
      .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = element => {
    const below = surface(element);
    const style = getComputedStyle(element);
    const color = element instanceof SVGElement ? style.fill : style.color;
    const pair = [luminance(below), luminance(over(color, below))].sort((a, b) => b - a);
    return (pair[0] + 0.05) / (pair[1] + 0.05);
  };
  const written = element =>
    [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  return [...root.querySelectorAll('*')].filter(written)
    .map(element => [element.textContent.trim(), element.closest('[class]').className, contrast(element)])
    .map(([text, name, ratio]) => [text, name.baseVal ?? name, ratio]);
}
"""

_BACKGROUND_LUMINANCE = r"""
root => {
  const [r, g, b] = getComputedStyle(root).backgroundColor.match(/[\d.]+/g).map(value => value / 255);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
"""


class Chart:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = self.hook("kpi-tree")

    def hook(self, name: str, **having: str) -> Locator:
        more = "".join(f'[data-{key}="{value}"]' for key, value in having.items())
        return self.page.locator(f'[data-test="{name}"]{more}')

    def ready(self, window: str | None = None) -> Chart:
        """Wait for its numbers: those of the window `since/until`, when one is named."""
        if window:
            expect(self.hook("kpi-window")).to_have_attribute("data-value", window, timeout=LOADED)
        expect(self.hook("kpi-content")).to_have_attribute("data-state", "ready", timeout=LOADED)
        return self

    def state(self, state: str) -> Locator:
        """Wait for a state that is shown in place of the tree."""
        shown = self.hook("kpi-state", state=state)
        expect(shown).to_be_visible(timeout=LOADED)
        return shown

    def node(self, key: str) -> Locator:
        return self.hook("kpi-node", key=key)

    def keys(self) -> list[str]:
        """The cards that stand there, in reading order."""
        nodes = self.hook("kpi-node")
        return [str(key) for key in nodes.evaluate_all("cards => cards.map(card => card.dataset.key)")]

    def number(self, key: str, name: str = "kpi-actual") -> float | None:
        return number(self.node(key).locator(f'[data-test="{name}"]'))

    def numbers(self, name: str = "kpi-actual") -> dict[str, float | None]:
        """One number of every card."""
        read = (
            "([cards, name]) => cards.map(card => [card.dataset.key, card.querySelector(name).dataset.value])"
        )
        nodes = self.hook("kpi-node").evaluate_all(
            f"(cards, name) => ({read})([cards, name])", f'[data-test="{name}"]'
        )
        return {key: float(value) if value else None for key, value in nodes}

    def view(self) -> tuple[float, float, float]:
        """Where the layer stands and how large: x, y and scale."""
        style = self.hook("kpi-layer").get_attribute("style") or ""
        found = re.search(r"translate\((\S+)px, (\S+)px\) scale\((\S+)\)", style)
        assert found, style
        x, y, scale = found.groups()
        return float(x), float(y), float(scale)

    def focused(self) -> str | None:
        """The key of the card that has the keyboard."""
        key: str | None = self.page.evaluate("document.activeElement.dataset.key ?? null")
        return key

    def background(self) -> float:
        """How light its background is, from 0 to 1."""
        light: float = self.root.evaluate(_BACKGROUND_LUMINANCE)
        return light

    def contrasts(self) -> list[tuple[str, str, float]]:
        """Text, class and contrast of everything that is written on it."""
        return [(text, name, ratio) for text, name, ratio in self.root.evaluate(_CONTRASTS)]


Opener = Callable[..., Chart]
"""`open_chart(page, kpi_layout="outline")`: see the fixture in conftest.py."""


def choose(chart: Chart, layout: str) -> None:
    chart.hook("kpi-layout").click()
    chart.hook("kpi-layout-choice", value=layout).click()


def number(figure: Locator) -> float | None:
    value = figure.get_attribute("data-value")
    return float(value) if value else None


def chart_id(page: Page) -> int:
    """The demo's chart, as the one logged in on the page finds it."""
    query = "(filters:!((col:viz_type,opr:eq,value:kpi_tree)))"
    answer: dict[str, Any] = page.request.get(f"/api/v1/chart/?q={query}").json()
    identity: int = answer["result"][0]["id"]
    return identity


def send(page: Page, method: str, path: str, document: dict[str, Any]) -> dict[str, Any]:
    """Write through the API as the one logged in on the page."""
    token = page.request.get("/api/v1/security/csrf_token/").json()["result"]
    headers = {"X-CSRFToken": token, "Referer": page.url}
    response = page.request.fetch(path, method=method, data=document, headers=headers)
    assert response.ok, f"{method} {path}: {response.status} {response.text()}"
    answer: dict[str, Any] = response.json()
    return answer
