"""What the chart's benchmark and its pictures are made of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from tests.e2e import pictures
from tests.support.trees import DRIVERS, large_tree

UNTIL = date(2026, 1, 20)


def test_a_large_tree_has_every_node_once_and_each_level_full_before_the_next() -> None:
    tree = large_tree(500, UNTIL, months=3)
    keys = [node["key"] for node in tree["nodes"]]
    children = [link["child"] for link in tree["links"]]
    assert len(set(keys)) == 500
    assert sorted(children) == sorted(set(keys) - {"n0"})
    assert [link["child"] for link in tree["links"] if link["parent"] == "n0"] == [
        f"n{index}" for index in range(1, DRIVERS + 1)
    ]
    starts = [row["start"] for row in tree["nodes"][-1]["manual_values"]]
    assert starts == ["2025-11-01", "2025-12-01", "2026-01-01"]


def test_a_picture_differs_by_the_share_of_its_pixels_that_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "PICTURES", tmp_path / "kept")
    monkeypatch.setattr(pictures, "DIFFERENCES", tmp_path / "differences")
    drawn = tmp_path / "drawn.png"
    image = Image.new("RGB", (100, 100), "white")
    image.save(drawn)
    pictures.keep(drawn, "one")
    assert pictures.difference(drawn, "one") == 0
    image.paste("black", (0, 0, 50, 10))
    image.save(drawn)
    assert pictures.difference(drawn, "one") == pytest.approx(0.05)
    with Image.open(tmp_path / "differences" / "one.png") as told:
        assert told.size == (300, 100)
