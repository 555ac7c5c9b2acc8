"""Each layout on the demo as a picture that somebody has looked at: light, dark, and on a phone.

`pytest tests/e2e/test_pictures.py --new-pictures` makes them anew: look at each before you commit it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.chart import LOADED, Opener, choose
from tests.e2e.pictures import SHARE, difference, keep

LAYOUTS = ("right", "down", "outline", "icicle", "heatmap")
LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 720}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 720}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 760}, "has_touch": True},
}


@pytest.mark.parametrize("look", LOOKS)
def test_every_layout_looks_as_it_was_approved(
    open_chart: Opener,
    page_as: Callable[..., Page],
    tmp_path: Path,
    pytestconfig: pytest.Config,
    look: str,
) -> None:
    reader = page_as("admin", reduced_motion="reduce", **LOOKS[look])
    chart = open_chart(reader, kpi_initial_depth=2, kpi_by="region")
    # How old the numbers are is another every minute.
    reader.add_style_tag(content='[data-test="kpi-cached"] { display: none !important }')
    wrong = {}
    for layout in LAYOUTS:
        choose(chart, layout)
        if layout == "heatmap":
            expect(chart.hook("kpi-member").first).to_be_attached(timeout=LOADED)
        reader.mouse.move(0, 0)
        drawn = tmp_path / f"{layout}.png"
        chart.root.screenshot(path=drawn, animations="disabled")
        name = f"{layout}-{look}"
        if pytestconfig.getoption("new_pictures"):
            keep(drawn, name)
        if (share := difference(drawn, name)) > SHARE:
            wrong[name] = share
    assert wrong == {}, "what was, what is and where they differ stand side by side in build/pictures"
