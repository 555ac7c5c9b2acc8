"""What axe finds wrong with a part of a page, as assistive technology would meet it."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.chart import LOADED, MOVING
from tests.support.processes import ROOT

AXE = ROOT / "superset_kpi_plugin" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")

_RUN = """
async part => {
  const { violations } = await window.axe.run(part, { resultTypes: ['violations'] });
  const told = ({ target, failureSummary }) => `${target}: ${failureSummary}`;
  const few = ({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.slice(0, 5).map(told) });
  return violations.map(few);
}
"""


def grave(page: Page, part: str = '[data-test="kpi-tree"]') -> list[dict[str, Any]]:
    """What axe calls serious or critical in this part: rule, impact, help, and the first elements of it.

    What still fades in has less contrast than it will have.
    """
    expect(page.locator(MOVING)).to_have_count(0, timeout=LOADED)
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"{_source()};0")  # not as a script of the page: its policy allows none but its own
    found: list[dict[str, Any]] = page.evaluate(_RUN, part)
    return [one for one in found if one["impact"] in GRAVE]


@cache
def _source() -> str:
    return AXE.read_text()
