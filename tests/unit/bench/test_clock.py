"""Interleaved rounds."""

from __future__ import annotations

import pytest

from tests.bench import clock
from tests.bench.clock import Side, interleave


def test_sides_run_in_turn_each_made_ready_untimed(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    order: list[str] = []
    monkeypatch.setattr(clock.time, "perf_counter", lambda: now[0])

    def side(name: str, costs: list[float]) -> Side:
        def run() -> None:
            order.append(name)
            now[0] += costs.pop(0) / 1000

        def prepare() -> None:
            now[0] += 100

        return Side(name, run, prepare)

    sides = [side("a", [999, 1, 9, 2]), side("b", [999, 10, 30, 20])]
    assert interleave(sides, runs=3) == pytest.approx([2, 20])  # the warm-up does not count
    assert order == ["a", "b", "a", "b", "b", "a", "a", "b"]
