"""By dimension: a tree for every member of a dimension column (section 10)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from superset_kpi_plugin.rollup import amounts
from superset_kpi_plugin.rollup.actuals import Actuals, actuals, views_of
from superset_kpi_plugin.rollup.derived import goals
from superset_kpi_plugin.rollup.engine import evaluate
from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.graph import build
from superset_kpi_plugin.rollup.periods import periods_over
from superset_kpi_plugin.rollup.phrase import Phrase, phrase
from superset_kpi_plugin.rollup.result import Evaluation, NodeResult, Reading
from superset_kpi_plugin.rollup.spec import NodeSpec, PeriodTarget, TreeSpec
from superset_kpi_plugin.rollup.states import actual_of
from superset_kpi_plugin.rollup.types import (
    OVERFLOW,
    Accumulation,
    Direction,
    Outcome,
    Reason,
    Source,
    Undefined,
)
from superset_kpi_plugin.rollup.window import View, Window

Name = str | None
"""A member's name; None for the rows that have none."""

_TYPED_IN = Reading(
    Undefined(
        Reason.NO_DATA,
        phrase("Its values are typed in for the whole only; read a metric to see its members."),
    )
)


class TargetSource(str, Enum):
    """How a member's target came about; all but the first are derived."""

    OWN = "own"
    SHARE = "share"
    WHOLE = "whole"
    FORMULA = "formula"


@dataclass(frozen=True)
class Member:
    """What is known of a member, by node key: what was read over the window and over the same window a year
    before, and the target rows of its own."""

    readings: Mapping[str, Reading] = field(default_factory=dict)
    before: Mapping[str, Reading] = field(default_factory=dict)
    targets: Mapping[str, Sequence[PeriodTarget]] = field(default_factory=dict)


@dataclass(frozen=True)
class MemberResult:
    """A member's tree evaluated, and how its targets came about; a node without a target has no source."""

    evaluation: Evaluation
    sources: Mapping[str, TargetSource]

    def reason(self, key: str) -> Undefined | None:
        """The first reason in the order actual, target, attainment."""
        reasons = self.evaluation.nodes[key].reasons
        found = (reasons[name] for name in ("actual", "target", "attainment") if name in reasons)
        return next(found, None)


def evaluate_members(
    tree: TreeSpec, view: View, before: Evaluation | Undefined, members: Mapping[Name, Member]
) -> dict[Name, MemberResult]:
    """The tree over a view for every member; `before` is the whole tree's over the same window a year before.

    A member's target is its own row where one is given. Else a flow or stock takes of the node's target rows,
    derived ones too, the member's share of the node's own actual a year before; a rate, and what is to be
    maintained, takes them as they are. A derived target follows by formula from the member's own children
    where some of those were given rows for the member.
    """
    known = _Known(tree, view)
    shares = _Shares(known, before, members)
    return {name: _MemberTree(known, name, member, shares).evaluated() for name, member in members.items()}


def shares_of(label: str, total: Outcome, parts: Mapping[Name, Outcome]) -> dict[Name, Outcome]:
    """Every member's share of a total a year before, or why it has none."""
    why = _unshareable(label, total, parts.values())
    if why is not None or isinstance(total, Undefined):
        return dict.fromkeys(parts, why or total)
    nothing = _no_target(
        phrase(
            "%(name)s has no value for this member in the same period last year to take its share from; "
            "enter a target for the member.",
            name=label,
        )
    )
    return {name: nothing if isinstance(part, Undefined) else part / total for name, part in parts.items()}


def reach_of(tree: TreeSpec, view: View) -> Window:
    """The days whose target rows an evaluation may look at, over all nodes."""
    hulls = [_hull(tree, own.window) for own in views_of(tree, view).values()] or [view.window]
    return Window(min(hull.since for hull in hulls), max(hull.until for hull in hulls))


def has_row(tree: TreeSpec, view: View, targets: Mapping[str, Sequence[PeriodTarget]]) -> bool:
    """Whether a row of a member's counts in the view."""
    views = views_of(tree, view)
    return any(
        amounts.relevant(tree.nodes[key].accumulation, _in_order(rows), views[key].window)
        for key, rows in targets.items()
        if key in views
    )


def _unshareable(label: str, total: Outcome, parts: Iterable[Outcome]) -> Undefined | None:
    if isinstance(total, Undefined):
        return _no_target(
            phrase(
                "%(name)s has no value in the same period last year for the member to take a share of; enter "
                "a target for the member.",
                name=label,
            )
        )
    if total <= 0:
        return _no_target(
            phrase(
                "%(name)s was not above 0 in the same period last year, so that it has no shares; enter a "
                "target for the member.",
                name=label,
            )
        )
    if any(part < 0 for part in parts if not isinstance(part, Undefined)):
        return _no_target(
            phrase(
                "%(name)s was below 0 for a member in the same period last year, so it has no shares; enter "
                "a target for the member.",
                name=label,
            )
        )
    return None


def _no_target(why: Phrase) -> Undefined:
    return Undefined(Reason.NO_TARGET, why)


class _Known:
    """What all members have in common: the tree as a member's is read, and the node's own targets."""

    def __init__(self, tree: TreeSpec, view: View) -> None:
        self.view = view
        self.views = views_of(tree, view)
        graph = build(tree)
        self.order = graph.order
        self.hulls = {key: _hull(tree, own.window) for key, own in self.views.items()}
        self.rows: dict[str, tuple[PeriodTarget, ...]] = {}
        self.derivable: set[str] = set()
        for key, found in goals(tree, graph, view.window, self.views).items():
            node = tree.nodes[key]
            hull = self.hulls[key]
            self.rows[key] = tuple(row for row in found.rows if hull.overlap(row.start, row.end))
            own = amounts.relevant(node.accumulation, node.targets, self.views[key].window)
            if not own and _has_derivable_target(node):
                self.derivable.add(key)
        nodes = {key: _readable(node, self.rows.get(key, ())) for key, node in tree.nodes.items()}
        self.typed_in = {key: _TYPED_IN for key, node in tree.nodes.items() if node.source is Source.MANUAL}
        self.tree = replace(tree, nodes=nodes)

    def actuals(self, view: View, readings: Mapping[str, Reading]) -> Actuals:
        """A member's actuals over a view."""
        views = self.views if view == self.view else views_of(self.tree, view)
        return actuals(self.tree, build(self.tree), view, views, {**readings, **self.typed_in})


class _Shares:
    """Every member's share of every node's own actual a year before."""

    def __init__(self, known: _Known, before: Evaluation | Undefined, members: Mapping[Name, Member]) -> None:
        self._found: dict[str, dict[Name, Outcome]] = {}
        wanted = [key for key, node in known.tree.nodes.items() if _is_shared(node) and known.rows.get(key)]
        if isinstance(before, Undefined):
            why = _no_target(
                phrase(
                    "There is no same period last year to take a share of (%(why)s); enter a target for the "
                    "member.",
                    why=before.message,
                )
            )
            self._found = {key: dict.fromkeys(members, why) for key in wanted}
            return
        read = {name: known.actuals(before.view, member.before) for name, member in members.items()}
        for key in wanted:
            parts = {name: found.outcomes[key] for name, found in read.items()}
            total = actual_of(before.nodes[key])
            self._found[key] = shares_of(known.tree.nodes[key].label, total, parts)

    def of(self, key: str, name: Name) -> Outcome:
        """A member's share of a flow or stock that has a target."""
        return self._found[key][name]


class _MemberTree:
    """One member's tree while its targets are put together."""

    def __init__(self, known: _Known, name: Name, member: Member, shares: _Shares) -> None:
        self._known = known
        self._name = name
        self._member = member
        self._shares = shares
        self._problems: dict[str, Undefined] = {}
        self._own = {
            key: _in_order(row for row in rows if known.hulls[key].overlap(row.start, row.end))
            for key, rows in member.targets.items()
            if key in known.hulls
        }
        self._given = self._all_given()
        self._rows = {key: self._rows_of(known.tree.nodes[key]) for key in known.views}

    def evaluated(self) -> MemberResult:
        """The tree's evaluation with this member's readings and targets."""
        known, view = self._known, self._known.view
        readings = {**self._member.readings, **known.typed_in}
        nodes: dict[str, NodeSpec] = {}
        for key, node in known.tree.nodes.items():
            rows, problem = self._rows.get(key, node.targets), self._problems.get(key, node.target_problem)
            changed = rows != node.targets or problem is not node.target_problem
            nodes[key] = replace(node, targets=rows, target_problem=problem) if changed else node
        evaluation = evaluate(replace(known.tree, nodes=nodes), view.window, view.as_of, readings)
        sources = {
            key: source
            for key, result in evaluation.nodes.items()
            if (source := self._source(nodes[key], result)) is not None
        }
        return MemberResult(evaluation, sources)

    def _all_given(self) -> set[str]:
        """The nodes whose target comes from rows of the member's own, at least in part."""
        given = {key for key, rows in self._own.items() if rows}
        for key in self._known.order:
            formula = self._known.tree.nodes[key].formula
            if key in self._known.derivable and formula is not None and given.intersection(formula):
                given.add(key)
        return given

    def _rows_of(self, node: NodeSpec) -> tuple[PeriodTarget, ...]:
        own = self._own.get(node.key, ())
        if node.key in self._known.derivable and node.key in self._given and not own:
            return ()
        rows = self._known.rows[node.key]
        if own:
            rows = tuple(_left_over(node.accumulation, rows, own))
        if rows and _is_shared(node):
            rows = self._shared(node.key, rows)
        return _in_order((*own, *rows)) if own else rows

    def _shared(self, key: str, rows: Sequence[PeriodTarget]) -> tuple[PeriodTarget, ...]:
        """The member's share of rows; none, with the reason, where it has no share."""
        share = self._shares.of(key, self._name)
        scaled = share if isinstance(share, Undefined) else _scaled(rows, share)
        if isinstance(scaled, Undefined):
            self._problems[key] = scaled
            return ()
        return scaled

    def _source(self, node: NodeSpec, result: NodeResult) -> TargetSource | None:
        banded = (
            node.direction is Direction.MAINTAIN and result.lower is not None and result.upper is not None
        )
        if result.target is None and not banded:
            return None
        if result.target_derived:
            return TargetSource.FORMULA
        own = self._own.get(node.key, ())
        if all(row in own for row in amounts.relevant(node.accumulation, node.targets, result.window)):
            return TargetSource.OWN
        return TargetSource.SHARE if _is_shared(node) else TargetSource.WHOLE


def _is_shared(node: NodeSpec) -> bool:
    """Whether the node's target is for all members together, and not the same for each."""
    return node.accumulation is not Accumulation.RATE and node.direction is not Direction.MAINTAIN


def _has_derivable_target(node: NodeSpec) -> bool:
    """Whether the node's target follows from its children's where no row of its own gives one."""
    can = node.formula is not None and node.target_problem is None
    return can and node.direction is not Direction.MAINTAIN


def _readable(node: NodeSpec, rows: tuple[PeriodTarget, ...]) -> NodeSpec:
    """A node as a member's is read, with the rows that count in the view."""
    source = Source.METRIC if node.source is Source.MANUAL else node.source
    return replace(node, source=source, manual_values=(), targets=rows)


def _hull(tree: TreeSpec, window: Window) -> Window:
    """The whole periods that a window touches; the window itself where there are none."""
    try:
        periods = periods_over(tree.calendar, window)
    except PeriodError:
        return window
    since = min([window.since, *(period.since for period in periods[:1])])
    return Window(since, max([window.until, *(period.until for period in periods[-1:])]))


def _scaled(rows: Sequence[PeriodTarget], share: float) -> tuple[PeriodTarget, ...] | Undefined:
    """Rows with all their numbers times a share of at least 0."""
    numbers = [tuple(None if number is None else number * share for number in _numbers(row)) for row in rows]
    if not all(number is None or math.isfinite(number) for some in numbers for number in some):
        return OVERFLOW
    return tuple(PeriodTarget(row.start, row.end, *some) for row, some in zip(rows, numbers, strict=True))


def _left_over(
    accumulation: Accumulation, rows: Sequence[PeriodTarget], own: Sequence[PeriodTarget]
) -> Iterator[PeriodTarget]:
    """What is left of rows beside a member's own; a flow is divided by days, as over any window."""
    for row in rows:
        start = row.start
        for mine in own:
            if mine.end <= start or row.end <= mine.start:
                continue
            if start < mine.start:
                yield _piece(accumulation, row, start, mine.start)
            start = mine.end
        if start < row.end:
            yield _piece(accumulation, row, start, row.end)


def _piece(accumulation: Accumulation, row: PeriodTarget, start: date, end: date) -> PeriodTarget:
    if accumulation is not Accumulation.FLOW or (start, end) == (row.start, row.end):
        return replace(row, start=start, end=end)
    part, whole = (end - start).days, (row.end - row.start).days
    numbers = (None if number is None else number / whole * part for number in _numbers(row))
    return PeriodTarget(start, end, *numbers)


def _numbers(row: PeriodTarget) -> tuple[float | None, ...]:
    return row.value, row.baseline, row.lower, row.upper


def _in_order(rows: Iterable[PeriodTarget]) -> tuple[PeriodTarget, ...]:
    return tuple(sorted(rows, key=lambda row: row.start))
