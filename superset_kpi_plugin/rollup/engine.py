"""Evaluate a whole tree: every node's numbers, from its leaves up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import cast

from superset_kpi_plugin.rollup.actuals import Actuals, actuals
from superset_kpi_plugin.rollup.attainment import Goal, band_distance, bounds
from superset_kpi_plugin.rollup.forecast import forecast, needed_per_day
from superset_kpi_plugin.rollup.graph import Graph, build
from superset_kpi_plugin.rollup.ground import Footing, ground_of
from superset_kpi_plugin.rollup.phrase import phrase
from superset_kpi_plugin.rollup.result import Disagreement, Evaluation, NodeResult, Reading
from superset_kpi_plugin.rollup.score import clamped, disagreement, roll_up, weighted_mean
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
_RESTRICTED = Reason.RESTRICTED
_FORMULA = Source.FORMULA

_NO_REASONS: Mapping[str, Undefined] = MappingProxyType({})
_NOTHING_ELAPSED = Undefined(
    Reason.NOTHING_ELAPSED, phrase("No day that counts has elapsed with data yet; look again tomorrow.")
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
    shaped = shapes(tree, view, ground.views, readings)
    results: dict[str, NodeResult] = {}
    covered: dict[str, float] = {}
    for footing in ground.footings:
        key = footing.node.key
        days, elapsed, expected = ground.elapsed(footing, read.through[key], shaped.get(key), tree)
        judged = _judge(footing, read.outcomes[key], elapsed, expected)
        scores = _roll_up(tree.score_cap, footing, judged, results, covered)
        covered[key] = scores[2]
        results[key] = _result(footing, read, days, elapsed, expected, judged, scores)
    return Evaluation(graph.root, view, results, _disagreement(tree, graph, view, results[graph.root]))


_Judged = tuple[Outcome, Outcome, Outcome, Outcome]
"""A node by itself: its attainment, its pace, its forecast, and the forecast's attainment."""
_Scores = tuple[Outcome, Outcome, float]
"""What the children make of a node, a leaf of itself: its score, its paced score, its coverage."""


def _judge(footing: Footing, actual: Outcome, elapsed: float, expected: Goal) -> _Judged:
    if isinstance(actual, Undefined):
        return actual, actual, actual, actual
    goal, attain = footing.found.goal, footing.attain
    attained = pace = reaching = attain(actual, goal)
    if elapsed == 0:
        pace = _NOTHING_ELAPSED
    elif expected is not goal:
        pace = attain(actual, expected)
    projected: Outcome = actual
    if footing.node.accumulation is _FLOW:
        projected = forecast(_FLOW, footing.profile, actual, elapsed)
        if isinstance(projected, Undefined):
            reaching = projected
        elif projected != actual:
            reaching = attain(projected, goal)
    return attained, pace, projected, reaching


def _roll_up(
    cap: float,
    footing: Footing,
    judged: _Judged,
    results: Mapping[str, NodeResult],
    covered: Mapping[str, float],
) -> _Scores:
    attained, pace, _, _ = judged
    own = paced = clamped(attained, cap)
    if pace is not attained:
        paced = clamped(pace, cap)
    if not footing.children:
        return own, paced, 0.0 if isinstance(own, Undefined) else 1.0
    method, weights = footing.node.rollup_method, footing.weights
    below = [results[child] for child in footing.children]
    statuses = [child.status for child in below]
    return (
        roll_up(method, weights, [child.score for child in below], statuses, own),
        roll_up(method, weights, [child.paced_score for child in below], statuses, paced),
        weighted_mean([covered[child] for child in footing.children], weights),
    )


_QUANTITIES = NodeResult._fields[3:21]
"""From `actual` to `unexplained`: a number or undefined, each."""


def _result(
    footing: Footing,
    read: Actuals,
    days: int,
    elapsed: float,
    expected: Goal,
    judged: _Judged,
    scores: _Scores,
) -> NodeResult:
    node, clock, found, goal = footing.node, footing.clock, footing.found, footing.found.goal
    key = node.key
    own, formula = read.outcomes[key], read.formulas.get(key)
    attained, pace, projected, reaching = judged
    score, paced, covered = scores
    outcomes: tuple[Outcome | None, ...] = (
        own,
        *goal,
        _variance(node.direction, own, goal),
        attained,
        score,
        *_known(clock.closed, own, score, covered, expected.target, elapsed),
        pace,
        paced,
        projected,
        reaching,
        needed_per_day(own, goal.target, clock.days - days) if footing.needs else None,
        formula,
        None if formula is None else _unexplained(node, own, formula),
    )
    numbers, reasons = _told(outcomes)
    standing = Standing(
        clock.closed, elapsed, own, goal, attained, expected, pace, paced if footing.children else None
    )
    return NodeResult._make(
        (
            *(key, clock.view.window, clock.view.as_of),
            *numbers,
            *(status(node, footing.thresholds, standing), read.through[key]),
            *(found.derived, found.gaps, reasons),
        )
    )


def _known(
    closed: bool, actual: Outcome, score: Outcome, covered: float, expected: Outcome | None, elapsed: float
) -> tuple[Outcome, Outcome | None, Outcome]:
    """Coverage, expected and elapsed: of what may not be read nobody knows through which day there is data,
    and without a score of its children's nothing is covered that could be told."""
    if not isinstance(actual, Undefined) or actual.code is not _RESTRICTED:
        return covered, expected, elapsed
    coverage = score if isinstance(score, Undefined) else covered
    return (coverage, expected, elapsed) if closed else (coverage, actual, actual)


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


def _unexplained(node: NodeSpec, actual: Outcome, formula: Outcome) -> Outcome | None:
    """Own value − formula, where a node has a value of its own."""
    if node.source is _FORMULA:
        return None
    if isinstance(actual, Undefined):
        return actual
    return formula if isinstance(formula, Undefined) else finite(actual - formula)


def _disagreement(tree: TreeSpec, graph: Graph, view: View, root: NodeResult) -> Disagreement | None:
    """Where the KGI and its drivers tell different stories: by attainment once closed, else by pace."""
    goal, drivers = (root.attainment, root.score) if view.closed else (root.pace, root.paced_score)
    if goal is None or drivers is None or not graph.children[graph.root]:
        return None
    reached = min(max(goal, 0.0), tree.score_cap)
    kind = disagreement(reached, drivers)
    return None if kind is None else Disagreement(kind, reached, drivers, not view.closed)
