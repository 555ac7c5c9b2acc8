"""Evaluate a whole tree: every node's numbers, from its leaves up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from superset_kpi_plugin.rollup.actuals import Actual, actuals, views_of
from superset_kpi_plugin.rollup.attainment import Goal, attainment, band_distance, bounds, method_for
from superset_kpi_plugin.rollup.derived import NodeGoal, goals
from superset_kpi_plugin.rollup.forecast import forecast, needed_per_day
from superset_kpi_plugin.rollup.graph import Graph, build
from superset_kpi_plugin.rollup.pace import elapsed, elapsed_days, expected_goal, profile_of, share_of
from superset_kpi_plugin.rollup.result import Disagreement, Evaluation, NodeResult, Reading
from superset_kpi_plugin.rollup.score import Child, clamped, coverage, disagreement, roll_up
from superset_kpi_plugin.rollup.shapes import Shape, shapes
from superset_kpi_plugin.rollup.spec import NodeSpec, TreeSpec
from superset_kpi_plugin.rollup.status import Standing, status
from superset_kpi_plugin.rollup.types import (
    Accumulation,
    Direction,
    Outcome,
    Reason,
    Source,
    Status,
    Undefined,
    finite,
)
from superset_kpi_plugin.rollup.window import View, Window

_NOTHING_ELAPSED = Undefined(
    Reason.NOTHING_ELAPSED, "No day that counts has elapsed with data yet; look again tomorrow."
)
_NO_PERIOD = Goal(Undefined(Reason.NO_TARGET, "The shift reaches back before the tree's first period."))


def evaluate(tree: TreeSpec, window: Window, as_of: date, readings: Mapping[str, Reading]) -> Evaluation:
    """One result of a tree for one window, as of one day.

    `readings` holds every metric node's reading over its own view (`periods.view_of`), no further than
    `View.readable`; a node without one has no data. TreeShapeError or CycleError where the tree is none;
    nothing else is raised, since what cannot be computed is undefined, with its reason.
    """
    graph = build(tree)
    view = View(window, as_of)
    views = views_of(tree, view)
    found = goals(tree, graph, window, views)
    read = actuals(tree, graph, view, views, readings)
    shaped = shapes(tree, graph, view, views, readings)
    results: dict[str, NodeResult] = {}
    for key in graph.order:
        goal, own = found.get(key, NodeGoal(_NO_PERIOD)), views.get(key, view)
        measured = _measure(tree, tree.nodes[key], own, goal, read[key], shaped.get(key))
        results[key] = _result(tree, graph, measured, results)
    return Evaluation(graph.root, view, results, _disagreement(tree, graph, view, results[graph.root]))


@dataclass(frozen=True)
class _Measured:
    """A node on its own, before its children's scores."""

    node: NodeSpec
    view: View
    found: NodeGoal
    actual: Actual
    elapsed_days: int
    elapsed: float
    attainment: Outcome
    expected: Goal
    pace: Outcome
    forecast: Outcome
    forecast_attainment: Outcome


def _measure(
    tree: TreeSpec, node: NodeSpec, view: View, found: NodeGoal, actual: Actual, shape: Shape | None
) -> _Measured:
    goal, outcome = found.goal, actual.outcome
    method = method_for(node.direction, node.attainment_method, goal)
    profile = profile_of(node, goal)
    share, days = share_of(profile, tree, shape), elapsed_days(view, actual.through)
    reached = elapsed(share, view.window, days)
    expected = expected_goal(node, found, view.window, days, share)
    pace = attainment(node.direction, method, outcome, expected)
    if reached == 0 and not isinstance(outcome, Undefined):
        pace = _NOTHING_ELAPSED
    projected = forecast(node.accumulation, profile, outcome, reached)
    return _Measured(
        node,
        view,
        found,
        actual,
        days,
        reached,
        attainment(node.direction, method, outcome, goal),
        expected,
        pace,
        projected,
        attainment(node.direction, method, projected, goal),
    )


class _Reasons:
    """Collects why numbers are undefined while they are written down."""

    def __init__(self) -> None:
        self.found: dict[str, Undefined] = {}

    def take(self, quantity: str, outcome: Outcome | None) -> float | None:
        if isinstance(outcome, Undefined):
            self.found[quantity] = outcome
            return None
        return outcome


@dataclass(frozen=True)
class _Scores:
    """What the children make of a node; a leaf's are its own."""

    score: Outcome
    paced: Outcome
    coverage: float


def _roll_up(tree: TreeSpec, graph: Graph, measured: _Measured, below: Mapping[str, NodeResult]) -> _Scores:
    method = measured.node.rollup_method
    children = [(link.weight, below[link.child]) for link in graph.children[measured.node.key]]
    scored = [Child(weight, child.score, child.coverage, child.status) for weight, child in children]
    paced = [Child(weight, child.paced_score, child.coverage, child.status) for weight, child in children]
    own = clamped(measured.attainment, tree.score_cap)
    return _Scores(
        score=roll_up(method, scored, own),
        paced=roll_up(method, paced, clamped(measured.pace, tree.score_cap)),
        coverage=coverage(scored, not isinstance(own, Undefined)),
    )


def _status(tree: TreeSpec, measured: _Measured, paced_score: Outcome | None) -> Status:
    standing = Standing(
        closed=measured.view.closed,
        elapsed=measured.elapsed,
        actual=measured.actual.outcome,
        goal=measured.found.goal,
        attainment=measured.attainment,
        expected=measured.expected,
        pace=measured.pace,
        paced_score=paced_score,
    )
    return status(measured.node, measured.node.thresholds or tree.thresholds, standing)


def _result(tree: TreeSpec, graph: Graph, measured: _Measured, below: Mapping[str, NodeResult]) -> NodeResult:
    node, goal, actual = measured.node, measured.found.goal, measured.actual
    scores = _roll_up(tree, graph, measured, below)
    reasons = _Reasons()
    return NodeResult(
        key=node.key,
        window=measured.view.window,
        as_of=measured.view.as_of,
        actual=reasons.take("actual", actual.outcome),
        target=reasons.take("target", goal.target),
        baseline=reasons.take("baseline", goal.baseline),
        lower=reasons.take("lower", goal.lower),
        upper=reasons.take("upper", goal.upper),
        variance=reasons.take("variance", _variance(node.direction, actual.outcome, goal)),
        attainment=reasons.take("attainment", measured.attainment),
        score=reasons.take("score", scores.score),
        coverage=scores.coverage,
        expected=reasons.take("expected", measured.expected.target),
        elapsed=measured.elapsed,
        pace=reasons.take("pace", measured.pace),
        paced_score=reasons.take("paced_score", scores.paced),
        status=_status(tree, measured, scores.paced if graph.children[node.key] else None),
        forecast=reasons.take("forecast", measured.forecast),
        forecast_attainment=reasons.take("forecast_attainment", measured.forecast_attainment),
        needed_per_day=reasons.take("needed_per_day", _needed_per_day(measured)),
        formula_value=reasons.take("formula_value", actual.formula),
        unexplained=reasons.take("unexplained", _unexplained(node, actual)),
        data_through=actual.through,
        target_derived=measured.found.derived,
        targets_gap=measured.found.gaps,
        reasons=reasons.found,
    )


def _variance(direction: Direction, actual: Outcome, goal: Goal) -> Outcome | None:
    """Actual − target; for `maintain` how far the actual lies above or below the band."""
    if isinstance(actual, Undefined):
        return actual
    if isinstance(goal.target, Undefined):
        return goal.target
    limits = bounds(goal)
    if direction is Direction.MAINTAIN and not isinstance(limits, Undefined):
        return finite(band_distance(actual, *limits))
    if goal.target is not None:
        return finite(actual - goal.target)
    return limits if isinstance(limits, Undefined) else None


def _needed_per_day(measured: _Measured) -> Outcome | None:
    node = measured.node
    if node.direction is Direction.MAINTAIN or node.accumulation is Accumulation.RATE:
        return None
    remaining = measured.view.window.days - measured.elapsed_days
    return needed_per_day(measured.actual.outcome, measured.found.goal.target, remaining)


def _unexplained(node: NodeSpec, actual: Actual) -> Outcome | None:
    """Own value − formula, where a node has both."""
    if node.source is Source.FORMULA or actual.formula is None:
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
