"""Evaluate a whole tree: every node's numbers, from its leaves up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, cast

from superset_kpi_plugin.rollup.actuals import Actual, actuals
from superset_kpi_plugin.rollup.attainment import Goal, band_distance, bounds
from superset_kpi_plugin.rollup.forecast import forecast, needed_per_day
from superset_kpi_plugin.rollup.graph import Graph, build
from superset_kpi_plugin.rollup.ground import Footing, ground_of
from superset_kpi_plugin.rollup.result import Disagreement, Evaluation, NodeResult, Reading
from superset_kpi_plugin.rollup.score import Child, clamped, coverage, disagreement, roll_up
from superset_kpi_plugin.rollup.shapes import shapes
from superset_kpi_plugin.rollup.spec import NodeSpec, TreeSpec
from superset_kpi_plugin.rollup.status import Standing, status
from superset_kpi_plugin.rollup.types import (
    Accumulation,
    Direction,
    Outcome,
    Reason,
    Source,
    Undefined,
    finite,
)
from superset_kpi_plugin.rollup.window import View, Window

# Looked up once: before Python 3.12 finding a member is a call.
_FLOW = Accumulation.FLOW
_RATE = Accumulation.RATE
_MAINTAIN = Direction.MAINTAIN
_FORMULA = Source.FORMULA

_NO_REASONS: Mapping[str, Undefined] = MappingProxyType({})
_NOTHING_ELAPSED = Undefined(
    Reason.NOTHING_ELAPSED, "No day that counts has elapsed with data yet; look again tomorrow."
)


def evaluate(tree: TreeSpec, window: Window, as_of: date, readings: Mapping[str, Reading]) -> Evaluation:
    """One result of a tree for one window, as of one day.

    `readings` holds every metric node's reading over its own view (`periods.view_of`), no further than
    `View.readable`; one without a reading has no source. TreeShapeError or CycleError where the tree is none;
    nothing else is raised, since what cannot be computed is undefined, with its reason.
    """
    graph = build(tree)
    ground = ground_of(tree, View(window, as_of))
    view = ground.view
    read = actuals(tree, graph, view, ground.views, readings)
    shaped = shapes(tree, graph, view, ground.views, readings)
    results: dict[str, NodeResult] = {}
    for footing in ground.footings:
        key = footing.node.key
        actual = read[key]
        days, elapsed, expected = ground.elapsed(footing, actual.through, shaped.get(key), tree)
        measured = _measure(footing, actual, days, elapsed, expected)
        children = [(weight, results[child]) for weight, child in footing.children]
        results[key] = _result(tree.score_cap, measured, children)
    return Evaluation(graph.root, view, results, _disagreement(tree, graph, view, results[graph.root]))


class _Measured(NamedTuple):
    """A node on its own, before its children's scores."""

    footing: Footing
    actual: Actual
    elapsed_days: int
    elapsed: float
    attainment: Outcome
    expected: Goal
    pace: Outcome
    forecast: Outcome
    forecast_attainment: Outcome


def _measure(footing: Footing, actual: Actual, days: int, elapsed: float, expected: Goal) -> _Measured:
    outcome, goal, attain = actual.outcome, footing.found.goal, footing.attain
    if isinstance(outcome, Undefined):
        return _Measured(footing, actual, days, elapsed, outcome, expected, outcome, outcome, outcome)
    attained = pace = reaching = attain(outcome, goal)
    if elapsed == 0:
        pace = _NOTHING_ELAPSED
    elif expected is not goal:
        pace = attain(outcome, expected)
    projected: Outcome = outcome
    if footing.node.accumulation is _FLOW:
        projected = forecast(_FLOW, footing.profile, outcome, elapsed)
        if isinstance(projected, Undefined):
            reaching = projected
        elif projected != outcome:
            reaching = attain(projected, goal)
    return _Measured(footing, actual, days, elapsed, attained, expected, pace, projected, reaching)


class _Scores(NamedTuple):
    """What the children make of a node; a leaf's are its own."""

    score: Outcome
    paced: Outcome
    coverage: float


def _roll_up(cap: float, measured: _Measured, children: Sequence[tuple[float, NodeResult]]) -> _Scores:
    own = paced = clamped(measured.attainment, cap)
    if measured.pace is not measured.attainment:
        paced = clamped(measured.pace, cap)
    covered = not isinstance(own, Undefined)
    if not children:
        return _Scores(own, paced, 1.0 if covered else 0.0)
    method = measured.footing.node.rollup_method
    by_score = [Child(weight, child.score, child.coverage, child.status) for weight, child in children]
    by_pace = [Child(weight, child.paced_score, child.coverage, child.status) for weight, child in children]
    return _Scores(
        roll_up(method, by_score, own), roll_up(method, by_pace, paced), coverage(by_score, covered)
    )


_QUANTITIES = (
    *("actual", "target", "baseline", "lower", "upper", "variance", "attainment", "score", "expected"),
    *("pace", "paced_score", "forecast", "forecast_attainment", "needed_per_day", "formula_value"),
    "unexplained",
)


def _result(cap: float, measured: _Measured, children: Sequence[tuple[float, NodeResult]]) -> NodeResult:
    footing, own, days, elapsed, attained, expected, paced, projected, reaching = measured
    node, clock, found, goal = footing.node, footing.clock, footing.found, footing.found.goal
    scores = _roll_up(cap, measured, children)
    from_children = scores.paced if children else None
    standing = Standing(clock.closed, elapsed, own.outcome, goal, attained, expected, paced, from_children)
    outcomes: tuple[Outcome | None, ...] = (
        own.outcome,
        *goal,
        _variance(node.direction, own.outcome, goal),
        attained,
        scores.score,
        expected.target,
        paced,
        scores.paced,
        projected,
        reaching,
        needed_per_day(own.outcome, goal.target, clock.days - days) if footing.needs else None,
        own.formula,
        None if own.formula is None else _unexplained(node, own),
    )
    numbers, reasons = _told(outcomes)
    actual, target, baseline, lower, upper, variance, attainment, score, expected_target = numbers[:9]
    pace, paced_score, forecast, forecast_attainment, needed, formula, unexplained = numbers[9:]
    return NodeResult(
        node.key,
        clock.view.window,
        clock.view.as_of,
        actual,
        target,
        baseline,
        lower,
        upper,
        variance,
        attainment,
        score,
        scores.coverage,
        expected_target,
        elapsed,
        pace,
        paced_score,
        status(node, footing.thresholds, standing),
        forecast,
        forecast_attainment,
        needed,
        formula,
        unexplained,
        own.through,
        found.derived,
        found.gaps,
        reasons,
    )


def _told(outcomes: Sequence[Outcome | None]) -> tuple[Sequence[float | None], Mapping[str, Undefined]]:
    """The quantities' numbers, and the reasons of those that are undefined."""
    if Undefined not in map(type, outcomes):
        return cast("Sequence[float | None]", outcomes), _NO_REASONS
    pairs = zip(_QUANTITIES, outcomes, strict=True)
    reasons = {quantity: outcome for quantity, outcome in pairs if isinstance(outcome, Undefined)}
    return [None if isinstance(outcome, Undefined) else outcome for outcome in outcomes], reasons


def _variance(direction: Direction, actual: Outcome, goal: Goal) -> Outcome | None:
    """Actual − target; for `maintain` how far the actual lies above or below the band."""
    target = goal.target
    if isinstance(actual, Undefined):
        return actual
    if isinstance(target, Undefined):
        return target
    if target is None or direction is _MAINTAIN:
        limits = bounds(goal)
        if direction is _MAINTAIN and isinstance(limits, tuple):
            return finite(band_distance(actual, *limits))
        if target is None:
            return limits if isinstance(limits, Undefined) else None
    return finite(actual - target)


def _unexplained(node: NodeSpec, actual: Actual) -> Outcome | None:
    """Own value − formula, where a node has both."""
    if node.source is _FORMULA or actual.formula is None:
        return None
    if isinstance(actual.outcome, Undefined):
        return actual.outcome
    if isinstance(actual.formula, Undefined):
        return actual.formula
    return finite(actual.outcome - actual.formula)


def _disagreement(tree: TreeSpec, graph: Graph, view: View, root: NodeResult) -> Disagreement | None:
    """Where the KGI and its drivers tell different stories: by attainment once closed, else by pace."""
    goal, drivers = (root.attainment, root.score) if view.closed else (root.pace, root.paced_score)
    if goal is None or drivers is None or not graph.children[graph.root]:
        return None
    reached = min(max(goal, 0.0), tree.score_cap)
    kind = disagreement(reached, drivers)
    return None if kind is None else Disagreement(kind, reached, drivers, not view.closed)
