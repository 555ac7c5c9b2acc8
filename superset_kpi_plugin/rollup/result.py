"""What goes into an evaluation besides the tree, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from superset_kpi_plugin.rollup.types import DisagreementKind, Outcome, Reason, Status, Undefined
from superset_kpi_plugin.rollup.window import View, Window


@dataclass(frozen=True)
class Reading:
    """What was read for a metric node over its view.

    `data_through` is the dataset's last day with data, filters aside; None when it has none. `daily` is what
    each day of the same span one year before brought, for the nodes that `shapes.seasonal_keys` names.
    """

    actual: Outcome
    data_through: date | None = None
    daily: Mapping[date, float] | None = None


@dataclass(frozen=True)
class TargetsGap:
    """A period in which a parent's own target differs from its formula over its children's targets."""

    start: date
    end: date
    own: float
    derived: float


class NodeResult(NamedTuple):
    """One node's numbers, named as in the API. A None is explained in `reasons` under the number's name,
    or, where `reasons` is silent, does not apply to this node (a baseline nobody set).

    `window` and `as_of` are the node's own view, which a `shift` moves back. `target_derived` tells that the
    target is the formula over the children's; `targets_gap` lists the periods where both exist and differ.
    `elapsed` is p, the share of the window that its pace profile counts as elapsed (of its days where it is
    not paced): the share that `expected` and `forecast` rest on.
    `needed_per_day` is what is still needed per remaining day. `formula_value` is the formula over the
    children's actuals, `unexplained` the own actual − that.
    """

    key: str
    window: Window
    as_of: date
    actual: float | None
    target: float | None
    baseline: float | None
    lower: float | None
    upper: float | None
    variance: float | None
    attainment: float | None
    score: float | None
    coverage: float | None
    expected: float | None
    elapsed: float | None
    pace: float | None
    paced_score: float | None
    forecast: float | None
    forecast_attainment: float | None
    needed_per_day: float | None
    formula_value: float | None
    unexplained: float | None
    status: Status
    data_through: date | None
    target_derived: bool = False
    targets_gap: tuple[TargetsGap, ...] = ()
    reasons: Mapping[str, Undefined] = MappingProxyType({})

    @property
    def reason(self) -> Reason | None:
        """The first reason in the order actual, target, attainment."""
        for quantity in ("actual", "target", "attainment"):
            if quantity in self.reasons:
                return self.reasons[quantity].code
        return None


@dataclass(frozen=True)
class Disagreement:
    """The goal and the score of its drivers tell different stories (section 5)."""

    kind: DisagreementKind
    goal: float
    drivers: float
    paced: bool


@dataclass(frozen=True)
class Evaluation:
    """One computed result of a tree for one window, as of one day."""

    root: str
    view: View
    nodes: Mapping[str, NodeResult]
    disagreement: Disagreement | None = None
