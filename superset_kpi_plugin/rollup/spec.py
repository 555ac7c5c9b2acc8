"""What a tree is: nodes, links, targets and calendar, as the engine takes them (section 2)."""

from __future__ import annotations

import itertools
import math
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Generic, TypeVar, cast

from superset_kpi_plugin.rollup.errors import SpecError
from superset_kpi_plugin.rollup.formula import Formula
from superset_kpi_plugin.rollup.types import (
    Accumulation,
    AttainmentMethod,
    Direction,
    Grain,
    PaceProfile,
    RollupMethod,
    Source,
    Undefined,
    outcome_of,
)

_Kept = TypeVar("_Kept")

METHODS: Mapping[Direction, tuple[AttainmentMethod, ...]] = {
    Direction.INCREASE: (AttainmentMethod.RATIO, AttainmentMethod.BASELINE),
    Direction.DECREASE: (AttainmentMethod.RATIO, AttainmentMethod.INVERSE, AttainmentMethod.BASELINE),
    Direction.MAINTAIN: (AttainmentMethod.BAND,),
}
"""The attainment methods a direction allows (the table of section 4)."""


@dataclass(frozen=True)
class PeriodTarget:
    """The wanted value over `[start, end)`; `value` is None only where a band stands for it (`maintain`).

    Rows of a dimension's member never come here: the caller filters them.
    """

    start: date
    end: date
    value: float | None = None
    baseline: float | None = None
    lower: float | None = None
    upper: float | None = None

    def __post_init__(self) -> None:
        _check_span(self.start, self.end)
        for name in ("value", "baseline", "lower", "upper"):
            number = getattr(self, name)
            if number is not None:
                object.__setattr__(self, name, _checked(number, self.start))
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise SpecError(
                f"The band from {self.start} has its lower bound above its upper bound; swap them."
            )


@dataclass(frozen=True)
class PeriodValue:
    """An actual typed in for `[start, end)`.

    `entered` is the day it was typed in: inside the period, the value is what came together up to then.
    """

    start: date
    end: date
    value: float
    entered: date | None = None

    def __post_init__(self) -> None:
        _check_span(self.start, self.end)
        _checked(self.value, self.start)


@dataclass(frozen=True)
class CustomPeriod:
    """A named period of a tree whose grain is `custom`."""

    start: date
    end: date
    name: str

    def __post_init__(self) -> None:
        _check_span(self.start, self.end)


@dataclass(frozen=True)
class Thresholds:
    """The least pace that counts as on track and as at risk."""

    on_track: float = 0.95
    at_risk: float = 0.8

    def __post_init__(self) -> None:
        if not (math.isfinite(self.on_track) and 0 <= self.at_risk <= self.on_track):
            raise SpecError("Thresholds must satisfy 0 ≤ at_risk ≤ on_track.")


@dataclass(frozen=True)
class NodeSpec:
    """One KGI or KPI. Rows are kept in order of their start; SpecError where they overlap.

    `target_problem` is why there is no target besides these rows: it lies elsewhere and could not be read, or
    a member has no share of it.
    """

    key: str
    name: str = ""
    direction: Direction = Direction.INCREASE
    accumulation: Accumulation = Accumulation.FLOW
    source: Source = Source.METRIC
    formula: Formula | None = None
    attainment_method: AttainmentMethod | None = None
    rollup_method: RollupMethod = RollupMethod.WEIGHTED_MEAN
    pace_profile: PaceProfile | None = None
    thresholds: Thresholds | None = None
    targets: tuple[PeriodTarget, ...] = ()
    manual_values: tuple[PeriodValue, ...] = ()
    shift: int = 0
    target_problem: Undefined | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "targets", _in_order(self.targets, f"targets of {self.label}"))
        object.__setattr__(self, "manual_values", _in_order(self.manual_values, f"values of {self.label}"))
        self._check_method()
        self._check_shift()
        self._check_targets()

    @property
    def label(self) -> str:
        """The name people know the node by."""
        return self.name or self.key

    def _check_method(self) -> None:
        allowed = METHODS[self.direction]
        if self.attainment_method is not None and self.attainment_method not in allowed:
            raise SpecError(
                f"{self.label}: the attainment method {self.attainment_method} does not fit the direction "
                f"{self.direction}; choose {' or '.join(method.value for method in allowed)}."
            )

    def _check_shift(self) -> None:
        if self.shift < 0:
            raise SpecError(f"{self.label}: a shift counts whole periods back and cannot be negative.")
        if self.shift and self.source is Source.FORMULA:
            raise SpecError(
                f"{self.label}: a formula reads no window of its own; shift its children instead."
            )

    def _check_targets(self) -> None:
        if self.direction is Direction.MAINTAIN:
            return
        for row in self.targets:
            if row.value is None:
                raise SpecError(f"{self.label}: the target from {row.start} has no value; enter one.")


@dataclass(frozen=True)
class LinkSpec:
    """A parent → child edge; its kind follows from the parent's formula."""

    parent: str
    child: str
    weight: float = 1.0
    order: int = 0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.weight) and self.weight >= 0):
            raise SpecError(f"The weight of {self.parent} → {self.child} must be a number of at least 0.")


@dataclass(frozen=True)
class Calendar:
    """How a tree cuts time into periods. Weeks start on day 1 (Monday) to 7."""

    grain: Grain = Grain.MONTH
    week_start: int = 1
    fiscal_year_start_month: int = 1
    custom_periods: tuple[CustomPeriod, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.week_start <= 7:
            raise SpecError("The week start must be 1 (Monday) to 7 (Sunday).")
        if not 1 <= self.fiscal_year_start_month <= 12:
            raise SpecError("The fiscal year's start month must be 1 to 12.")
        object.__setattr__(self, "custom_periods", _in_order(self.custom_periods, "custom periods"))


@dataclass(frozen=True)
class TreeSpec:
    """One goal hierarchy; `graph.build` checks its shape. On its holidays nobody works."""

    nodes: Mapping[str, NodeSpec]
    links: tuple[LinkSpec, ...] = ()
    thresholds: Thresholds = field(default_factory=Thresholds)
    score_cap: float = 1.0
    calendar: Calendar = field(default_factory=Calendar)
    holidays: frozenset[date] = frozenset()

    @cached_property
    def _kept(self) -> dict[object, object]:
        return {}

    def kept(self, derive: Callable[[TreeSpec], _Kept]) -> _Kept:
        """What follows from the tree alone, derived once: a tree never changes."""
        if derive not in self._kept:
            self._kept[derive] = derive(self)
        return cast(_Kept, self._kept[derive])

    def __post_init__(self) -> None:
        if not (math.isfinite(self.score_cap) and self.score_cap > 0):
            raise SpecError("The score cap must be a number above 0.")


class Recent(Generic[_Kept]):
    """The answers to the questions asked last, at most so many; threads may share it."""

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._answers: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, question: Hashable, answer: Callable[[], _Kept]) -> _Kept:
        """What was answered before; else the answer, which several threads may look for at once."""
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
                return self._answers[question]
        found = answer()
        with self._lock:
            self._answers[question] = found
            while len(self._answers) > self._at_most:
                self._answers.popitem(last=False)
        return found


_Row = TypeVar("_Row", PeriodTarget, PeriodValue, CustomPeriod)


def _in_order(rows: Sequence[_Row], what: str) -> tuple[_Row, ...]:
    ordered = tuple(sorted(rows, key=lambda row: row.start))
    for earlier, later in itertools.pairwise(ordered):
        if later.start < earlier.end:
            raise SpecError(f"The {what} overlap from {later.start} to {min(earlier.end, later.end)}.")
    return ordered


def _check_span(start: date, end: date) -> None:
    if start >= end:
        raise SpecError(f"A period must end after it starts; this one runs {start} to {end}.")


def _checked(number: float, start: date) -> float:
    outcome = outcome_of(number)
    if isinstance(outcome, Undefined):
        raise SpecError(f"The numbers of the period from {start} must be finite.")
    return outcome
