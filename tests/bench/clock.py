"""Sides measured in turn, round by round: what else the machine does then slows all of them alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


def nothing() -> None:
    """What a side without preparations does before it is timed."""


@dataclass(frozen=True)
class Side:
    """One way to the same numbers. `prepare` is not timed: it makes connections fresh."""

    name: str
    run: Callable[[], Any]
    prepare: Callable[[], Any] = nothing


def timed(side: Side) -> float:
    """Milliseconds of one run."""
    side.prepare()
    started = time.perf_counter()
    side.run()
    return (time.perf_counter() - started) * 1000


def interleave(sides: Sequence[Side], runs: int, warm_up: int = 1) -> list[float]:
    """The median milliseconds of each side, over rounds that run each of them once.

    Every other round goes backwards, so that no side always runs in the wake of the same other one.
    """
    for _ in range(warm_up):
        for side in sides:
            timed(side)
    samples: list[list[float]] = [[] for _ in sides]
    for number in range(runs):
        turn = list(zip(sides, samples, strict=True))
        for side, sample in reversed(turn) if number % 2 else turn:
            sample.append(timed(side))
    return [median(sample) for sample in samples]
